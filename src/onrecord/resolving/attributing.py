"""Statements -> attributions: the steps of resolving, in their order."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from onrecord.offsets import Span
from onrecord.resolving import (
    acts,
    answers,
    context,
    dates,
    disputes,
    entities,
    events,
    figures,
    focus,
    foretold,
    implied,
    kinds,
    mentions,
    nested,
    restated,
    roles,
    via,
)
from onrecord.resolving.acts import Act
from onrecord.resolving.dates import Dated
from onrecord.resolving.disputes import Claim
from onrecord.resolving.interview import Interview, mind_turns
from onrecord.resolving.nouns import Finding
from onrecord.resolving.page import Page
from onrecord.resolving.roster import Draft, Roster
from onrecord.resolving.said_on import Calendar, Near, disagreements, said_on
from onrecord.resolving.speakers import Speakers
from onrecord.types import Attribution, Caution, CleanText, Context, Figure, Found, Resolved, Statement


@dataclass(slots=True)
class _Work:
    """What the steps hand on; each list has one item a statement."""

    statements: list[Statement]
    findings: list[Finding]
    acts: list[Act]
    via: list[tuple[Draft, ...]] = field(default_factory=list)
    addressees: list[Draft | None] = field(default_factory=list)
    about: list[list[Draft]] = field(default_factory=list)
    days: list[Dated | None] = field(default_factory=list)


def attribute(clean: CleanText, found: Found, *, published: date | None) -> Resolved:
    """Every statement with its speaker, act, date, disputes, context and figures; see the room's docstring.

    All spans of the result are clean, those of its cautions raw. Raises nothing for any text and any spans inside it.
    """
    page = Page(clean)
    english = clean.language in (None, "en")  # the rules for nested words, dates and numbers know no other language
    told = [nested.with_nouns(page, s) for s in found.statements] if english else list(found.statements)
    told += nested.inner(page, told) if english else ()
    names = mentions.find_names(page, found.mentions, [x for s in told for x in s.source])
    roster = entities.merge(page, names)
    roles.learn(page, roster, names)
    statements = sorted(told, key=lambda s: (s.start, s.content[0].start))
    speakers = Speakers(page, roster)
    done = [acts.act_of(page, s) for s in statements]
    turned_down = {i for i, s in enumerate(statements) if disputes.turns_down(page, s, done[i])}
    speakers.nouns.guesses = focus.follow(page, roster, speakers.heard(statements, turned_down))
    inside = {i: outer for i, outer in via.enclosing(statements).items() if outer}
    findings = _findings(page, roster, speakers, statements, inside)
    mind_turns(page, roster, statements, inside, {m.span for m in found.mentions if m.labels}, findings)
    work = _Work(statements, findings, done)
    published = published or (dates.dateline(clean.raw) if english else None)
    calendar = Calendar(dates.find_dates(page.text, published) if english else ())
    _surround(page, speakers, calendar, work, inside, published)
    claims = [
        disputes.claim_of(page, i, s, f.draft, (a.act, a.negated), b)
        for i, (s, f, a, b) in enumerate(zip(statements, work.findings, work.acts, work.about, strict=True))
    ]
    against = disputes.find_disputes(page, claims)
    beside = context.outlet_context(page, roster, claims)
    cautions = [_unclear(clean, s, f) for s, f in zip(statements, work.findings, strict=True) if f.rivals]
    cautions += disagreements(page, clean, calendar, statements, work.findings, work.days)
    for finding in work.findings:
        if finding.draft is not None:
            finding.draft.speaks = True
    ids: dict[int, str] = {}
    made = entities.finish(roster.drafts, ids)
    noted = _contexts(page, claims, against, beside, ids)
    for answer in answers.answering(page, claims, against):
        voice = _id(claims[answer.by].speaker, ids)
        said_beside = [c.span for c in noted.get(answer.target, ())]
        if voice is not None and not any(s.overlaps(answer.span) for s in said_beside):
            noted.setdefault(answer.target, []).append(Context(answer.kind, voice, answer.span))
    attributions = tuple(_attribution(page, i, work, ids, against, noted) for i in range(len(statements)))
    happened = events.find_events(page, calendar.dates, [d.span for d in work.days if d], published)
    return Resolved(
        made,
        attributions,
        tuple(_figures(page, work, calendar, ids) if english else ()),
        tuple(happened),
        tuple(cautions),
    )


def _findings(
    page: Page, roster: Roster, speakers: Speakers, statements: Sequence[Statement], inside: dict[int, list[int]]
) -> list[Finding]:
    made: list[Finding] = []
    interview = Interview(page, roster, statements)
    for i, statement in enumerate(statements):
        if statement.source:
            found = interview.of(statement) or speakers.of(statement)
        else:
            found = implied.implied(page, roster, statements, i, made)
        made.append(_quoted_by(page, speakers, statement, found))
    restated.by_the_body(page, speakers.nouns, statements, made)
    foretold.by_name(page, speakers.nouns, statements, made)
    for i, outer in inside.items():
        speaker = made[outer[-1]].draft
        if made[i].first_person and speaker is not None:
            made[i] = Finding(speaker, f"first person inside what {speaker.name} says")
    return made


def _quoted_by(page: Page, speakers: Speakers, statement: Statement, finding: Finding) -> Finding:
    """ "Y quoted X as saying": X speaks, through the Y that its source names."""
    place = nested.quoted(page, statement) if finding.draft is not None else None
    speaker = speakers.anyone(place) if place is not None else None
    if speaker is None or finding.draft is None or speaker is finding.draft:
        return finding
    return Finding(speaker, f"quoted by {finding.draft.name}: {speaker.name}", (*finding.via, finding.draft))


def _surround(
    page: Page,
    speakers: Speakers,
    calendar: Calendar,
    work: _Work,
    inside: dict[int, list[int]],
    published: date | None,
) -> None:
    """Fills in via, addressee, about and date."""
    contents = sorted(s for st in work.statements for s in st.content)
    starts = [s.start for s in contents]
    cues = sorted((s, i) for i, st in enumerate(work.statements) for s in st.cue)
    through = {i: outer for i, outer in inside.items() if not nested.is_denied(page, work.statements[i])}
    chains = via.chains(through, work.findings)
    copied = {
        **via.told_behind(page, work.statements, work.findings),
        **via.copied_from(page, work.statements, work.findings),
    }
    drafts = [f.draft for f in work.findings]
    for i, (statement, finding, chain) in enumerate(zip(work.statements, work.findings, chains, strict=True)):
        speaker = finding.draft
        carrier = via.carried_by(page, speakers, statement, speaker) or copied.get(i)
        work.via.append((*chain, carrier) if carrier is not None and carrier not in chain else chain)
        work.addressees.append(via.addressee_of(page, speakers, statement, speaker))
        work.about.append(via.about(page, speakers, statement, speaker))
        near = Near(
            _contents_near(page, statement, contents, starts), *_cues_near(page, statement, speaker, cues, drafts)
        )
        day = said_on(page, calendar, statement, work.acts[i].act, near)
        work.days.append(_no_later(day, published) if day is not None else None)


def _no_later(day: Dated, published: date | None) -> Dated:
    """What was said "this month" was said by the day the article came out."""
    when = day.when
    if (
        published is None
        or when.first is None
        or when.last is None
        or when.last <= published.isoformat()
        or when.first > published.isoformat()
    ):
        return day
    return replace(day, when=replace(when, last=published.isoformat()))


def _contents_near(page: Page, statement: Statement, contents: Sequence[Span], starts: Sequence[int]) -> list[Span]:
    """The contents that reach into the sentence of a statement's cue."""
    anchor = (*statement.cue, *statement.source, *statement.content)[0]
    sentence = page.sentence(anchor.start)
    return [
        s
        for s in contents[max(0, bisect_right(starts, sentence.start) - 6) : bisect_left(starts, sentence.end)]
        if s.end > sentence.start
    ]


def _cues_near(
    page: Page,
    statement: Statement,
    speaker: Draft | None,
    cues: Sequence[tuple[Span, int]],
    drafts: Sequence[Draft | None],
) -> tuple[list[Span], list[Span]]:
    """The cues of others, and those of the same speaker, in the sentence of a statement's cue."""
    anchor = (*statement.cue, *statement.source, *statement.content)[0]
    sentence = page.sentence(anchor.start)
    first, last = (bisect_left(cues, edge, key=lambda c: c[0].start) for edge in (sentence.start, sentence.end))
    here = cues[first:last]
    return [s for s, i in here if drafts[i] is not speaker], [s for s, i in here if drafts[i] is speaker]


def _contexts(
    page: Page, claims: Sequence[Claim], against: dict[int, int], beside: Sequence[context.Noted], ids: dict[int, str]
) -> dict[int, list[Context]]:
    """What is set beside each statement: by the outlet, and by whoever disputes it."""
    noted: dict[int, list[Context]] = {}
    for i, target in against.items():
        speaker = claims[i].speaker
        if speaker is not None and id(speaker) in ids:
            noted.setdefault(target, []).append(Context("rebuts", ids[id(speaker)], disputes.extent(page, claims[i])))
    for i, item in beside:
        noted.setdefault(i, []).append(item)
    return noted


def _attribution(
    page: Page, i: int, work: _Work, ids: dict[int, str], against: dict[int, int], noted: dict[int, list[Context]]
) -> Attribution:
    statement, finding, act = work.statements[i], work.findings[i], work.acts[i]
    addressee, day = work.addressees[i], work.days[i]
    return Attribution(
        f"s{i + 1}", statement, kinds.kind_of(page, statement), act.act, act.negated, act.hedged,
        speaker=_id(finding.draft, ids), via=tuple(ids[id(d)] for d in work.via[i] if id(d) in ids),
        addressee=_id(addressee, ids),
        about=tuple(ids[id(d)] for d in work.about[i] if id(d) in ids), said_on=day.when if day else None,
        disputes=f"s{against[i] + 1}" if i in against else None,
        context=tuple(sorted(noted.get(i, ()), key=lambda c: c.span)),
        confidence=statement.confidence, evidence=(finding.why,),
    )  # fmt: skip


def _id(draft: Draft | None, ids: dict[int, str]) -> str | None:
    return ids.get(id(draft)) if draft is not None else None


def _figures(page: Page, work: _Work, calendar: Calendar, ids: dict[int, str]) -> list[Figure]:
    contents = sorted((s, i + 1) for i, st in enumerate(work.statements) for s in st.content)
    owners = {i: _id(f.draft, ids) for i, f in enumerate(work.findings, 1)}
    return figures.find_figures(page, contents, owners, [d.span for d in calendar.dates])


def _unclear(clean: CleanText, statement: Statement, finding: Finding) -> Caution:
    who = " or ".join(d.name for d in finding.rivals[:3])
    spans = tuple(raw for s in statement.source for raw in clean.to_raw(s))
    return Caution("speaker_unclear", f"the speaker may be {who}", spans)
