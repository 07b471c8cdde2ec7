"""Each new statement is sent once, with its disputes and context; what nobody can know is left to a person."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from onrecord.errors import RecordError
from onrecord.intake import Options
from onrecord.record import Record
from onrecord.settings import Settings
from onrecord.watching import Alerter, Told, World
from tests.factory import article, reading, said, sample
from tests.intake.servers import said as answering
from tests.intake.servers import serving, slow
from tests.watching.conftest import Clock
from tests.watching.post import post_office

LOCAL = Options(allow_private=True, timeout=0.5, total_timeout=1.0)
ATOM = "{http://www.w3.org/2005/Atom}"


def another(number: int, speaker: str = "Ana Ruiz", words: str = "the piers are safe") -> Any:
    text = f"{speaker} said {words}, for the {number}. time."
    return reading(text, [said(words, by=speaker, cue="said")], about={"origin": f"{number}.txt"})


class Watch:
    """A record with an alert on it, and who sends it."""

    def __init__(self, record: Record, world: World) -> None:
        self.record, self.world, self.smtp = record, world, ""

    def keep(self, *readings: Any) -> None:
        for one in readings:
            self.record.add(one, seen_at=self.world.at())

    def alert(self, way: str, target: str, kind: str = "who", query: str = "Ruiz", **fields: Any) -> None:
        self.record.alerts.add("a", kind=kind, query=query, way=way, target=target, at=self.world.at(), **fields)

    def run(self, **fields: Any) -> Told:
        settings = Settings("", smtp=self.smtp or None, mail_from="onrecord@desk.example")
        [told] = Alerter(self.record, LOCAL, self.world, settings).run(**fields)
        return told

    @property
    def items(self) -> dict[str, int]:
        [alert] = self.record.alerts.listed()
        return {state: count for state, count in alert["items"].items() if count}


@pytest.fixture
def watch(record: Record, world: World) -> Watch:
    return Watch(record, world)


@pytest.fixture
def heard() -> list[dict[str, Any]]:
    return []


def webhook(
    heard: list[dict[str, Any]], status: str = "200 OK", *headers: str
) -> Callable[[socket.socket, bytes], None]:
    """Takes every request down and answers with a status."""

    def answer(connection: socket.socket, head: bytes) -> None:
        top, _, body = head.partition(b"\r\n\r\n")
        length = next(int(line[15:]) for line in top.split(b"\r\n") if line.lower().startswith(b"content-length:"))
        while len(body) < length:
            body += connection.recv(65536)
        names = dict(line.decode().lower().split(": ", 1) for line in top.split(b"\r\n")[1:])
        heard.append({"headers": names, **json.loads(body)})
        answering(b"", *headers, status=status)(connection, head)

    return answer


def test_what_is_on_record_already_is_known_and_what_comes_is_sent_once(watch: Watch, heard: list[Any]) -> None:
    watch.keep(sample())
    with serving(webhook(heard)) as url:
        watch.alert("webhook", url)
        assert (watch.run(), heard) == (Told("a"), [])
        watch.keep(another(1))
        assert watch.run() == Told("a", found=1, sent=1)
        assert watch.run() == Told("a")
    [request] = heard
    assert [s["quote"] for s in request["statements"]] == ["the piers are safe"]
    assert watch.items == {"known": 1, "sent": 1}


def test_from_start_sends_what_is_there(watch: Watch, heard: list[Any]) -> None:
    watch.keep(sample())
    with serving(webhook(heard)) as url:
        watch.alert("webhook", url, from_start=True)
        assert watch.run().sent == 1


def test_a_statement_goes_with_its_disputes_and_context(watch: Watch, heard: list[Any]) -> None:
    with serving(webhook(heard)) as url, post_office() as post:
        watch.smtp = post.url
        watch.alert("webhook", url)
        watch.record.alerts.add("b", kind="search", query="careless", way="mail", target="d@d.example", at="2026")
        watch.keep(sample())
        list(Alerter(watch.record, LOCAL, watch.world, Settings("", smtp=post.url, mail_from="o@d.example")).run())
    [statement] = heard[0]["statements"]
    assert statement["disputed_by"][0]["speaker_name"] == "Tomas Brandt"
    assert statement["context"][0]["text"].startswith("despite a report")
    [mail] = post.taken
    words = " ".join(mail.get_content().split())
    assert "disputes Ana Ruiz: the new bridge is" in words
    assert "despite a report that found cracks" in words
    assert "careless" not in mail["Subject"]


def test_a_search_finds_by_words(watch: Watch, heard: list[Any]) -> None:
    with serving(webhook(heard)) as url:
        watch.alert("webhook", url, kind="search", query='"piers are" safe')
        watch.keep(another(1), another(2, "Tomas Brandt", "the piers are not"))
        assert watch.run().sent == 1


def test_a_batch_has_a_limit_and_each_its_key(watch: Watch, heard: list[Any]) -> None:
    with serving(webhook(heard)) as url:
        watch.alert("webhook", url)
        watch.keep(*(another(n) for n in range(45)))
        assert watch.run().sent == 45
    assert [len(request["statements"]) for request in heard] == [20, 20, 5]
    assert len({request["headers"]["idempotency-key"] for request in heard}) == 3
    assert len({s["uid"] for request in heard for s in request["statements"]}) == 45


@pytest.mark.parametrize("status", ["500 Oh", "404 Not Found", "302 Found"])
def test_a_failure_that_is_sure_is_tried_again_later(
    watch: Watch, heard: list[Any], clock: Clock, status: str
) -> None:  # fmt: skip
    with serving(webhook(heard, status, "Location: http://127.0.0.1:1/")) as url:
        watch.alert("webhook", url)
        watch.keep(another(1))
        told = watch.run()
        assert (told.put_off, told.sent) == (1, 0)
        assert status[:3] in (told.reason or "")
        assert watch.run().put_off == 0
        clock.move(minutes=20)
        assert watch.run().put_off == 1
    assert len(heard) == 2
    assert watch.items == {"waiting": 1}


def test_a_webhook_that_names_a_time_is_left_alone_until_then(watch: Watch, heard: list[Any], clock: Clock) -> None:
    with serving(webhook(heard, "429 Too Many", "Retry-After: 7200")) as url:
        watch.alert("webhook", url)
        watch.keep(another(1))
        watch.run()
        clock.move(minutes=110)
        watch.run()
        assert len(heard) == 1
        clock.move(minutes=20)
        watch.run()
        assert len(heard) == 2


def test_a_server_that_is_not_there_is_tried_again_and_at_last_given_up(watch: Watch, clock: Clock) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        watch.alert("webhook", f"http://127.0.0.1:{nobody.getsockname()[1]}/")
        watch.keep(another(1))
        results = []
        for _ in range(10):
            results.append(watch.run())
            clock.move(days=1)
    assert [r.put_off for r in results] == [1] * 7 + [0] * 3
    assert [r.failed for r in results] == [0] * 7 + [1, 0, 0]
    assert watch.items == {"failed": 1}


def test_no_answer_is_unsure_and_never_sent_again_unasked(watch: Watch, heard: list[Any], clock: Clock) -> None:
    answers = [slow(0), webhook(heard)]  # the first takes the request and hangs up
    with serving(lambda connection, head: answers[0](connection, head)) as url:
        watch.alert("webhook", url)
        watch.keep(another(1))
        told = watch.run()
        assert (told.unsure, told.sent, told.put_off) == (1, 0, 0)
        del answers[0]
        clock.move(days=3)
        assert watch.run().unsure == 1
        assert (watch.items, heard) == ({"unsure": 1}, [])
        assert watch.run(again=True).sent == 1


def test_a_run_that_died_in_the_middle_sends_nothing_twice(watch: Watch, heard: list[Any], clock: Clock) -> None:
    """The process ends between taking and marking: nobody knows whether it was sent."""
    with serving(webhook(heard)) as url:
        watch.alert("webhook", url)
        watch.keep(another(1))
        watch.record.alerts.find("a", at=watch.world.at())
        assert len(watch.record.alerts.take("a", at=watch.world.at(), dead=watch.world.at(-900), limit=20)) == 1
        assert watch.run() == Told("a")
        assert watch.items == {"sending": 1}
        clock.move(minutes=16)
        assert watch.run().unsure == 1
        assert heard == []
        assert watch.run(again=True).sent == 1
    assert watch.items == {"sent": 1}


def test_two_runs_at_once_share_the_work(watch: Watch) -> None:
    watch.alert("webhook", "http://127.0.0.1:9/")
    watch.keep(*(another(n) for n in range(5)))
    watch.record.alerts.find("a", at=watch.world.at())
    take = {"at": watch.world.at(), "dead": watch.world.at(-900), "limit": 3}
    first, second = watch.record.alerts.take("a", **take), watch.record.alerts.take("a", **take)
    assert (len(first), len(second)) == (3, 2)
    assert not set(first) & set(second)


def test_a_private_webhook_is_refused_unless_allowed(watch: Watch, heard: list[Any]) -> None:
    with serving(webhook(heard)) as url:
        watch.alert("webhook", url)
        watch.keep(another(1))
        [told] = Alerter(watch.record, Options(), watch.world, Settings("")).run()
    assert "public address" in (told.reason or "")
    assert (heard, told.put_off) == ([], 1)


# -- mail


def test_a_mail_tells_what_is_new(watch: Watch) -> None:
    with post_office() as post:
        watch.smtp = post.url
        watch.alert("mail", "desk@desk.example")
        url = "https://marl.example/a"
        watch.keep(another(1), reading(another(2).article.raw, [said("the piers are safe", by="Ana Ruiz", cue="said")],
                                       about={"origin": "b", "url": url}))  # fmt: skip
        assert watch.run().sent == 2
        assert watch.run() == Told("a")
    [mail] = post.taken
    assert (mail["To"], mail["From"]) == ("desk@desk.example", "onrecord@desk.example")
    assert mail["Subject"] == "onrecord: 2 new statements (a)"
    assert mail["Date"] == "Wed, 04 Mar 2026 12:00:00 +0000"
    assert mail["Message-ID"].endswith("@desk.example>")
    assert url in mail.get_content()


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ({"RCPT": "550 no such desk"}, "550 no such desk"), ({"MAIL": "451 busy"}, "451 busy"),
        ({"DATA": "554 no"}, "554 no"), ({".": "451 try later"}, "451 try later"), ({"RCPT": ""}, "not taken"),
        ({"EHLO": "", "HELO": ""}, "not taken"),
    ],
)  # fmt: skip
def test_mail_that_was_not_taken_is_tried_again(
    watch: Watch, clock: Clock, answers: dict[str, str], reason: str
) -> None:  # fmt: skip
    with post_office(**answers) as post:
        watch.smtp = post.url
        watch.alert("mail", "desk@desk.example")
        watch.keep(another(1))
        told = watch.run()
        assert (told.put_off, told.unsure) == (1, 0)
        assert reason in (told.reason or "")
        assert not post.taken
        post.answers.clear()
        clock.move(hours=1)
        assert watch.run().sent == 1
    assert len(post.taken) == 1


def test_mail_without_an_answer_at_the_end_is_unsure(watch: Watch, clock: Clock) -> None:
    with post_office(**{".": ""}) as post:
        watch.smtp = post.url
        watch.alert("mail", "desk@desk.example")
        watch.keep(another(1))
        assert watch.run().unsure == 1
        post.answers.clear()
        clock.move(days=1)
        assert watch.run().sent == 0
        assert watch.run(again=True).sent == 1
    first, second = post.taken
    assert first["Message-ID"] == second["Message-ID"]


def test_without_a_mail_server_nothing_is_taken(watch: Watch) -> None:
    watch.alert("mail", "desk@desk.example")
    watch.keep(another(1))
    assert "ONRECORD_SMTP" in (watch.run().reason or "")
    assert watch.items == {"waiting": 1}


def test_a_password_is_not_sent_in_the_clear(watch: Watch) -> None:
    with post_office() as post:
        watch.smtp = post.url.replace("smtp://", "smtp://ana:secret@")
        watch.alert("mail", "desk@desk.example")
        watch.keep(another(1))
        assert "no encryption" in (watch.run().reason or "")
    assert not any("AUTH" in line.upper() for line in post.heard)


def test_hostile_names_stay_inside_their_places(watch: Watch, tmp_path: Path) -> None:
    name = "Ana\x1b[2J <b>&Ruiz\u202e"
    hostile = reading(f"{name} said no.", [said("no", by=name, cue="said")], about={"title": "T\r\nBcc: x@x.example"})
    with post_office() as post:
        watch.smtp = post.url
        watch.alert("mail", "desk@desk.example", kind="search", query="no")
        file = tmp_path / "out.atom"
        watch.record.alerts.add("b\x00\u202e", kind="search", query="no", way="atom", target=str(file), at="2026")
        watch.keep(hostile)
        list(Alerter(watch.record, LOCAL, watch.world, Settings("", smtp=post.url, mail_from="o@d.example")).run())
    [mail] = post.taken
    assert mail["Bcc"] is None
    assert "\x1b" not in mail.get_content()
    title = ElementTree.parse(file).findtext(f"{ATOM}entry/{ATOM}title") or ""
    assert "<b>&Ruiz" in title
    assert "\x1b" not in title


# -- Atom


def test_an_atom_file_is_written_whole_with_each_statement_once(watch: Watch, tmp_path: Path, clock: Clock) -> None:
    file = tmp_path / "deep" / "ruiz.atom"
    watch.alert("atom", str(file))
    assert watch.run() == Told("a")
    assert ElementTree.parse(file).findall(f"{ATOM}entry") == []
    watch.keep(sample())
    assert watch.run().sent == 1
    clock.move(hours=1)
    watch.keep(another(1))
    assert watch.run().sent == 1
    before = file.read_text(encoding="utf-8")
    assert watch.run() == Told("a")
    assert file.read_text(encoding="utf-8") == before
    newest, oldest = ElementTree.parse(file).findall(f"{ATOM}entry")
    assert newest.findtext(f"{ATOM}updated") == "2026-03-04T13:00:00+00:00"
    content = " ".join((oldest.findtext(f"{ATOM}content") or "").split())
    assert "despite a report that found cracks" in content
    assert "disputed by Tomas Brandt" in content
    assert "safe" not in (oldest.findtext(f"{ATOM}title") or "")


def test_a_run_that_died_while_writing_writes_again(watch: Watch, tmp_path: Path, clock: Clock) -> None:
    file = tmp_path / "ruiz.atom"
    watch.alert("atom", str(file))
    watch.keep(another(1))
    watch.record.alerts.find("a", at=watch.world.at())
    watch.record.alerts.take("a", at=watch.world.at(), dead=watch.world.at(-900), limit=20)
    clock.move(minutes=16)
    told = watch.run()
    assert (told.sent, told.unsure) == (1, 0)
    assert len(ElementTree.parse(file).findall(f"{ATOM}entry")) == 1


def test_a_file_that_cannot_be_written_is_told_and_tried_again(watch: Watch, tmp_path: Path, clock: Clock) -> None:
    (tmp_path / "taken").mkdir()
    watch.alert("atom", str(tmp_path / "taken"))
    watch.keep(another(1))
    assert "cannot write" in (watch.run().reason or "")
    (tmp_path / "taken").rmdir()
    clock.move(hours=1)
    assert watch.run().sent == 1


# -- the alerts themselves


def test_a_text_seen_again_is_no_new_statement(watch: Watch, heard: list[Any]) -> None:
    with serving(webhook(heard)) as url:
        watch.alert("webhook", url)
        one = another(1)
        watch.keep(one, replace(one, article=article(one.article.raw, origin="elsewhere.txt")))
        assert watch.run().sent == 1


def test_an_article_read_again_is_not_told_again(watch: Watch, heard: list[Any]) -> None:
    """The second reading sees the same words by other spans: another id, no news."""
    with serving(webhook(heard)) as url:
        watch.alert("webhook", url)
        text = "Ana Ruiz said the piers are safe, for now."
        watch.keep(reading(text, [said("the piers are safe", by="Ana Ruiz", cue="said")]))
        assert watch.run().sent == 1
        watch.record.replace(reading(text, [said("the piers are safe, for now", by="Ana Ruiz", cue="said")]))
        assert watch.run() == Told("a")
        assert watch.items == {"sent": 1, "known": 1}


def test_what_is_forgotten_goes_from_alerts_too(watch: Watch) -> None:
    watch.alert("atom", "f.atom", query="Ana  Ruiz")
    watch.record.alerts.add("b", kind="search", query="piers", way="atom", target="g.atom", at="2026")
    watch.keep(another(1))
    watch.record.alerts.find("b", at="2026")
    assert len(watch.record.alerts.entries("b", limit=9, unsent=True)) == 1
    watch.record.forget("Ana Ruiz", reason="order of a court", author="desk", at=watch.world.at())
    [left] = watch.record.alerts.listed()
    assert (left["name"], sum(left["items"].values())) == ("b", 0)


@pytest.mark.parametrize(
    "fields",
    [{"query": "..."}, {"kind": "other"}, {"way": "pigeon"}, {"target": ""}, {"query": "x" * 3000}],
)
def test_an_alert_that_cannot_work_is_refused(watch: Watch, fields: dict[str, str]) -> None:
    given = {"kind": "search", "query": "piers", "way": "atom", "target": "f.atom", **fields}
    with pytest.raises(RecordError):
        watch.record.alerts.add("a", at="2026", **given)
    assert watch.record.alerts.listed() == []


def test_names_are_taken_once_and_must_be_there(watch: Watch) -> None:
    watch.alert("atom", "f.atom")
    with pytest.raises(RecordError, match="already"):
        watch.alert("atom", "g.atom")
    with pytest.raises(RecordError, match="no alert 'b'"):
        watch.run(names=["b"])
    assert watch.record.alerts.remove("a")
    assert not watch.record.alerts.remove("a")
