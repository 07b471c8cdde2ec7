"""Places between pieces: the quick look at clean text sees what the full one sees."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.cleaning.breaks import Joint, empty_lines, find_breaks
from tests.cleaning.scraps import SCRAPS

_LAID_OUT = st.lists(st.sampled_from([*SCRAPS, " ", " ", "\n\n", "\n\n"]), max_size=30).map("".join)


@settings(max_examples=300, deadline=None)
@given(_LAID_OUT)
def test_the_quick_look_finds_the_empty_lines_and_whatever_is_not_laid_out(text: str) -> None:
    breaks = find_breaks(text)
    dirty = any(b.joint == Joint.LINE or (b.sure and b.joint in (Joint.STOP, Joint.WORD)) for b in breaks)
    assert empty_lines(text) == (None if dirty else [b for b in breaks if b.joint == Joint.EMPTY_LINE])
