"""Who or what a verb is said of, for boards: the words before it, cut at the clause's border. A rule of thumb."""

from __future__ import annotations

import re

_BORDER = re.compile(
    r"[;:—–()“”\"]|,\s|\s-\s|\b(?:that|while|as|but|after|when|whereas|said|says|because|before|since|though|although|"
    r"with|where|which|who|if|and|so|than)\s",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"^(?:the|a|an|its|their|his|her|meanwhile|but|and|also|in|on|at|by|for|even|only|still|overall|yesterday|today)\s+",
    re.IGNORECASE,
)
_TRAILING = re.compile(
    r"\s+(?:had|has|have|also|then|later|briefly|initially|sharply|already|again|only|still|just|since|recently|\w+ly)$",
    re.IGNORECASE,
)
_EMPTY = frozenset(
    "it they he she we i you this that these those there which who what both all some many most others one".split()  # noqa: SIM905
)
MOST_WORDS = 8
_UNREAL = re.compile(
    r"\b(?:if|would|could|may|might|should|unless|whether|(?:appear|seem)s?\s+to|expected\s+to|forecast\s+to)\b",
    re.IGNORECASE,
)


def subject_before(text: str, at: int) -> str:
    """The words a verb at ``at`` is said of, or "" where they cannot be told.

    >>> subject_before("Banks lost ground and shares of Kaveri Motors, which makes cars, fell 6%.", 64)
    'shares of Kaveri Motors'
    """
    left = text[:at].rstrip()
    if left.endswith(","):  # "shares of X, which makes cars, fell": what stands between the commas is set aside
        left = left[:-1].rpartition(",")[0]
    clause = left
    for border in _BORDER.finditer(left + " "):
        if not _joins_names(left, border):
            clause = left[border.end() :]
    clause = clause.strip()
    while (shorter := _TRAILING.sub("", clause)) != clause:
        clause = shorter
    while (shorter := _LEADING.sub("", clause)) != clause:
        clause = shorter
    words = clause.split()
    return "" if not 1 <= len(words) <= MOST_WORDS or words[0].lower() in _EMPTY else clause


def is_unreal(text: str, at: int) -> bool:
    """True where the clause before a place says that it might be so ("if prices fell 10%")."""
    start = max((m.end() for m in re.finditer(r"[.;:]", text[:at])), default=0)
    return _UNREAL.search(text, start, at) is not None


def _joins_names(text: str, border: re.Match[str]) -> bool:
    """ "Johnson and Sons", "Brent and Dubai crude": an "and" between capitals is no border."""
    if border.group().strip().lower() != "and":
        return False
    before, after = text[: border.start()].split(), text[border.end() :].split()
    return bool(before and after and before[-1][:1].isupper() and after[0][:1].isupper())
