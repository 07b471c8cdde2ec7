"""The terminal's page: readable at 80 columns, plain without colour, and safe."""

from onrecord.formats import render
from onrecord.types import Furniture
from tests.factory import article, clean, reading, said, sample, span


def pretty(*readings: object, colour: bool = False, width: int = 80) -> str:
    return "".join(render(readings, "pretty", colour=colour, width=width))  # type: ignore[arg-type]


def test_speaker_cue_words_kind_and_confidence_are_there() -> None:
    text = pretty(sample())
    assert "   1  Ana Ruiz  said · mixed · 0.94\n      the new bridge is" in text
    assert "   2  Tomas Brandt  rejected · indirect · negated · 0.71\n" in text


def test_what_is_set_against_a_statement_stands_under_it() -> None:
    block = pretty(sample()).split("   1  Ana Ruiz")[1].split("   2  Tomas")[0]
    assert "Disputed by [2] Tomas Brandt: the claim as careless" in block
    assert "Set against it by the outlet: despite a report" in block


def test_the_article_is_there_with_each_statement_numbered_where_it_ends() -> None:
    text = pretty(sample())
    assert text.index("Bridge talks collapse") < text.index('"entirely safe"[1]') < text.index("4 STATEMENTS")
    assert 'centimetres."[3]' in text


def test_a_statement_in_the_headline_is_numbered_there() -> None:
    text = pretty(reading(clean("Ruiz: no\n\nShe left.", headline=True), [said("no", by="Ruiz")]))
    assert text.index("  Ruiz: no[1]\n") < text.index("She left.")
    assert text.count("Ruiz: no") == 1


def test_what_was_left_out_and_warned_of_is_named() -> None:
    text = pretty(sample())
    assert "Left out: share 347–357, teaser 358–370. 5 repairs" in text
    assert "Note: one statement names no one: officials" in text


def test_without_colour_there_is_no_escape_sequence_and_with_it_there_is() -> None:
    assert "\x1b" not in pretty(sample())
    assert "\x1b[" in pretty(sample(), colour=True)


def test_no_line_is_longer_than_the_terminal_or_eighty_columns() -> None:
    for width, most in ((80, 80), (200, 80), (40, 40), (1, 24)):
        assert max(map(len, pretty(sample(), width=width).splitlines())) <= most


def test_an_article_cannot_steer_the_terminal() -> None:
    raw = "Ana \x1b[2J said \x9b31m\u202eno\x07."
    evil = reading(clean(raw), [said("\u202eno", by="Ana \x1b[2J", cue="said")],
                   article=article(raw, title="\x1b]0;t\x07", origin="\x1b[H.txt"))  # fmt: skip
    for colour in (False, True):
        text = pretty(evil, colour=colour)
        assert not set(text) & set("\x07\x9b\u202e")
        assert "\x1b[2J" not in text
        assert "\x1b[H" not in text
        assert "\x1b]" not in text


def test_markup_of_the_terminal_library_is_only_text() -> None:
    assert "[bold]Ana[/bold] :smile: said" in pretty(reading("[bold]Ana[/bold] :smile: said no."))


def test_an_article_without_statements_says_so() -> None:
    assert "No statements found." in pretty(reading("Rain fell."))


def test_a_text_that_is_all_furniture_is_shown() -> None:
    from onrecord.offsets import Edit, Span

    made = clean("Menu", [Edit(Span(0, 4), "", "furniture")], furniture=[Furniture(span("Menu", "Menu"), "menu")])
    assert "Left out: menu 0–4" in pretty(reading(made))
