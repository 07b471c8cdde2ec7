"""Places between pieces: the quick look at clean text sees what the full one sees."""

from __future__ import annotations

import textwrap

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.cleaning.breaks import Joint, find_breaks, laid_out
from tests.cleaning.scraps import SCRAPS

_LAID_OUT = st.lists(st.sampled_from([*SCRAPS, " ", " ", "\n\n", "\n\n"]), max_size=30).map("".join)


PARAGRAPH = "The council of Holm closed the ferry line between the islands on Tuesday evening, the mayor said."


@settings(max_examples=300, deadline=None)
@given(_LAID_OUT)
def test_the_quick_look_finds_the_empty_lines_and_whatever_is_not_laid_out(text: str) -> None:
    breaks, found = find_breaks(text), laid_out(text)
    glued = any(b.sure and b.joint in (Joint.STOP, Joint.WORD) for b in breaks)
    lines = [b for b in breaks if b.joint in (Joint.LINE, Joint.EMPTY_LINE)]
    if glued or any(b.joint == Joint.LINE for b in lines):
        assert found is None or (not glued and found == lines)
    else:
        assert found == lines


def test_a_paragraph_on_each_line_is_laid_out() -> None:
    found = laid_out("\n".join([PARAGRAPH] * 5))
    assert found is not None and [b.joint for b in found] == [Joint.LINE] * 4


def test_menus_and_hard_wraps_are_not() -> None:
    assert laid_out("\n".join(["Home", "Sport", "Weather", PARAGRAPH, PARAGRAPH, PARAGRAPH])) is None
    assert laid_out(textwrap.fill(" ".join([PARAGRAPH] * 6), 72)) is None


def test_little_glue_in_much_prose_needs_no_second_opinion_and_much_does() -> None:
    prose = "\n".join([PARAGRAPH] * 60)
    found = laid_out(prose.replace("said.\nThe", "said.The", 1))
    assert found is not None and [b.joint for b in found if b.joint != Joint.LINE] == [Joint.STOP]
    assert laid_out(prose.replace("said.\nThe", "said.The", 9)) is None
