"""Disputes across articles: a denial here linked to the claim there, and one speaker's statements that changed.

Inside one article the resolving room links them by how the text is built. Across articles there is no such text, so
only words can tell: two statements of one story on one matter, one of which says no. With too little in common, or both
on the same side, nothing is linked; the cost is that a denial in wholly other words is missed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from onrecord.across import ArticleRow, Paired, StatementRow
from onrecord.comparing.memory import Memory
from onrecord.words.sources import listed

_MOST_BESIDE = 12
_DENIED, _NAMED, _SAID_NOT, _CHANGED = 0.5, 0.3, 0.6, 0.7
"""Shares of the shorter statement's words that must be in common: where the cue itself denies, where it does and the
other names the denier, where only the words say no, and where one speaker is to have changed what was said."""
_ALIKE = 0.6
"""Words in common over the words of both (Dice) that "changed" needs: a long speech holds most short ones."""
_USUAL = 0.5
"""A word that statements of more than this share of a story's articles have is usual there; of three at least."""
_STEM, _AFTER = 6, 4
"""Letters of a word that are compared; words after a "not" among which the one that it denies is looked for."""
_CLAUSE = re.compile(r"[;:]|, (?:and|but|saying|while|which)\b")
_LEAST_SHARED = 2
"""Words in common at the least: a share of two words is chance."""
_AGAINST = frozenset({"deny", "reject"})
_ASSERTS = frozenset(
    ["say", "claim", "accuse", "think", "show", "announce", "confirm", "suggest", "call", "know", "warn", "demand"]
)
"""Acts that put something forward which can be denied."""
_NO = re.compile(
    r"\b(?:not|never|no|none|nobody|nothing|neither|nor|cannot|without|false|falsely|untrue|fake|hoax|lie|lies|"
    r"fabricated|baseless|unfounded|den(?:y|ies|ied)|\w+n['’]t|(?:ca|do|wo|did|does|is|was|has|had)nt)\b",
    re.IGNORECASE,
)
_NOT_NO = re.compile(
    r"\b(?:nothing (?:less|but|short)|not only|not just|no (?:later|less|fewer|more) than|no doubt)\b", re.IGNORECASE
)
_OPEN = re.compile(r"^\W*(?:that\s+)?(?:if|whether|unless)\b|\bhop(?:e|es|ed|ing)\b", re.IGNORECASE)
"""What is asked or hoped is not put forward."""
_QUIET = re.compile(r"\b(?:said|say|says|saying|did|do|nothing) (?:nothing|nobody|none)\b", re.IGNORECASE)
"""Who "said nothing after the fire" does not deny the fire."""
_IGNORANCE = re.compile(
    r"\b(?:not|n['’]t|never|no)\b.{0,12}\b(?:know|knows|knew|sure|clear|comment|say|elaborate|idea|recall|remember)\b",
    re.IGNORECASE,
)
"""Who does not know denies nothing."""
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_NUMBER = re.compile(r"(?<![\d.,])\d[\d,]*(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Voiced:
    """A statement as it is compared."""

    act: str
    words: frozenset[str]
    """Beginnings of its words. Of a denial, those of its first clause: what follows is seldom denied."""
    denied: frozenset[str]
    """Those right after a "not": what the statement says is not so."""
    numbers: frozenset[str]
    says_no: bool
    speaker: str | None
    is_open: bool = False
    """It asks or hopes: nothing is put forward that could be denied."""

    @classmethod
    def of(cls, act: str, quote: str, negated: bool, speaker: str | None) -> Voiced:
        """From a statement's act, words, whether its cue is negated ("did not say"), and its speaker's folded name."""
        plain = _QUIET.sub("", _NOT_NO.sub("", quote))
        denies = act in _AGAINST and not negated
        told = _CLAUSE.split(quote, maxsplit=1)[0] if denies else quote
        denied = frozenset[str]() if _IGNORANCE.search(quote) else _after_no(plain)
        numbers = frozenset(n.replace(",", "") for n in _NUMBER.findall(quote))
        is_open = _OPEN.search(quote) is not None
        return cls(act, _stems(told), denied, numbers, _NO.search(plain) is not None, speaker, is_open)

    @property
    def denies(self) -> bool:
        """True where the cue itself says no."""
        return self.act in _AGAINST


def contradiction(a: Voiced, b: Voiced, usual: frozenset[str] = frozenset()) -> tuple[str, float] | None:
    """How ``a`` speaks against ``b``: ("denies", share of words in common) or ("changed", share), or None.

    "denies" is directed, from the statement that says no to the one it is against; "changed" is of one speaker.
    ``usual``: beginnings of words that the whole story uses. That two statements have those says nothing of them:
    without this rule "Congress rejected attempts to revise the Act" is set against every mention of the Act.
    """
    shared = (a.words & b.words) - usual
    fewest = min(len(a.words - usual), len(b.words - usual))
    share = len(shared) / fewest if fewest else 0.0
    if a.is_open or b.is_open:
        return None
    if a.speaker is not None and a.speaker == b.speaker:
        turned = bool(a.denied & b.words and not b.says_no) or _other_number(a, b)
        alike = 2 * len(shared) / max(1, len(a.words - usual) + len(b.words - usual))
        near = share >= _CHANGED and alike >= _ALIKE and len(shared) > _LEAST_SHARED
        return ("changed", share) if turned and near else None
    if b.denies or b.act not in _ASSERTS or len(b.words) <= _LEAST_SHARED:
        return None
    if a.denies:
        names = a.speaker is not None and a.speaker.split()[-1][:_STEM] in b.words
        least = _LEAST_SHARED + (a.speaker is None)
        enough = len(shared) >= least and share >= _DENIED
        return ("denies", share) if not b.says_no and (enough or (names and share >= _NAMED)) else None
    if a.speaker is None or b.speaker is None or b.says_no or not a.denied & b.words:
        return None
    return ("denies", share) if share >= _SAID_NOT and len(shared) > _LEAST_SHARED else None


def _stems(text: str) -> frozenset[str]:
    words = (w.lower().removesuffix("'s").removesuffix("’s") for w in _WORD.findall(text))
    return frozenset(w[:_STEM] for w in words if len(w) > 3 and w not in listed("stopwords") and not _NO.fullmatch(w))


def _after_no(text: str) -> frozenset[str]:
    """The beginning of the first word that means something after each "not"."""
    found: list[str] = []
    for match in _NO.finditer(text):
        after = _WORD.findall(text[match.end() : match.end() + 60])[:_AFTER]
        found += next((list(stem) for word in after if (stem := _stems(word))), [])
    return frozenset(found)


class Disputes:
    """The pass: it pairs statements of one story that speak against each other."""

    name = "disputes"
    version = "2"
    of = "statement"

    def judge(self, article: ArticleRow, memory: Memory) -> None:
        """Compares an article's statements with those of its story that came before.

        Of one other article's statements a denial is set against the nearest alone.
        """
        own = list(_voiced(article))
        others = [(other, list(_voiced(other))) for other in memory.neighbours(article, most=_MOST_BESIDE) if own]
        usual = _usual([own, *(theirs for _, theirs in others)])
        for other, theirs in others:
            best: dict[int, tuple[float, Paired]] = {}
            for (statement, voiced), (there, said) in product(own, theirs):
                for one, two, pair in (
                    (voiced, said, (statement, article, there, other)),
                    (said, voiced, (there, other, statement, article)),
                ):
                    found = contradiction(one, two, usual)
                    if found is None or (found[0] == "changed" and one is said):  # told once, from the later
                        continue
                    if found[1] > best.get(pair[0].num, (0.0,))[0]:
                        best[pair[0].num] = found[1], _paired(*pair, *found, sorted((one.words & two.words) - usual))
            for _, paired in best.values():
                memory.pair(paired)


def _usual(articles: Sequence[Sequence[tuple[StatementRow, Voiced]]]) -> frozenset[str]:
    """Beginnings of words that stand in the statements of most articles of a story."""
    held = Counter(word for said in articles for word in frozenset().union(*(voiced.words for _, voiced in said)))
    return frozenset(word for word, count in held.items() if count > max(2, _USUAL * len(articles)))


def _voiced(article: ArticleRow) -> Iterator[tuple[StatementRow, Voiced]]:
    keys = {entity.num: entity.key for entity in article.entities}
    for statement in article.statements:
        speaker = keys.get(statement.speaker) if statement.speaker is not None else None
        yield statement, Voiced.of(statement.act, statement.quote, statement.negated, speaker)


def _paired(
    subject: StatementRow, here: ArticleRow, object_: StatementRow, there: ArticleRow, how: str, share: float,
    shared: list[str],
) -> Paired:  # fmt: skip
    told = "denies or says the opposite of" if how == "denies" else "is by the same speaker as, and not the same as,"
    reason = f"{told} the other; beginnings of words in common: {', '.join(shared[:6])}"
    return Paired(subject.num, here.num, object_.num, there.num, "different", how, share, reason)


def _other_number(a: Voiced, b: Voiced) -> bool:
    """Both give numbers, as many, and none is the same."""
    return bool(a.numbers) and len(a.numbers) == len(b.numbers) and not a.numbers & b.numbers
