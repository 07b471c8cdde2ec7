"""A list of teasers is known by its pieces broken off, on a page and nowhere else."""

from __future__ import annotations

import numpy as np

from onrecord.cleaning.breaks import Break, Joint, Level
from onrecord.cleaning.furniture import Floats, learned_labels
from onrecord.offsets import Span

BODY = "The council of Holm closed the ferry line between the islands on Tuesday evening, the mayor said."
TEASER = "The harbour of Vell will be dredged in spring, and the fishermen who work the"


def kept(lines: list[str], menu: int) -> list[str]:
    """The lines that stay of lines that a model takes for prose, below ``menu`` lines that it does not."""
    every = ["Menu"] * menu + lines
    text, pieces = "", []
    for line in every:
        pieces.append(Span(len(text), len(text) + len(line)))
        text += line + "\n"
    breaks = [Break(p.end, p.end + 1, Joint.LINE, stop=True, level=Level.PARAGRAPH) for p in pieces[:-1]]
    chances: Floats = np.array([(0.02, 0.98, 0)] * menu + [(0.9, 0.1, 0)] * len(lines), dtype=np.float32)
    labels = learned_labels(text, pieces, breaks, chances)
    return [line for line, label in zip(every, labels, strict=True) if label is None]


def test_a_list_of_teasers_goes_and_its_titles_with_it() -> None:
    listed = [line for k in range(5) for line in (f"{TEASER} pier {k}...", f"What the islands do about pier {k}")]
    assert kept([BODY] * 6 + listed, 14) == [BODY] * 6


def test_a_few_pauses_stay() -> None:
    prose = [BODY, "And then the ferry came in, late as ever..."] * 3
    assert kept(prose, 14) == prose


def test_a_writer_who_likes_pauses_stays_where_there_is_no_page() -> None:
    prose = [BODY, "And then the ferry came in, late as ever..."] * 6
    assert kept(prose, 0) == prose
