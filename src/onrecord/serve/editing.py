"""The editors' pages: the queue of doubtful statements, judgements on them and on names, and the feeds."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from onrecord.errors import RecordError
from onrecord.serve.desk import PAGE_LENGTH, Desk, desk_of, page_number, turn
from onrecord.serve.forms import Form, change, now

_LATEST = 20


def corrections(request: Request) -> Response:
    """Statements to be judged, the least sure first; what was judged lately, and names that are one speaker or two."""
    desk, number = desk_of(request), page_number(request)
    queue = desk.record.desk.queue(limit=PAGE_LENGTH + 1, offset=(number - 1) * PAGE_LENGTH)
    latest = desk.record.desk.judged(limit=_LATEST)
    return desk.page(request, "corrections.html", latest=latest, **turn(request, queue, number))


async def judge(request: Request) -> Response:
    """POST: accepts or rejects a statement, names another speaker, or takes the last judgement back."""
    return await change(request, _judge)


async def names(request: Request) -> Response:
    """POST: judges two names to be one speaker, or two."""
    return await change(request, _names)


def feeds(request: Request) -> Response:
    """The feeds that are followed, with how each has done lately; one of them with its faults."""
    desk = desk_of(request)
    url = request.query_params.get("url", "")
    one = desk.record.feeds.one(url, limit=50) if url else None
    return desk.page(request, "feeds.html", feeds=desk.record.feeds.listed(limit=500), one=one)


async def follow(request: Request) -> Response:
    """POST: follows a feed, or takes new settings for it."""
    return await change(request, _follow)


async def unfollow(request: Request) -> Response:
    """POST: follows a feed no longer."""
    return await change(request, _unfollow)


def _judge(desk: Desk, form: Form) -> str:
    uid, verb = form.get("uid", ""), form.get("judge", "")
    said: Form = {"author": form["author"], "at": now(), "note": form.get("note", "")[:2000]}
    if verb == "accept":
        desk.record.desk.accept(uid, **said)
    elif verb == "reject":
        desk.record.correct(uid, reject=True, author=said["author"], at=said["at"], note=said["note"])
    elif verb == "speaker":
        name = form.get("speaker", "")[:200]
        desk.record.correct(uid, speaker=name, author=said["author"], at=said["at"], note=said["note"])
    elif verb == "withdraw":
        desk.record.withdraw(uid, **said)
    else:
        raise RecordError(f"accept, reject, speaker or withdraw was expected, got {verb[:40]!r}")
    return "/corrections"


def _names(desk: Desk, form: Form) -> str:
    kind = form.get("judge", "")
    if kind not in ("merge", "split", "withdraw"):
        raise RecordError(f"merge, split or withdraw was expected, got {kind[:40]!r}")
    names = form.get("kept", "")[:200], form.get("other", "")[:200]
    desk.record.merge(*names, kind=kind, author=form["author"], at=now(), note=form.get("note", "")[:2000])
    return "/corrections"


def _follow(desk: Desk, form: Form) -> str:
    minutes = form.get("every", "30")
    if not (minutes.isascii() and minutes.isdigit() and 5 <= int(minutes[:6]) <= 10_080):
        raise RecordError(f"minutes from 5 to 10,080 were expected, got {minutes[:20]!r}")
    url = form.get("url", "")
    desk.record.feeds.add(url, at=now(), every=int(minutes) * 60, outlet=form.get("outlet") or None)
    return "/feeds"


def _unfollow(desk: Desk, form: Form) -> str:
    url = form.get("url", "")
    if not desk.record.feeds.remove(url):
        raise RecordError(f"the feed {url[:200]} is not followed")
    return "/feeds"
