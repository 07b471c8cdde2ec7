"""Names in running text: the tagger's, and what a light reading of capitals finds beside them.

A run of capitalised words is a name once its titles are off ("President Ana Ruiz" is Ana Ruiz), unless it only begins
a sentence. Cost of the rule: a surname that is also a common word is missed where it stands alone at a sentence's
start and nowhere else.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.offsets import Span
from onrecord.resolving.guessing import guess_type
from onrecord.resolving.page import WORD, Page
from onrecord.resolving.runs import LINKS, POSSESSIVE, Token, capital_runs
from onrecord.resolving.titles import split_titles
from onrecord.types import EntityType, Mention
from onrecord.words import common, given, people, places
from onrecord.words.sources import listed

_SKIP = (frozenset((*common.WEEKDAYS, *common.MONTHS)) | listed("no_names")) - {"may", "april", "june", "august"}
_ADJECTIVES = frozenset(
    ["christian", "european", "african", "asian", "islamic", "jewish", "muslim", "catholic", "arab", "western"]
)
_PEOPLE = re.compile(r"-americans?(?:'s)?$|^(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-|$)")
_HONOURS = frozenset({"QC", "KC", "SC", "MP", "MSP", "MEP", "MLA", "OBE", "MBE", "CBE", "PhD", "MD", "Esq", "RN"})
"""What may stand after a name and is no part of it."""
_IN_HEADLINES = frozenset(
    {"By", "In", "On", "To", "With", "After", "Over", "From", "At", "As", "Is", "His", "Her", "Says"}
)
"""Small words that only headlines and titles of works put in capitals."""
_BODIES = frozenset({"WHO"})
"""Bodies whose initials are a small word when not in capitals."""
_PARTY_SEAT = re.compile(r"[DRI]-[A-Z]")
_VERB = re.compile(
    r" (?:also |then |later |has |had |did(?:n['’]t)? |\w+ly )?"
    r"(?:sa(?:id|ys)|told|[a-z]{2,}ed|wrote|is|was|has|had|did)\b"
)
_DATE_BESIDE = re.compile(r",? \d")
_BEFORE_START = re.compile(r"(?:^|[.!?…:;•|][\"”’»')\]]*\s+|\n\s*|[\"“‘«(\[—–]\s?|''|``|(?:^|\s)['‘])$")


@dataclass(slots=True)
class Name:
    """One name in the text: its span without titles, its words, what it seems to be, and the title before it."""

    span: Span
    words: tuple[str, ...]
    type: EntityType = "unknown"
    title: str = ""
    """Titles and roles put before the name, lower case ("ukrainian president")."""
    lead: Span | None = None
    """Where the title and what stands before it begin, when they are part of the same run."""
    sure: bool = False
    """The tagger said so, or the shape leaves no doubt."""
    text: str = ""
    """As it stands in the article, white space folded."""

    def __post_init__(self) -> None:
        self.text = self.text or " ".join(self.words)


def find_names(page: Page, tagged: Sequence[Mention], sources: Sequence[Span] = ()) -> list[Name]:
    """All names of a page in text order, none overlapping; a tagged mention wins over a guessed one.

    ``sources`` are the statements' sources: a lone word that opens a sentence is trusted to be a name inside one.
    """
    lower, runs = capital_runs(page)
    titled = _titled_paragraphs(page)
    names: list[Name] = []
    plain = [run for run in runs if page.paragraph_at(run[0].start) not in titled]
    surnames = _surnames(plain)
    for run in plain:
        names += _names_of(page, run, lower, surnames)
    names = _without_lone_openers(page, names, plain, sources)
    names = _without_stray_openers(names)
    names = _with_surnames(page, names, plain)
    if titled:
        heads = [run for run in runs if page.paragraph_at(run[0].start) in titled]
        names = sorted([*names, *_headline_names(page, heads, names)], key=lambda n: n.span)
    labels = [m for m in tagged if m.labels]
    return (
        _with_labels(page, _with_tagged(page, names, tagged), labels) if labels else _with_tagged(page, names, tagged)
    )


def _with_labels(page: Page, names: Sequence[Name], labels: Sequence[Mention]) -> list[Name]:
    """The names, those in speakers' labels with the bounds the label gives: "SEN. DARIO VENN (R):" is Dario Venn."""
    made, after = [], []
    for mention in labels:
        span = mention.span
        start = page.paragraphs[page.paragraph_at(span.start)].start
        words = tuple(page.text[span.start : span.end].split())
        after.append(Name(span, words, mention.type, page.text[start : span.start].strip().lower(), sure=True))
    for name in names:
        k = bisect_right(labels, name.span.end - 1, key=lambda m: m.span.start)
        # What stands before the name in its paragraph is title and office, no name either.
        head = k < len(labels) and page.paragraph_at(labels[k].span.start) == page.paragraph_at(name.span.start)
        if not head and not (k and labels[k - 1].span.end > name.span.start):
            made.append(name)
    return sorted([*made, *after], key=lambda n: n.span)


def _without_lone_openers(
    page: Page, names: list[Name], runs: list[list[Token]], sources: Sequence[Span]
) -> list[Name]:
    """Names without the single words that only ever open sentences and that nothing else shows to be names."""
    counts = Counter(t.fold for run in runs for t in run)
    starts = sorted(sources)
    kept = []
    for name in names:
        lone = len(name.words) == 1 and not name.sure and not name.title and not name.words[0].isupper()
        fold = name.words[0].lower()
        if lone and counts[fold] < 2 and _opens(page, name.span.start):
            k = bisect_right(starts, (name.span.start, len(page.text) + 1)) - 1
            named = given.gender_of(name.words[0]) or (k >= 0 and starts[k].end > name.span.start)
            if not named or _describes(page, name):
                continue
        kept.append(name)
    return kept


def _describes(page: Page, name: Name) -> bool:
    """True for the first word of "Consumer group Orlen", "Company spokeswoman Jane Doe" and "Rights groups"."""
    match = WORD.search(page.text, name.span.end, name.span.end + 20)
    fold, after = name.words[0].lower(), match.group() if match else ""
    plain = fold in common.common_words() or fold in listed("bodies")
    if after.islower() and (people.is_plural_role(after) or people.singular(after) in listed("bodies")):
        return True
    return plain and (after in listed("bodies") or people.is_role(after))


def _opens(page: Page, place: int) -> bool:
    before = _BEFORE_START.search(page.text, max(0, place - 6), place) is not None
    return before or page.sentence(place).start == place


def _without_stray_openers(names: list[Name]) -> list[Name]:
    """ "Crooked Jane Doe" is Jane Doe where the text names her so, and "Herald Doe" the Herald and Doe."""
    whole = {n.words for n in names}
    lasts = {n.words[-1] for n in names if n.type == "person" and len(n.words) > 1}
    made: list[Name] = []
    for name in names:
        first = name.words[0]
        if (
            len(name.words) > 2
            and name.words[1:] in whole
            and given.gender_of(first) is None
            and len(first) > 2
            and (given.gender_of(name.words[1]))
        ):
            name = Name(Span(name.span.start + len(first) + 1, name.span.end), name.words[1:], "person", sure=True)
        elif (
            len(name.words) == 2
            and first.isupper()
            and first.isalpha()
            and 1 < len(first) < 5
            and not name.words[1].isupper()
            and name.words[1] in lasts
        ):
            name = Name(Span(name.span.end - len(name.words[1]), name.span.end), name.words[1:], "person", sure=True)
        elif len(name.words) > 2 and name.words[-1] in lasts and name.words[-2].lower() in people.organization_heads():
            cut = name.span.end - len(name.words[-1])
            made.append(Name(Span(name.span.start, cut - 1), name.words[:-1], "organization", sure=True))
            name = Name(Span(cut, name.span.end), name.words[-1:], "person", sure=True)
        made.append(name)
    return made


def _with_surnames(page: Page, names: list[Name], runs: list[list[Token]]) -> list[Name]:
    """ "Dean" and "Judge" alone are offices, but names where the text has a "Howard Dean"."""
    lasts = {n.words[-1].lower() for n in names if n.type == "person" and len(n.words) > 1}
    taken = {n.span.start for n in names}
    made = []
    for run in runs:
        fold = POSSESSIVE.sub("", run[0].fold)
        if len(run) > 1 or fold not in lasts or run[0].start in taken or not people.is_role(fold):
            continue
        before = page.text[max(page.sentence(run[0].start).start, run[0].start - 8) : run[0].start].split()
        if not before or before[-1].lower() not in listed("determiners"):
            made.append(_finish(page.text, run, "", None))
    return sorted([*names, *made], key=lambda n: n.span)


def _titled_paragraphs(page: Page) -> frozenset[int]:
    """Paragraphs that capitalise nearly every word, where a capital tells nothing: headlines, cross-heads."""
    found = set()
    for number, span in enumerate(page.paragraphs):
        if span.end - span.start < 240:
            long = [w for w in page.text[span.start : span.end].split() if len(w) > 3 and w[0].isalpha()]
            share, least = (0.9, 8) if page.text[span.end - 1] in '.!?"”' else (0.72, 4)
            if len(long) >= least and sum(w[0].isupper() for w in long) >= share * len(long):
                found.add(number)
    return frozenset(found)


def _headline_names(page: Page, runs: list[list[Token]], names: list[Name]) -> list[Name]:
    """In a headline only what the body names, and countries."""
    known = {w.lower(): n for n in reversed(names) for w in (n.words if n.type == "person" else n.words[-1:])}
    whole = {tuple(w.lower() for w in n.words) for n in names}
    made: list[Name] = []
    for run in runs:
        at = 0
        while at < len(run):
            size = next(
                (k for k in range(min(6, len(run) - at), 0, -1) if _known_piece(run[at : at + k], known, whole)), 0
            )
            if size:
                name = _finish(page.text, run[at : at + size], "", None)
                name.type = name.type if name.sure else "unknown"  # short words in capitals are no initials here
                made.append(name)
            at += size or 1
    return made


def _known_piece(piece: list[Token], known: dict[str, Name], whole: set[tuple[str, ...]]) -> bool:
    words = tuple(POSSESSIVE.sub("", t.fold) for t in piece)
    if words in whole or (
        len(words) == 2 and words[1] in known and given.gender_of(words[0]) and words[0] not in common.common_words()
    ):
        return True
    if len(words) > 1:
        return False
    plain = POSSESSIVE.sub("", piece[0].word)
    country = places.is_country(plain) or places.stands_for(plain) is not None
    return (words[0] in known and words[0] not in common.common_words()) or (
        country and places.country_of(plain) is not None
    )


def _without_dates(text: str, run: list[Token]) -> list[Token]:
    """A run without the weekdays, months and other words at its ends that are no names."""
    if len(run) == 1 and POSSESSIVE.sub("", run[0].word) in _BODIES:
        return run
    while run and (POSSESSIVE.sub("", run[-1].fold) in _SKIP or run[-1].fold in LINKS):
        run = run[:-1]
    body = len(run) > 2 and run[-1].fold in people.organization_heads()  # "European Central Bank"
    while run and run[0].fold in _SKIP and not (body and run[0].fold in _ADJECTIVES):
        run = run[1:]
    if run and run[-1].fold in ("may", "june", "april", "august"):
        dated = len(run) == 1 and _DATE_BESIDE.match(text, run[-1].end)
        if dated or text[max(0, run[0].start - 3) : run[0].start] in ("in ", "by ", "of ", " on"):
            return run[:-1]
    return run


def _surnames(runs: Sequence[list[Token]]) -> frozenset[str]:
    """The last words of what a given name begins: whoever is "Jane Long" may be "Long" where a sentence begins."""
    return frozenset(
        POSSESSIVE.sub("", run[-1].fold) for run in runs
        if 1 < len(run) < 6 and any(given.gender_of(POSSESSIVE.sub("", t.word)) for t in run[:-1])
    )  # fmt: skip


def _names_of(page: Page, run: list[Token], lower: set[str], surnames: frozenset[str]) -> list[Name]:
    """The names in one run: sentence openers, dates and titles off, people apart from what stands before them."""
    text = page.text
    run = _without_dates(text, run)
    if len(run) == 1 and run[0].fold in surnames and _VERB.match(text, run[0].end):
        pass  # "Long said": somebody's surname
    elif run and _opens(page, run[0].start):
        run = _without_opener(run, lower)
    elif run and run[0].fold in ("the", "a", "an", "but", "and", "when", "if") and len(run) > 1:
        run = run[1:]
    if run and text[run[0].start - 4 : run[0].end] == "The Hague":
        run = [Token(run[0].start - 4, run[0].end, "The Hague"), *run[1:]]
    if run and run[0].fold == "state" and text[max(0, run[0].start - 13) : run[0].start].lower() == "secretary of ":
        run = run[1:]
    born = next((k for k, t in enumerate(run) if t.fold.endswith("-born")), None)
    run = run[born + 1 :] if born is not None else run
    if run and text[run[0].start - 1 : run[0].start] == "@":
        return []  # a handle
    if len(run) == 1 and run[0].word in _HONOURS and text[run[0].start - 2 : run[0].start] == ", ":
        return []  # "Jane Doe, QC,"
    if len(run) > 3 and people.is_role(run[0].fold) and [t.fold for t in run[1:3]] == ["of", "the"]:
        run = run[3:]  # "Director of the Tarsan Institute"
    if not run or (
        len(run) == 1 and (len(run[0].word) == 1 or _PARTY_SEAT.match(run[0].word) or _PEOPLE.search(run[0].fold))
    ):
        return []
    if len(run) > 2 and all(t.word.isupper() for t in run) and not any(given.gender_of(t.fold) for t in run):
        return []
    if len(run) > 3 and any(t.word in _IN_HEADLINES for t in run):
        return []
    if len(run) > 12:  # headlines in capitals, lists: no name is that long
        return []
    made = split_titles(run)
    return [_finish(text, tokens, title, lead) for tokens, title, lead in made if tokens]


def _without_opener(run: list[Token], lower: set[str]) -> list[Token]:
    common_words = common.common_words()
    if len(run) == 1:
        fold = POSSESSIVE.sub("", run[0].fold)
        plain = fold in common_words or (
            fold in lower and places.country_of(run[0].word) is None and not given.gender_of(fold)
        )
        adverb = fold.endswith(("ly", "ing")) and len(fold) > 5 and given.gender_of(fold) is None
        return [] if plain or adverb else run
    first, second = run[0], run[1]
    if first.fold in ("the", "a", "an") and second.fold not in LINKS:
        return run[1:]
    holds = people.is_role(first.fold) or first.fold in people.modifiers() or first.fold in ("new", "white", "state")
    if first.fold in common_words and not holds:
        if second.fold in common.CONNECTORS:
            return run[2:]
        return _without_opener(run[1:], lower) if second.fold in common_words else run[1:]
    if second.fold in common.CONNECTORS and first.fold in common_words and not people.is_role(first.fold):
        return run[2:]
    return run


def _finish(text: str, tokens: list[Token], title: str, lead: Span | None) -> Name:
    while len(tokens) > 2 and tokens[-1].word in _HONOURS:
        tokens = tokens[:-1]
    last = tokens[-1]
    end = last.end - 2 if POSSESSIVE.search(last.word) else last.end
    words = tuple(POSSESSIVE.sub("", t.word) for t in tokens)
    if text[end : end + 1] == "." and (("." in last.word and len(last.word) < 6) or last.fold in ("jr", "sr", "inc")):
        end += 1
        words = (*words[:-1], f"{words[-1]}.")
    span = Span(tokens[0].start, end)
    kind, sure = guess_type(words, title, text, span)
    return Name(span, words, kind, title, lead, sure, " ".join(text[span.start : span.end].split()))


_SURE, _LIKELY = 0.8, 0.6


def _with_tagged(page: Page, names: list[Name], tagged: Sequence[Mention]) -> list[Name]:
    """The guessed names with what the tagger knows: their types, and names that no capital run gave away.

    The runs keep their bounds, since the tagger often sees a part of a long name ("Monetary Fund"); its word on what a
    name names counts where the shape left doubt.
    """
    mentions = sorted((m for m in tagged if m.span.end <= len(page.text)), key=lambda m: m.span)
    made: list[Name] = []
    at = 0
    for name in names:
        while at < len(mentions) and mentions[at].span.end <= name.span.start:
            made += _unguessed(page, mentions[at], made)
            at += 1
        inside = []
        while at < len(mentions) and mentions[at].span.start < name.span.end:
            inside.append(mentions[at])
            at += 1
        _take_type(name, inside)
        made.append(name)
    for mention in mentions[at:]:
        made += _unguessed(page, mention, made)
    return made


def _take_type(name: Name, inside: Sequence[Mention]) -> None:
    """A name's type from the tag that reaches its last word: there stands what it is."""
    last = next((m for m in reversed(inside) if m.span.end >= name.span.end and m.type != "group"), None)
    if last is None:
        return
    exact = last.span == name.span
    if name.type == "unknown" and last.score >= _LIKELY:
        name.type = last.type
    if exact and last.score >= _SURE and not name.sure:
        name.type, name.sure = last.type, True


def _unguessed(page: Page, mention: Mention, before: Sequence[Name]) -> list[Name]:
    """A tagged name where no run of capitals stood out, for one a sentence begins with."""
    text, span = page.text, mention.span
    words = tuple(POSSESSIVE.sub("", m.group()) for m in WORD.finditer(text, span.start, span.end))
    overlaps = bool(before) and before[-1].span.end > span.start
    if overlaps or mention.score < _LIKELY or mention.type == "group" or not words or len(words[0]) < 2:
        return []
    if any(w.islower() for w in words) or text[span.start - 1 : span.start] == "@":
        return []
    folds = [w.lower().rstrip(".") for w in words]
    known = all(w in _SKIP or people.is_role(w) or w in people.modifiers() or w in people.titles() for w in folds)
    beside = text[span.start - 1 : span.start].isalnum() or text[span.end : span.end + 1].isalnum()
    if known or beside or not _opens(page, span.start):
        return []
    return [Name(span, words, mention.type, sure=mention.score >= _SURE)]
