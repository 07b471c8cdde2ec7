"""Entities across articles: who is the same, who is another of that name, and whom a person must decide about.

An entity of a new article is compared with those of like spelling that came before, identity by identity. Names decide
first (``names.py``): one hard difference, other given names or junior and senior, keeps two apart whatever else fits.
Where names allow it, what stands around them decides: roles beside the name, ages, who else is named, what the article
is about. Accepting only when one candidate is left is eyecite's rule for short citations; two left are ``unsure``, kept
apart and listed for a person.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from onrecord.across import ArticleRow, EntityRow, Kept, Paired, Placed, Sketch
from onrecord.comparing.around import Around, Weighed, around, strongest, weigh
from onrecord.comparing.hashing import mark_of
from onrecord.comparing.memory import Memory
from onrecord.comparing.names import Compared, compare_organizations, compare_people, person
from onrecord.comparing.spelling import skeleton, spelling

_SAME, _APART = 0.6, 0.3
"""From this score on two are the same; below the other they are two; between, a person decides."""
_SKETCHES = 4
"""So many articles of an identity are kept under one spelling: enough to know it by, and memory stays bounded."""
_MOST_LIKE = 24
"""Things under one mark of like spelling that a name is compared with, the newest; of the very same name some more.
Given and family names are shared by ever more people as a record grows: on 500 articles after 8,000 made ones, 64 cost
a quarter more time and told 4 of 5,047 names otherwise."""
_MOST_UNSURE = 3
"""Identities that an entity is paired with as unsure."""
_ONE_STORY = 0.5
"""What it adds that articles report one event: a person is described there in many ways, as player and as coach."""
_NOTHING = -0.5
"""Down to here what stands around two names has nothing in common: then one story is no reason either."""
_LONGEST = 8
"""Words of a name that is compared; longer ones are descriptions."""


@dataclass(frozen=True, slots=True)
class _Known:
    """An entity that came before."""

    item: int
    article: int
    cluster: int
    key: str
    type: str
    packed: bytes

    @property
    def around(self) -> Around:
        """What stands around it in its article."""
        return Around.unpacked(json.loads(self.packed))


@dataclass(frozen=True, slots=True)
class _Judged:
    """How near an identity is, by the best of its entities."""

    score: float
    reason: str
    known: _Known


class Entities:
    """The pass."""

    name = "entities"
    version = "7"
    of = "entity"

    def judge(self, article: ArticleRow, memory: Memory) -> None:
        """Compares the people, organizations, places and groups of an article with those before."""
        taken: set[int] = set()
        terms = strongest(article)
        named = {entity.num: _marks(entity) for entity in article.entities if comparable(entity)}
        before = _Before.of(article, named, memory)
        for entity in article.entities:
            if entity.num in named:
                own = around(article, entity, terms)
                _place(article, entity, own, before.identities(entity, named[entity.num]), before.beside, memory, taken)


def _place(
    article: ArticleRow, entity: EntityRow, own: Around, identities: Mapping[int, Sequence[_Known]],
    beside: frozenset[int], memory: Memory, taken: set[int],
) -> None:  # fmt: skip
    judged = sorted(
        (_judge(entity, own, known, beside) for cluster, known in identities.items() if cluster not in taken),
        key=lambda j: (-j.score, j.known.item),
    )
    sure = [j for j in judged if j.score >= _SAME]
    joins = sure[0] if len(sure) == 1 or (len(sure) > 1 and sure[0].score - sure[1].score >= 0.1) else None
    if joins is not None:
        cluster = memory.place(Placed(entity.num, article.num, joins.known.cluster, "same", round(joins.score, 2),
                                      joins.reason))  # fmt: skip
    else:
        cluster = memory.place(Placed(entity.num, article.num, None, "opened", 1.0, "nobody before fits"))
        for j in judged[:_MOST_UNSURE]:
            _told(article, entity, j, memory)
    taken.add(cluster)
    if sum(known.key == entity.key for known in identities.get(cluster, ())) < _SKETCHES:
        memory.remember(Sketch(entity.num, article.num, tuple(_marks(entity)), _packed(entity, own)))


@dataclass(frozen=True, slots=True)
class _Before:
    """All of like spelling with some name of an article, asked of the record at once."""

    found: Mapping[int, Sequence[int]]
    known: Mapping[int, _Known]
    beside: frozenset[int]
    """Articles of this one's story among those where they were met."""

    @classmethod
    def of(cls, article: ArticleRow, named: Mapping[int, Sequence[int]], memory: Memory) -> _Before:
        like = memory.find((mark for marks in named.values() for mark in marks[1:]), most=_MOST_LIKE)
        found = {**like, **memory.find(marks[0] for marks in named.values())}
        kept = memory.kept({item for items in found.values() for item in items})
        known = {item: made for item, one in kept.items() if (made := _known(one)) is not None}
        others = {one.article for one in known.values()}
        stories = memory.stories_of({article.num, *others}) if others else {}
        own = stories.get(article.num)
        beside = frozenset(num for num, story in stories.items() if story == own and num != article.num)
        return cls(found, known, beside if own is not None else frozenset())

    def identities(self, entity: EntityRow, marks: Sequence[int]) -> dict[int, list[_Known]]:
        """Those of like spelling with one name, by identity."""
        identities: dict[int, list[_Known]] = defaultdict(list)
        for item in sorted({item for mark in marks for item in self.found.get(mark, ())}):
            known = self.known.get(item)
            if known is not None and _one_type(known.type, entity.type):
                identities[known.cluster].append(known)
        return identities


def comparable(entity: EntityRow) -> bool:
    """Whether it has a name of its own: "officials" and "the company" are nobody across articles."""
    words = entity.name.split()
    return (
        (entity.type in ("person", "organization", "place", "group") or (entity.type == "unknown" and entity.speaks))
        and 0 < len(words) <= _LONGEST
        and words[-1][:1].isupper() and len(entity.key) > 1
        and not (words[0].islower() and words[0] in ("a", "an", "some", "one", "its", "his", "her", "their"))
    )  # fmt: skip


def _marks(entity: EntityRow) -> list[int]:
    """What an entity is looked up by: its name first, then its spelling, and for organizations its initials."""
    texts = [f"={entity.key}"]
    if entity.type in ("person", "unknown"):
        name = person(entity.key)
        texts += [f"~{spelling(name.family)}"]
        if len(skeleton(name.family)) >= 3:
            texts.append(f"#{skeleton(name.family)}")
        if name.given and len(entity.key.split()) == 2:
            texts.append(f"~{spelling(name.given)}")
    if entity.type != "person":
        words = [w for w in entity.key.split() if w not in ("the", "of", "for", "and", "on", "in")]
        texts += [f"~{spelling(w)}" for w in sorted(words, key=len)[-2:]]
        texts.append("@" + ("".join(w[0] for w in words) if len(words) > 1 else entity.key))
    return [mark_of(text) for text in dict.fromkeys(texts)]


def _packed(entity: EntityRow, own: Around) -> bytes:
    """Name and type, then what stands around it, which is only unpacked where the name fits."""
    return f"{entity.type} {entity.key}\n{json.dumps(own.packed(), separators=(',', ':'))}".encode()


def _known(kept: Kept) -> _Known | None:
    if kept.cluster is None:
        return None
    named, _, packed = kept.features.partition(b"\n")
    type_, _, key = named.decode().partition(" ")
    return _Known(kept.item, kept.article, kept.cluster, key, type_, packed)


def _one_type(first: str, second: str) -> bool:
    return first == second or "unknown" in (first, second) or {first, second} <= {"organization", "group", "place"}


def _judge(entity: EntityRow, own: Around, identity: Sequence[_Known], beside: frozenset[int]) -> _Judged:
    """An identity by its nearest entity; one entity that cannot be this one rules out the whole identity."""
    fits: list[tuple[Compared, _Known]] = []
    for known in identity:
        compared = compare(entity.key, entity.type, known.key, known.type)
        if compared.relation != "apart":
            fits.append((compared, known))
        elif compared.score >= 0.9:
            return _Judged(0.0, compared.reason, known)
    if not fits:
        return _Judged(0.0, "other names", identity[0])
    weighed = weigh(own, _together(identity))
    if weighed.score > _NOTHING and any(known.article in beside for known in identity):
        weighed = Weighed(min(1.0, weighed.score + _ONE_STORY), f"of one story; {weighed.reason}".rstrip("; "))
    scores = [(_score(compared, weighed.score, entity), compared, known) for compared, known in fits]
    score, compared, known = max(scores, key=lambda scored: scored[0])  # the first of equal ones
    return _Judged(score, "; ".join(part for part in (compared.reason, weighed.reason) if part), known)


def compare(first: str, first_type: str, second: str, second_type: str) -> Compared:
    """Two folded names, as their types ask for."""
    if "person" in (first_type, second_type):
        return compare_people(first, second)
    return compare_organizations(first, second)


def _score(compared: Compared, context: float, entity: EntityRow) -> float:
    """The name's score moved by what stands around it (-1 to 1).

    People share names, so their context counts; places and organizations of one name are mostly one, and what holds
    more words than another ("Inner Mongolia") is mostly something else.
    """
    if entity.type != "person":
        base = {"equal": 0.85, "variant": 0.45 + 0.3 * compared.score, "part": 0.2, "unclear": 0.3}[compared.relation]
        return max(0.0, min(1.0, base + 0.15 * context))
    base = {"equal": 0.75, "variant": 0.25 + 0.5 * compared.score, "part": 0.35, "unclear": 0.4}[compared.relation]
    if compared.relation == "equal" and " " not in entity.key:
        base = 0.65  # a family name or a first name alone is borne by many
    return max(0.0, min(1.0, base + 0.35 * context))


def _together(identity: Sequence[_Known]) -> Around:
    """What stands around an identity, all its entities taken together."""
    return Around.joined([known.around for known in identity])


def _told(article: ArticleRow, entity: EntityRow, judged: _Judged, memory: Memory) -> None:
    """Keeps a pair that a person may want to see: unsure ones, and two of one name that were kept apart."""
    same_name = judged.known.key == entity.key
    if judged.score < _APART and not same_name:
        return
    details: Mapping[str, str] = {"subject": judged.known.key, "object": entity.key}
    memory.pair(Paired(
        judged.known.item, judged.known.article, entity.num, article.num,
        "unsure" if judged.score >= _APART else "different", "name", round(judged.score, 2), judged.reason, details,
    ))  # fmt: skip
