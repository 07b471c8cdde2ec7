"""Disputes across articles: a denial here linked to the claim there, and one speaker's statements that changed.

Inside one article the resolving room links them by how the text is built. Across articles there is no such text, so
only words can tell: two statements of one story on one matter, one of which says no. With too little in common, or both
on the same side, nothing is linked; the cost is that a denial in wholly other words is missed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.across import ArticleRow, Paired, StatementRow
from onrecord.comparing.memory import Memory
from onrecord.words.sources import listed

_MOST_BESIDE = 12
_DENIED, _NAMED, _SAID_NOT, _CHANGED = 0.5, 0.3, 0.6, 0.7
"""Shares of the shorter statement's words that must be in common: where the cue itself denies, where it does and the
other names the denier, where only the words say no, and where one speaker is to have changed what was said."""
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
    r"fabricated|baseless|unfounded|den(?:y|ies|ied)|\w+n['’]t)\b",
    re.IGNORECASE,
)
_NOT_NO = re.compile(
    r"\b(?:nothing (?:less|but|short)|not only|not just|no (?:later|less|fewer|more) than|no doubt)\b", re.IGNORECASE
)
_IGNORANCE = re.compile(
    r"\b(?:not|n['’]t|never|no)\b.{0,12}\b(?:know|knows|knew|sure|clear|comment|say|elaborate|idea|recall|remember)\b",
    re.IGNORECASE,
)
"""Who does not know denies nothing."""
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_NUMBER = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?")


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

    @classmethod
    def of(cls, act: str, quote: str, negated: bool, speaker: str | None) -> Voiced:
        """From a statement's act, words, whether its cue is negated ("did not say"), and its speaker's folded name."""
        plain = _NOT_NO.sub("", quote)
        denies = act in _AGAINST and not negated
        told = _CLAUSE.split(quote, maxsplit=1)[0] if denies else quote
        denied = frozenset[str]() if _IGNORANCE.search(quote) else _after_no(plain)
        numbers = frozenset(n.replace(",", "") for n in _NUMBER.findall(quote))
        return cls(act, _stems(told), denied, numbers, _NO.search(plain) is not None, speaker)

    @property
    def denies(self) -> bool:
        """True where the cue itself says no."""
        return self.act in _AGAINST


def contradiction(a: Voiced, b: Voiced) -> tuple[str, float] | None:
    """How ``a`` speaks against ``b``: ("denies", share of words in common) or ("changed", share), or None.

    "denies" is directed, from the statement that says no to the one it is against; "changed" is of one speaker.
    """
    shared = a.words & b.words
    fewest = min(len(a.words), len(b.words))
    share = len(shared) / fewest if fewest else 0.0
    if a.speaker is not None and a.speaker == b.speaker:
        turned = bool(a.denied & b.words and not b.says_no) or _other_number(a, b)
        return ("changed", share) if turned and share >= _CHANGED and len(shared) > _LEAST_SHARED else None
    if b.denies or b.act not in _ASSERTS or len(b.words) <= _LEAST_SHARED:
        return None
    if a.denies:
        names = a.speaker is not None and a.speaker.split()[-1][:_STEM] in b.words
        enough = len(shared) >= _LEAST_SHARED and share >= _DENIED
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
    version = "1"
    of = "statement"

    def judge(self, article: ArticleRow, memory: Memory) -> None:
        """Compares an article's statements with those of its story that came before."""
        own = list(_voiced(article))
        for other in memory.neighbours(article, most=_MOST_BESIDE) if own else ():
            theirs = list(_voiced(other))
            for statement, voiced in own:
                for there, said in theirs:
                    for one, two, pair in (
                        (voiced, said, (statement, article, there, other)),
                        (said, voiced, (there, other, statement, article)),
                    ):
                        found = contradiction(one, two)
                        if found and not (found[0] == "changed" and one is said):  # told once, from the later
                            memory.pair(_paired(*pair, *found, sorted(one.words & two.words)))


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
