"""The order of the rooms: an article is cleaned, read and resolved. The only file that knows it.

Each article runs alone: what comes out depends on its bytes and the provenance, on nothing else.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onrecord import classifying, cleaning, intake, reading, resolving
from onrecord.errors import BrokenInvariant, Forgotten, OnrecordError, RefusedInput
from onrecord.outcome import Json, Reading
from onrecord.settings import Settings
from onrecord.types import Article, Caution, CleanText, Found, Provenance, Refusal
from onrecord.version import VERSION
from onrecord.words.places import country_name as country_name  # noqa: PLC0414  for the doors

if TYPE_CHECKING:
    from onrecord import comparing
    from onrecord.embedding import Embedder
    from onrecord.record import Added as Added  # noqa: PLC0414  the doors take these types from here
    from onrecord.record import Feeds as Feeds  # noqa: PLC0414
    from onrecord.record import Record as Record  # noqa: PLC0414

Options = intake.Options
"""Limits and permissions of the intake, for the doors."""

Shard = intake.Shard
"""A stretch of an archive that a worker reads alone."""

ENDED_PROCESS, NO_PAGE = intake.ENDED_PROCESS, intake.NO_PAGE
"""Why a document that kills its reader is refused, and the stage of a refusal of what is no page."""

Outcome = Reading | Refusal
"""What becomes of one article: it is read, or refused with a reason."""


class Pipeline:
    """Cleaning, reading and resolving, built once a worker; the model is loaded when the first text needs it."""

    def __init__(self, tagger: reading.Tagger | None = None, settings: Settings | None = None) -> None:
        self._settings = settings or Settings.from_environment()
        self._tagger = tagger

    @property
    def tagger(self) -> reading.Tagger:
        """The tagger, loaded on first use."""
        if self._tagger is None:
            self._tagger = reading.load_tagger(self._settings.model, threads=self._settings.threads)
        return self._tagger

    def run(self, article: Article, *, published: str | None = None, keep_furniture: bool = False) -> Outcome:
        """Reads one article; what cannot be read becomes a Refusal with the stage and the reason.

        ``keep_furniture`` takes nothing out of the text: for a draft, of which every word counts.
        """
        stage = "cleaning"
        try:
            clean = cleaning.repair(article, keep_furniture=keep_furniture)
            stage = "reading"
            found, cautions = self._find(clean)
            stage = "resolving"
            day = article.published or published
            resolved = resolving.attribute(clean, found, published=_day(day))
        except OnrecordError as error:
            return Refusal(article.origin, stage, str(error), article.id)
        resolved = replace(resolved, cautions=(*cautions, *resolved.cautions))
        subjects = classifying.classify(article.title, clean, resolved)
        return Reading(article, clean, resolved, self.provenance(), day, subjects)

    def run_many(self, opened: Iterable[Article | Refusal], *, published: str | None = None) -> Iterator[Outcome]:
        """Reads articles one by one as they are opened; refusals pass through."""
        for item in opened:
            yield item if isinstance(item, Refusal) else self.run(item, published=published)

    def provenance(self) -> Provenance:
        """What makes these readings."""
        return Provenance(VERSION, self.tagger.name, self.tagger.digest)

    def _find(self, clean: CleanText) -> tuple[Found, tuple[Caution, ...]]:
        if clean.language is None or clean.language in self.tagger.languages or not clean.text:
            return reading.with_turns(clean, self.tagger.find_statements(clean)), ()
        known = ", ".join(sorted(self.tagger.languages))
        message = f"statements not read: the text is in '{clean.language}', the model knows {known}"
        return Found(), (Caution("statements_not_read", message),)


def clean_article(article: Article, *, keep_furniture: bool = False) -> CleanText:
    """The cleaning room alone, for the doors that want no statements."""
    return cleaning.repair(article, keep_furniture=keep_furniture)


def open_articles(inputs: Iterable[str], options: intake.Options | None = None) -> Iterator[Article | Refusal]:
    """The intake room, for the doors."""
    return intake.open_articles(inputs, options or intake.Options())


def list_inputs(inputs: Iterable[str]) -> Iterator[tuple[str, int] | Refusal]:
    """Every file that an archive run's inputs name, with its size in bytes."""
    return intake.listed(inputs)


def cut_shards(paths: Sequence[str], sizes: Sequence[int]) -> Iterator[Shard | Refusal]:
    """Files cut into shards, the same whenever they are cut."""
    return intake.cut(paths, sizes)


def open_shard(shard: Shard, *, deadly: Container[int] = ()) -> Iterator[Article | Refusal]:
    """The articles of one shard; ``deadly`` are numbers of items that are refused unread."""
    return intake.open_shard(shard, deadly=deadly)


def body_of(article: Article) -> str:
    """The words an article is known by before it is cleaned."""
    return intake.body_of(article)


def language_of(text: str, declared: str | None = None) -> str | None:
    """The ISO 639-1 code of a text's language, or None."""
    return cleaning.language_of(text, declared)


def article_from(source: str | bytes | object, *, url: str | None = None) -> Article:
    """One article from a text, a payload or a path; raises RefusedInput where there is none."""
    return intake.article_from(source, url=url)


def open_record(url: str | None = None, *, create: bool = True) -> Record:
    """The record at a path or URL, by default the one the settings name. Raises RecordError."""
    from onrecord.record import Record  # here, so that reading alone loads no database

    store = Record.open(url or Settings.from_environment().record, create=create)
    store.joined_by = _brought_up_to_date
    store.checked_by = _checked
    return store


def sqlite_version() -> tuple[str, bool]:
    """SQLite's version in this Python, and whether it can search (FTS5)."""
    from onrecord.record import sqlite_version as ask

    return ask()


def _checked(store: Record, draft: str | bytes | Path, published: str | None) -> Json:
    return check_draft(store, article_from(draft), _reader(), published=published)


@cache
def _reader() -> Pipeline:
    """One pipeline for the drafts of a process, its model loaded once."""
    return Pipeline()


def keep(
    outcomes: Iterable[Outcome], store: Record, *, seen_at: str | None = None, outlet: str | None = None
) -> Iterator[Added | Refusal]:
    """Writes outcomes one by one, each in its own transaction, and says what became of it. Alone writes readings.

    ``seen_at`` is when they were met (ISO), by default now.
    """
    for outcome in outcomes:
        at = seen_at or datetime.now(UTC).isoformat(timespec="seconds")
        if isinstance(outcome, Reading):
            try:
                yield store.add(outcome, seen_at=at, outlet=outlet)
                continue
            except Forgotten as error:  # told, but not written down: what is forgotten leaves no new trace
                yield Refusal(outcome.article.origin, "record", str(error))
                continue
            except BrokenInvariant as error:  # a fault of ours in one article must not end a long run
                outcome = Refusal(outcome.article.origin, "record", str(error), outcome.article.id)
        store.add_refusal(outcome, seen_at=at)
        yield outcome


def measure(store: Record, embedder: Embedder, *, at_once: int = 16) -> Iterator[int]:
    """Gives every statement on record its vector, some articles at a time; how many statements each time."""
    while waiting := store.vectors.unmeasured(embedder.digest, limit=at_once):
        quotes = [quote for article in waiting for quote in article.quotes]
        rows, at, measured = embedder.embed(quotes), 0, []
        for article in waiting:
            measured.append((article, rows[at : at + len(article.quotes)]))
            at += len(article.quotes)
        store.vectors.keep(embedder.digest, measured)
        yield len(quotes)


def find_like(
    store: Record, text: str, embedder: Embedder, *, limit: int, **asked: Any
) -> list[dict[str, Any]]:  # fmt: skip
    """The statements nearest in meaning to a text, of those that have vectors: :func:`measure` sees to it that all do.

    ``asked`` narrows them as in :meth:`Record.search` (``by about since until outlet kind act disputed``), and each is
    as it gives them.
    """
    [vector] = embedder.embed([text])
    return store.vectors.like(embedder.digest, vector, limit=limit, asked=store.filter(**asked))


def check_draft(store: Record, draft: Article, reader: Pipeline | None = None, *, published: str | None = None) -> Json:
    """What the record holds of a draft's quotations and reported statements: see :func:`comparing.check_draft`.

    ``published`` (ISO) is the day that "on Monday" in the draft counts from. Raises RefusedInput for a draft that
    cannot be read.
    """
    from onrecord import comparing

    reader = reader or Pipeline()
    reading = unwrap(reader.run(draft, published=published, keep_furniture=True))
    return {"draft": draft.origin, "record": store.location, **comparing.check_draft(reading, store)}


def join(store: Record, *names: str, at_once: int = 20) -> Iterator[tuple[str, int]]:
    """Brings what is judged across articles up to date: the passes of these names, or all of them.

    Each time some articles are done: the pass and how many. A pass sees each article once, those added first first.
    """
    from onrecord import comparing

    for one in comparing.PASSES:
        if names and one.name not in names:
            continue
        at = datetime.now(UTC).isoformat(timespec="seconds")
        maker = store.across.maker(one.name, one.version, one.of, at=at)
        while True:
            with store.across.batch(maker, limit=at_once, at=at) as batch:
                for article in batch.articles:
                    one.judge(article, batch)
            if not batch.articles:
                break
            yield one.name, len(batch.articles)


def reconcile(store: Record, path: Path) -> comparing.Reconciled:
    """Reads a local file of FollowTheMoney or Wikidata entities, a line each, and appends what it says of names.

    The file's name tells its versions from other files. Raises RefusedInput for a file that cannot be read.
    """
    from onrecord import comparing

    for _ in join(store, "stories", "entities"):
        pass
    at = datetime.now(UTC).isoformat(timespec="seconds")
    try:
        with path.open("rb") as file:
            return comparing.reconcile(file, path.name, store.authorities, at=at)
    except OSError as error:
        raise RefusedInput(f"{path} cannot be read: {error.strerror}", origin=str(path)) from None


def word_changes(earlier: str, later: str) -> list[Json]:
    """What a later wording kept, cut and added: runs of words, each ``{"how": "same|cut|added", "words"}``."""
    from onrecord import comparing

    return [{"how": how, "words": words} for how, words in comparing.differences(earlier, later)]


def with_changes(group: Json) -> Json:
    """A group of :meth:`Record.repeats` with ``changes`` for each later statement: its words beside the earliest."""
    first, *later = group["statements"]
    told = [{**said, "changes": word_changes(first["quote"], said["quote"])} for said in later]
    return {**group, "statements": [{**first, "changes": []}, *told]}


def _brought_up_to_date(store: Record, name: str) -> None:
    for _ in join(store, name):
        pass


def count_unjoined(store: Record, name: str) -> int:
    """How many articles a pass has still to see."""
    from onrecord import comparing

    [one] = [p for p in comparing.PASSES if p.name == name]
    at = datetime.now(UTC).isoformat(timespec="seconds")
    return store.across.count_pending(store.across.maker(one.name, one.version, one.of, at=at))


def positions(story: Json) -> list[Json]:
    """Who demands, refuses, offers or sets conditions in a story that :meth:`Record.story` gave: rows of a grid."""
    from onrecord.comparing import positions as grid

    return grid(story["statements"])


def board(store: Record, kinds: Sequence[str], articles: Iterable[Json], *, most: int = 16) -> list[Json]:
    """What articles (their summaries, in the order wanted) report of ``moves``, money ``raised``, match ``results``.

    Lines as :func:`comparing.board_lines` gives them, each with its ``article``; the same words of two articles twice.
    """
    from onrecord import comparing

    made: list[Json] = []
    for summary in articles:
        raw = store.raw_text(summary["id"])
        if raw is None or not comparing.may_fill_board(raw, kinds):  # spares most articles from being put together
            continue
        if (found := store.article(summary["id"])) is not None:
            made += [{**line, "article": summary} for line in comparing.board_lines(found, raw, kinds)]
        if len(made) >= most:
            break
    return made[:most]


def trending(store: Record, *, until: str | None = None, days: int = 7, past: int = 56) -> list[Json]:
    """What is written about more than usual in the days up to ``until`` (ISO; by default the newest day on record).

    Each is ``id kind name articles expected score window baseline``, the highest score first: ``articles`` and
    ``expected`` count articles, and window and baseline say from when to when and of how many. Topics, countries,
    persons and organizations; undated articles are left out.
    """
    from onrecord.comparing import Count, bursts

    last = until or store.newest_day(datetime.now(UTC).date().isoformat())
    if last is None:
        return []
    end = date.fromisoformat(last)
    first, before = end - timedelta(days=days - 1), end - timedelta(days=days)
    window = {"from": first.isoformat(), "to": last}
    baseline = {"from": (before - timedelta(days=past - 1)).isoformat(), "to": before.isoformat()}
    sizes = [store.count_dated(span["from"], span["to"]) for span in (window, baseline)]
    made: list[Json] = []
    for kind in ("topic", "country", "person", "organization"):
        now, then = (store.named(kind, span["from"], span["to"]) for span in (window, baseline))
        counts = [Count(key, count, then.get(key, ("", 0))[1]) for key, (_, count) in now.items()]
        made += [
            {"id": f"{kind}:{b.id}", "kind": kind, "name": country_name(b.id) if kind == "country" else now[b.id][0],
             "articles": b.now, "expected": b.expected, "score": b.score, "window": {**window, "of": sizes[0]},
             "baseline": {**baseline, "articles": b.past, "of": sizes[1]}}
            for b in bursts(counts, articles_now=sizes[0], articles_past=sizes[1])
        ]  # fmt: skip
    return sorted(made, key=lambda item: (-item["score"], item["id"]))


def model_card() -> str:
    """The card of the model that reads here (Markdown); empty where it has none."""
    return reading.model_card(Settings.from_environment().model)


def load_embedder(settings: Settings | None = None) -> Embedder:
    """The sentence model. Raises BrokenModel, in a sentence, where there is none."""
    from onrecord import embedding  # here, so that reading alone never looks for it

    settings = settings or Settings.from_environment()
    return embedding.load_embedder(settings.embedding, threads=settings.threads)


def reread(store: Record, reader: Pipeline, article_ids: Iterable[str], *, dry: bool = False) -> Iterator[Json]:
    """Reads kept articles again, from their payloads, and puts the readings in the place of the old ones.

    Each item is ``id origin label changes moved`` (see :meth:`onrecord.record.Record.replace`), or ``id refused``.
    ``dry``: nothing is written.
    """
    for article_id in article_ids:
        kept = store.kept(article_id)
        if kept is None:
            yield {"id": article_id, "refused": "the record has no article of this id"}
            continue
        try:
            article = intake.again(kept.pop("payload"), kept)
            outcome = reader.run(article, published=article.published)
            yield store.replace(unwrap(outcome), dry=dry)
        except OnrecordError as error:
            yield {"id": article_id, "refused": str(error)}


def raw_again(payload: bytes, known: Json) -> str:
    """The raw text of a kept payload, for proving it. Raises RefusedInput."""
    return intake.again(payload, known).raw


def unwrap(outcome: Outcome) -> Reading:
    """The reading, or its refusal as an error."""
    if isinstance(outcome, Refusal):
        raise RefusedInput(outcome.reason, origin=outcome.origin, stage=outcome.stage)
    return outcome


def _day(text: str | None) -> date | None:
    """The date of an ISO date or date and time, or None."""
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None
