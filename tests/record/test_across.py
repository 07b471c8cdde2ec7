"""What passes over the record are handed, and what becomes of what they judge."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import text

from onrecord import pipeline
from onrecord.across import ArticleRow, Paired, Placed, Sketch
from onrecord.record import Record, narrowing
from tests.factory import reading, said

AT = "2026-11-24T10:00:00Z"
DENIED = (("Tomas Brandt", "the claim"), ("Eva Lind", "all of it"))


def add(record: Record, words: str, outlet: str = "The Harbour Post", **fields: Any) -> str:
    made = reading(f"{words} Ana Ruiz said the bridge is safe.", [said("the bridge is safe", "Ana Ruiz", "said")])
    return record.add(made, seen_at=AT, outlet=outlet, **fields).article_id


def run(record: Record, judge: Any, version: str = "1", of: str = "article") -> list[ArticleRow]:
    """A pass of its own over what is new."""
    maker = record.across.maker("tests", version, of, at=AT)
    with record.across.batch(maker, limit=50, at=AT) as batch:
        for article in batch.articles:
            judge(article, batch)
    return batch.articles


def opens(article: ArticleRow, batch: Any) -> None:
    batch.place(Placed(article.num, article.num, None, "opened", 1.0, "the first"))
    batch.remember(Sketch(article.num, article.num, (1, -(2**63), 1000 + article.num), b"words"))


def test_a_pass_sees_each_article_once_with_its_statements(record: Record) -> None:
    add(record, "One.")
    [seen] = run(record, opens)
    assert (seen.outlet, seen.statements[0].quote) == ("The Harbour Post", "the bridge is safe")
    speaker = seen.entity(seen.statements[0].speaker)
    assert speaker is not None and speaker.name == "Ana Ruiz"
    add(record, "Two.")
    assert [a.text[:4] for a in run(record, opens)] == ["Two."]
    assert run(record, opens) == []


def test_another_version_sees_everything_again_and_keeps_the_ids(record: Record) -> None:
    add(record, "One.")
    run(record, opens)
    assert len(run(record, opens, version="2")) == 1
    with record._engine.connect() as connection:
        ids = connection.execute(text("SELECT id FROM clusters")).scalars().all()
        marks = connection.execute(text("SELECT count(*) FROM marks")).scalar()
    assert len(ids) == 2 and len(set(ids)) == 1
    assert marks == 3, "the older version's index is gone"


def test_what_was_kept_is_found_again_by_its_marks(record: Record) -> None:
    add(record, "One.")
    [first] = run(record, opens)
    add(record, "Two.")
    found: list[Any] = []

    def look(article: ArticleRow, batch: Any) -> None:
        found.append(batch.find([-(2**63), 77]))
        [kept] = batch.kept([first.num, 999]).values()
        found.append(kept)
        batch.place(Placed(article.num, article.num, kept.cluster, "joined", 0.5, "alike"))
        found.append(batch.members(kept.cluster, most=5))

    run(record, look)
    assert found[0] == {-(2**63): [first.num]}
    assert (found[1].features, found[1].article) == (b"words", first.num)
    assert [k.item for k in found[2]] == [first.num], "only what has a sketch can be compared"


def test_what_a_batch_has_not_written_yet_is_found_like_what_it_has(record: Record) -> None:
    add(record, "One."), add(record, "Two."), add(record, "Three.")
    seen: list[Any] = []

    def judge(article: ArticleRow, batch: Any) -> None:
        earlier = batch.find([7, 8]).get(7, [])
        held = batch.kept(earlier)
        seen.append((earlier, {k.cluster for k in held.values()}, batch.spread([7, 8])))
        cluster = batch.place(Placed(article.num, article.num, min((k.cluster for k in held.values()), default=None),
                                     "opened", 1.0, "for the test"))  # fmt: skip
        batch.remember(Sketch(article.num, article.num, (7,), b""))
        if article.text.startswith("Two."):  # now all is written, the third article asks the database
            seen.append([k.item for k in batch.members(cluster, most=5)])

    first, second, third = (article.num for article in run(record, judge))
    [none, one, members, both] = seen
    assert none == ([], set(), {7: 0, 8: 0})
    assert one[0] == [first] and len(one[1]) == 1 and one[2] == {7: 1, 8: 0}
    assert members == [second, first]
    assert both == ([second, first], one[1], {7: 2, 8: 0})
    add(record, "Four.")
    run(record, lambda article, batch: seen.append(batch.find([7], most=2)))
    assert seen[-1] == {7: [third, second]}


def test_nothing_stays_of_an_article_that_is_forgotten(record: Record) -> None:
    one, _ = add(record, "One."), add(record, "Two.")

    def judge(article: ArticleRow, batch: Any) -> None:
        opens(article, batch)
        if article.num > 1:
            batch.pair(Paired(1, 1, article.num, article.num, "same", "alike", 0.9, "words", {"n": 1}))
            batch.pair(Paired(1, 1, article.num, article.num, "different", "alike", 0.9, "again", {}))

    run(record, judge)
    left = {"members": 1, "clusters": 1, "pairs": 0, "sketches": 1, "marks": 3, "compared": 1}
    with record._engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM pairs")).scalar() == 1, "the same pair again is no news"
    record.forget(one, reason="asked to", author="desk", at=AT)
    with record._engine.connect() as connection:
        assert {t: connection.execute(text(f"SELECT count(*) FROM {t}")).scalar() for t in left} == left
    assert not [item for item in record.check() if item["faults"]]


def test_an_article_that_is_read_again_is_compared_again(record: Record) -> None:
    made = reading("Ana Ruiz said the bridge is safe.", [said("the bridge is safe", "Ana Ruiz", "said")])
    record.add(made, seen_at=AT)
    run(record, opens)
    record.replace(made)
    assert len(run(record, opens)) == 1


def test_a_pass_that_fails_leaves_no_trace(record: Record) -> None:
    add(record, "One.")

    def fails(article: ArticleRow, batch: Any) -> None:
        opens(article, batch)
        raise ValueError("broken")

    with pytest.raises(ValueError):
        run(record, fails)
    assert len(run(record, opens)) == 1


FERRY = "The night ferry Meghna Pride sank off Char Belabo on Sunday and at least 28 people died."


def test_stories_and_repeats_come_from_the_record_as_the_contract_says(place: str) -> None:
    with pipeline.open_record(place) as record:
        add(record, FERRY, outlet="The Bay Herald")
        add(record, FERRY + " Divers went on looking for others.", outlet="Delta Courier")
        record.add(reading("Parliament passed a law on railway tariffs after nine hours of debate."), seen_at=AT)
        [story] = record.stories(at_least=2)
        assert [a["outlet"] for a in story["articles"]] == ["The Bay Herald", "Delta Courier"]
        assert {"id", "key", "origin", "reason"} <= set(story["articles"][0])
        assert story["speakers"] == [{"key": "ana ruiz", "name": "Ana Ruiz", "statements": 2}]
        assert len(record.stories()) == 2 and len(record.stories(limit=1)) == 1
        whole = record.story(story["id"][:14])
        assert whole is not None
        assert [s["disputed_by"] for s in whole["statements"]] == [[], []]
        [group] = record.repeats()
        assert [s["how"] for s in group["statements"]] == ["opened", "verbatim"]
        assert all(s["content"] and s["article"].startswith("sha256:") for s in group["statements"])


def test_what_another_article_denies_is_found_among_the_disputed(place: str) -> None:
    with pipeline.open_record(place) as record:
        for n, (who, verb) in enumerate((("Ana Ruiz", "said"), ("Tomas Brandt", "denied"))):
            made = reading(f"{who} {verb} the bridge of Port Vell is safe {n}.",
                           [said(f"the bridge of Port Vell is safe {n}", who, verb)])  # fmt: skip
            record.add(made, seen_at=AT)
        claim, denial = record.statements(speaker="Ana Ruiz")[0], record.statements(speaker="Tomas Brandt")[0]
        assert record.search("bridge", disputed=True) == record.statements(disputed=True) == []
        nums = {}
        with record._engine.connect() as connection:
            for row in connection.execute(text("SELECT num, uid, article FROM statements")):
                nums[row.uid] = (row.num, row.article)
        (subject, first), (object_, second) = nums[denial["uid"]], nums[claim["uid"]]
        maker = record.across.maker("disputes", "t", "statement", at=AT)
        with record.across.batch(maker, limit=2, at=AT) as batch:
            batch.pair(Paired(subject, first, object_, second, "different", "denies", 0.9, "for the test"))
        for found in (record.search("bridge", what="statements", disputed=True), record.statements(disputed=True)):
            assert [s["uid"] for s in found] == [claim["uid"]]
            assert [d["uid"] for d in found[0]["disputed_by"]] == [denial["uid"]]
        assert [s["uid"] for s in record.statements(disputed=False)] == [denial["uid"]]
        record.correct(denial["uid"], reject=True, author="desk", at=AT)
        assert record.statements(disputed=True) == []


def test_disputes_are_the_same_whether_few_are_sorted_or_articles_walked(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(4):
        words = f"Ana Ruiz said bridge {n} is safe. Tomas Brandt denied the claim. Eva Lind denied all of it."
        claim = said(f"bridge {n} is safe", "Ana Ruiz", "said")
        denials = [said(denied, by, "denied", disputes="s1") for by, denied in DENIED]
        made = reading(words, [claim, *denials], about={"published": f"2026-01-0{1 + n % 2}"})
        record.add(made, seen_at=AT)
    few = [record.disputes(limit=limit, offset=offset) for limit, offset in ((3, 0), (3, 3), (20, 0))]
    monkeypatch.setattr(narrowing, "FEW", 1)
    many = [record.disputes(limit=limit, offset=offset) for limit, offset in ((3, 0), (3, 3), (20, 0))]
    assert many == few
    assert len(few[2]) == 8
    assert few[0] + few[1] == few[2][:6]
