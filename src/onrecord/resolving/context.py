"""What the outlet sets, in its own voice, against or beside a statement. Precision before recall: no reading of tone.

Five patterns: a concession at the statement's end ("despite ..."), an adverb at its cue ("falsely"), an adjective on
the claim ("the debunked claim"), a phrase of missing evidence, and the sentences right after it that turn against it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.offsets import Span
from onrecord.resolving.disputes import Claim, stems
from onrecord.resolving.page import Page
from onrecord.resolving.rejected import told_rejection
from onrecord.resolving.roster import Draft, Roster
from onrecord.types import Context, ContextKind
from onrecord.words import against

Noted = tuple[int, Context]
"""Index of a statement and what is set beside it."""

_TOLD = re.compile(r"\b(?:said|says|claimed|claims|argued|argues|added|told|wrote|insisted|according to)\b")
_CONCEDES = re.compile(r"[\s(–—-]*(despite|in spite of|contrary to|although|though|even though|while)\b", re.IGNORECASE)
_TAKES_UP = re.compile(r"\s*(?:[Bb]ut|[Yy]et|[Hh]owever,?)\s+(?:those|these|that|this|such|the same)\b")
_COMMA_BUT = re.compile(
    r"[”\"]?,[”\"]?\s+(?P<but>but)\s+(?!also\b|then\b|later\b|did\b|\w+ed\b|\w+s\b(?<!this)(?<!its))"
)
_LIMITS = re.compile(
    r"\b(?:not|no|never|only|unclear|unlikely|without|rare(?:ly)?|scant|scarce|little|few|hardly|"
    r"yet to|failed|could|might|cannot|\w+n['’]t)\b"
)
_NO_PROOF = re.compile(
    r"\s*(?:He|She|They|It|The (?:\w+ ){1,2}|(?:Mr|Mrs|Ms|Dr)\.? \w+ |[A-Z]\w+ )\s?(?:did not|didn[’']t|does not|"
    r"has not|offered no|provided no|gave no|cited no|presented no|produced no|could not)\s(?:(?:immediately |yet )?"
    r"(?:provide|offer|give|cite|present|produce|supply|back up|substantiate)d?\s)?(?:\w+\s){0,4}?"
    r"(?:evidence|proof|details|basis|source|sources|claims?|allegations?)\b"
)
_BUT_SILENT = re.compile(
    r"\s*(?:However,|But|Yet)\s(?:he|she|they|it|the (?:\w+ ){1,2}|(?:Mr|Mrs|Ms|Dr)\.? \w+ |[A-Z]\w+ )\s?"
    r"(?:did not|didn[’']t|could not|couldn[’']t|would not|wouldn[’']t|declined to|refused to|has not|was unable to)\s"
    r"(?:immediately )?(?:explain|say|elaborate|give|offer|provide|specify|name|comment|confirm|identify|cite)\b"
)
""" "However, he could not explain why": whoever just spoke leaves something out."""
_WEEKDAY = re.compile(r"\b(?:on )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
_GOES_ON = re.compile(r", and (?:it|he|she|they|there|that)\b")
_THIS_IS = re.compile(r"\s*(?:This|That|It|But that|But this)\s+(?:is|was|are|were|has|appears|turned)\b")
_CONTESTED = frozenset({"claim", "deny", "accuse", "reject"})
_CLAIMING = frozenset(
    [
        "claim",
        "deny",
        "accuse",
        "reject",
        "say",
        "think",
        "promise",
        "warn",
        "suggest",
        "call",
        "refuse",
        "know",
        "show",
        "announce",
        "expect",
        "hope",
        "confirm",
    ]
)


_WISHES = frozenset({"ask", "demand", "want", "order", "hope", "plan"})
"""Acts that assert nothing: nothing is so or not so."""


def outlet_context(page: Page, roster: Roster, claims: Sequence[Claim]) -> list[Noted]:
    """Everything the outlet's own voice sets beside the statements of an article."""
    by_sentence: dict[int, list[int]] = {}
    for i, claim in enumerate(claims):
        for number in range(page.sentence_at(claim.start), page.sentence_at(max(claim.start, claim.end - 1)) + 1):
            by_sentence.setdefault(number, []).append(i)
    made: list[Noted] = []
    for i, claim in enumerate(claims):
        if claim.speaker is not None and claim.speaker.name.lower() in ("no one", "nobody"):
            continue
        here = _in_sentence(page, claims, i)
        undercut = any(c.kind == "rebuts" and not _CONCEDES.match(page.text, c.span.start) for _, c in here)
        made += here + _after(page, roster, claims, i, by_sentence, undercut=undercut)
    return made


def _in_sentence(page: Page, claims: Sequence[Claim], i: int) -> list[Noted]:
    claim = claims[i]
    made = [(i, c) for c in (_at_cue(page, claim), _false_claim(page, claim)) if c is not None]
    beside = (
        _trailing(page, claims, i),
        _but(page, claims, i),
        _verdict(page, claim),
        _leading(page, claims, i),
        told_rejection(page, claims, i),
    )
    made += [(i, c) for c in beside if c]
    return made


def _but(page: Page, claims: Sequence[Claim], i: int) -> Context | None:
    """ "..., but that does not give them an advantage": the outlet's own limit, nobody's statement."""
    claim = claims[i]
    if claim.speaker is None or claim.act not in _CLAIMING or _not_only(page, claim):
        return None
    end = max(s.end for s in (*claim.statement.content, *claim.statement.cue, *claim.statement.source))
    sentence = page.sentence(max(0, end - 1))
    opener = _COMMA_BUT.match(page.text, end, sentence.end)
    if opener is None:
        return None
    span = _trim(page.text, Span(opener.start("but"), min(sentence.end, opener.end() + 300)))
    inside = any(span.start <= c.start < span.end for c in claims[max(0, i - 2) : i + 5] if c is not claim)
    words = page.text[span.start : span.end]
    if inside or page.quotes_between(*span) or _TOLD.search(words) or not _LIMITS.search(words):
        return None
    return Context("qualifies", "outlet", span) if _free(page, claim, span) else None


def _not_only(page: Page, claim: Claim) -> bool:
    """True where "but" goes on with what is said: "not just in the north, but in the south"."""
    return any(
        re.search(r"\bnot (?:just|only|merely|simply)\b", page.text[s.start : s.end]) for s in claim.statement.content
    )


def _verdict(page: Page, claim: Claim) -> Context | None:
    """ "Everything he says is a lie": the outlet's judgement right after the statement, to its clause's end."""
    end = max(s.end for s in (*claim.statement.content, *claim.statement.cue, *claim.statement.source))
    match = against.verdict().match(page.text, end, page.sentence(max(0, end - 1)).end)
    if match is None:
        return None
    span = _trim(page.text, Span(match.start("says"), match.end()))
    return Context("rebuts", "outlet", span) if _free(page, claim, span) else None


def _leading(page: Page, claims: Sequence[Claim], i: int) -> Context | None:
    """ "Despite claims that it was safe, it sank": the outlet's main clause after a statement in a concession."""
    claim = claims[i]
    sentence = page.sentence(claim.start)
    opener = _CONCEDES.match(page.text, sentence.start, sentence.end)
    if opener is None or claim.start - opener.end() > 40 or page.quote_at(sentence.start) is not None:
        return None
    comma = re.compile(r"[”\"]?,[”\"]?\s+").match(page.text, claim.end, sentence.end)
    if comma is None or sentence.end - comma.end() < 12:
        return None
    span = _trim(page.text, Span(comma.end(), sentence.end))
    if claim.act in _WISHES:
        return None  # "despite calls for a ban, nothing was done" says nothing against who called
    strong = opener.group(1).lower() in ("despite", "in spite of", "contrary to")
    inside = [c for c in claims[i + 1 : i + 5] if c.start >= span.start and c.start < span.end]
    others = [c for c in inside if c.speaker is not None and c.speaker.type == "person"]
    tied = stems(page.text[span.start : span.end]) & claim.words
    if others or page.quotes_between(span.start, span.end) or not (strong or tied):
        return None
    return Context("rebuts" if strong else "qualifies", "outlet", span)


def _free(page: Page, claim: Claim, span: Span) -> bool:
    """True where a span is the outlet's own words: outside the content and outside quotation marks."""
    return page.quote_at(span.start) is None and not any(s.overlaps(span) for s in claim.statement.content)


def _at_cue(page: Page, claim: Claim) -> Context | None:
    """ "Falsely claimed", "said without evidence that"."""
    if not claim.statement.cue:
        return None
    cue = claim.statement.cue[0]
    sentence = page.sentence(cue.start)
    for match in against.undercutting().finditer(
        page.text, max(sentence.start, cue.start - 30), min(sentence.end, claim.end + 90)
    ):
        span = Span(match.start(), match.end())
        kind: ContextKind = "rebuts" if match["rebuts"] else "qualifies"
        beside = (
            min(abs(span.start - s.end) for s in claim.statement.cue) < 25
            or min(abs(s.start - span.end) for s in (*claim.statement.cue, *claim.statement.source)) < 4
        )
        ends = match["qualifies"] and any(0 <= span.start - s.end < 12 for s in claim.statement.content)
        if any(s.start == span.start for s in claim.statement.cue) and match["qualifies"]:
            continue  # "the sites offered no evidence": that is what it tells
        if (beside or ends or any(s.covers(span) for s in claim.statement.cue)) and _free(page, claim, span):
            return Context(kind, "outlet", span)
    return None


def _false_claim(page: Page, claim: Claim) -> Context | None:
    """ "Repeated the debunked claim that": in the cue, or between it and the content."""
    if not claim.statement.cue:
        return None
    start = min(s.start for s in claim.statement.cue)
    first = min((s.start for s in claim.statement.content if s.start > start), default=None)
    match = against.false_claim().search(page.text, max(0, start - 30), first or claim.end)
    if match is None or (first is not None and first - match.end() > 30):
        return None
    span = Span(match.start(), match.end())
    return (
        Context("rebuts", "outlet", span)
        if _free(page, claim, span) and page.sentence(span.start).covers(span)
        else None
    )


def _trailing(page: Page, claims: Sequence[Claim], i: int) -> Context | None:
    """ "..., despite well-documented strikes": a concession right after the content, in the outlet's voice."""
    claim = claims[i]
    end = max(s.end for s in (*claim.statement.content, *claim.statement.cue, *claim.statement.source))
    sentence = page.sentence(max(0, end - 1))
    match = against.trailing_contrast().search(page.text, end, min(sentence.end, end + 26))
    if claim.act in _WISHES:
        return None
    if match is None or re.search(r"\w", _WEEKDAY.sub("", page.text[end : match.start()])):
        return None
    limit = min([c.start for c in claims[i + 1 : i + 6] if c.start >= match.end()] + [sentence.end])
    if (
        any(c.statement.content and s.start <= match.start() < s.end for c in claims for s in c.statement.content)
        if len(claims) < 60
        else False
    ):
        return None
    goes_on = _GOES_ON.search(page.text, match.end(), limit)  # "although it was late, and it took ...": the next clause
    span = _trim(page.text, Span(match.start(), goes_on.start() if goes_on is not None else limit))
    word = match.group().lower()
    kind: ContextKind = (
        "rebuts" if word in ("despite", "in spite of", "contrary to", "notwithstanding") else "qualifies"
    )
    whole = goes_on is not None or limit == sentence.end or len(page.text[span.start : span.end].split()) > 5
    return Context(kind, "outlet", span) if whole and _free(page, claim, span) and span.end - span.start > 12 else None


def _trim(text: str, span: Span) -> Span:
    start, end = span
    while end > start and (text[end - 1].isspace() or text[end - 1] in ".,;:"):
        end -= 1
    return Span(start, max(end, start + 1))


def _corrected(page: Page, claims: Sequence[Claim], i: int, by_sentence: dict[int, list[int]]) -> list[Noted]:
    """What the outlet tells right after "falsely claimed", word for word on the same matter: how it really was."""
    claim, made = claims[i], list[Noted]()
    last = page.sentence_at(max(claim.start, claim.end - 1))
    for sentence in page.sentences[last + 1 : last + 3]:
        own = by_sentence.get(page.sentence_at(sentence.start), [])
        others = [k for k in own if claims[k].act != "decide"]  # "voted against the bill" is what was done
        if page.quotes_between(*sentence) or others:
            break
        if stems(page.text[sentence.start : sentence.end]) & claim.words:
            made.append((i, Context("rebuts", "outlet", _trim_end(page.text, sentence))))
    return made


def _after(
    page: Page,
    roster: Roster,
    claims: Sequence[Claim],
    i: int,
    by_sentence: dict[int, list[int]],
    *,
    undercut: bool,
) -> list[Noted]:
    """The one or two sentences after a statement that turn against it, the first perhaps only leading up."""
    claim = claims[i]
    last = page.sentence_at(max(claim.start, claim.end - 1))
    if (
        claim.speaker is None
        or claim.act not in _CLAIMING
        or any(_rival(claims[k], claim) for k in by_sentence.get(last, ()))
    ):
        return []
    unproven = _unproven(page, last + 1)
    if unproven is not None:
        return [(i, unproven)]
    if undercut:
        return _corrected(page, claims, i, by_sentence)
    for ahead in (1, 2):
        number = last + ahead
        if number >= len(page.sentences):
            return []
        sentence = page.sentences[number]
        if not _narrated(page, claims, sentence, by_sentence.get(number, [])):
            return []
        words = page.text[sentence.start : sentence.end]
        if ahead == 2 and not _near(page, sentence):
            continue
        turns, refutes = against.contrast_opener().match(words), against.refuting().search(words)
        between = page.sentences[last + 1] if ahead == 2 else None
        if not refutes and claim.act not in _CONTESTED and (ahead == 2 or not turns):
            continue
        if (turns or refutes) and _touches(page, roster, claim, sentence, between, bool(refutes)):
            kind: ContextKind = "rebuts" if refutes else "qualifies"
            made: list[Noted] = [(i, Context(kind, "outlet", _trim_end(page.text, sentence)))]
            if between is not None:
                made.insert(0, (i, Context("background", "outlet", _trim_end(page.text, between))))
            return made
    return []


def _unproven(page: Page, number: int) -> Context | None:
    """ "She did not provide evidence.": the sentence after, of whoever just spoke."""
    if number >= len(page.sentences):
        return None
    sentence = page.sentences[number]
    match = _NO_PROOF.match(page.text, sentence.start, sentence.end)
    match = match or _BUT_SILENT.match(page.text, sentence.start, sentence.end)
    return Context("qualifies", "outlet", _trim_end(page.text, sentence)) if match else None


def _rival(other: Claim, claim: Claim) -> bool:
    """True for a later statement that the next sentence rather answers: not one that rejects this."""
    return other is not claim and other.act not in ("reject", "deny") and _content_start(other) > _content_start(claim)


def _content_start(claim: Claim) -> int:
    return min(s.start for s in claim.statement.content)


def _narrated(page: Page, claims: Sequence[Claim], sentence: Span, inside: list[int]) -> bool:
    """True where the outlet itself speaks: no quotation, and no statement but a document's or nobody's."""
    words = page.text[sentence.start : sentence.end]
    if page.quotes_between(sentence.start, sentence.end) or (_TOLD.search(words) and not inside):
        return False
    speakers = [claims[k].speaker for k in inside]
    return all(s is None or s.type == "document" for s in speakers)


def _touches(page: Page, roster: Roster, claim: Claim, sentence: Span, between: Span | None, refutes: bool) -> bool:
    """Whether a sentence is about what the statement says: a word or a name in common, through the one between too."""
    words = stems(page.text[sentence.start : sentence.end])
    here = _named(roster, sentence)
    if between is not None:
        lead = stems(page.text[between.start : between.end])
        tied = len(lead & claim.words) >= 1 and bool(
            _named(roster, between) & _ids((*claim.topics, claim.speaker)) or len(lead & claim.words) > 1
        )
        return tied and (
            bool(words & (lead | claim.words))
            or bool(here & (_ids(claim.topics) | _named(roster, between)))
            or _near(page, sentence)
        )
    shared = len(words & claim.words) + (1 if here & _ids(claim.topics) else 0)
    if page.text[sentence.start : sentence.end].rstrip().endswith("?"):
        return False
    if refutes and _THIS_IS.match(page.text, sentence.start):
        return True  # "This is false.": said of what stands just before
    limits = _LIMITS.search(page.text, sentence.start, sentence.end) is not None
    taken_up = _TAKES_UP.match(page.text, sentence.start) is not None
    return shared >= (1 if refutes or taken_up or limits else 2)


def _near(page: Page, sentence: Span) -> bool:
    return (
        re.match(r"\s*(?:however|but|yet)\b,?\s", page.text[sentence.start : sentence.start + 12], re.IGNORECASE)
        is not None
    )


def _named(roster: Roster, span: Span) -> frozenset[int]:
    return frozenset(id(d) for _, _, d in roster.within(span.start, span.end))


def _ids(drafts: Sequence[Draft | None]) -> frozenset[int]:
    return frozenset(id(d) for d in drafts if d is not None)


def _trim_end(text: str, span: Span) -> Span:
    end = span.end
    while end > span.start and text[end - 1].isspace():
        end -= 1
    return Span(span.start, end)
