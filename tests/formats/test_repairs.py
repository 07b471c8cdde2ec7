"""Repairs as people read them."""

from onrecord.formats import changes, marked_breaks, shorten
from onrecord.offsets import Edit, Span
from tests.factory import clean, sample


def test_a_change_has_its_place_its_reason_and_whole_words_around() -> None:
    glued = next(c for c in changes(sample().clean) if c.why == "glued sentence end")
    assert (glued.span, glued.old, glued.new) == (Span(160, 160), "", "\n\n")
    assert glued.before == "cracks in two of its piers."
    assert glued.after == "Engineer Tomas Brandt"


def test_what_was_there_is_kept() -> None:
    (change,) = changes(clean("donâ€™t", [Edit(Span(3, 6), "’", "mojibake")]))
    assert (change.before, change.old, change.new, change.after) == ("don", "â€™", "’", "t")


def test_breaks_are_made_visible_and_long_texts_short() -> None:
    assert marked_breaks("a\r\nb\n\nc\td") == "a↵b¶c⇥d"
    assert shorten("x" * 1000) == "x" * 29 + "…" + "x" * 29
    assert shorten("short") == "short"
