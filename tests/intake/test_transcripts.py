"""Subtitles become text that reads on, each stretch with its time."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import RefusedInput
from onrecord.intake import article_from
from onrecord.types import Article, TimeCode

VTT = b"""WEBVTT - a programme

NOTE not spoken

STYLE
::cue { color: red }

intro
00:00:01.000 --> 00:00:03.500 align:start position:10%
<v Ann Lee>We will not &amp; shall not

00:00:03.500 --> 00:00:05.000
<v Ann Lee>sign <i>that</i> paper.

00:00:05.200 --> 00:00:07.000
<v.loud Bo Roe>Who will?
"""

SRT = (
    b"1\r\n00:00:01,000 --> 00:00:02,000\r\n<font color='#fff'>Good evening.</font>\r\n\r\n"
    b"2\r\n00:00:02,000 --> 00:00:04,000\r\n{\\an8}MAYOR: The bridge\r\nstays closed.\r\n"
    b"3\r\n00:01:04,000 --> 00:01:06,000\r\nThat was the news.\r\n"
)

ROLLING = b"""WEBVTT

00:00:00.000 --> 00:00:02.000
the<00:00:00.500><c> river</c>

00:00:02.000 --> 00:00:02.010
the river

00:00:02.010 --> 00:00:04.000
the river
rose<00:00:03.000><c> again</c>
"""


def said(article: Article) -> list[tuple[str, float, float]]:
    return [(article.raw[t.span.start : t.span.end], t.start, t.end) for t in article.times]


def test_voices_become_labels_named_once() -> None:
    article = article_from(VTT)
    assert article.raw == "Ann Lee: We will not & shall not sign that paper.\nBo Roe: Who will?"
    assert said(article) == [
        ("Ann Lee: We will not & shall not", 1.0, 3.5),
        ("sign that paper.", 3.5, 5.0),
        ("Bo Roe: Who will?", 5.2, 7.0),
    ]
    assert [b.role for b in article.layout] == ["paragraph", "paragraph"]


def test_srt_without_blank_lines_between_cues(tmp_path: object) -> None:
    from pathlib import Path

    path = Path(str(tmp_path)) / "news.srt"
    path.write_bytes(SRT)
    article = article_from(path)
    assert article.raw == "Good evening.\nMAYOR: The bridge stays closed.\nThat was the news."
    assert article.times[-1] == TimeCode(article.times[-1].span, 64.0, 66.0)


def test_rolling_captions_are_said_once() -> None:
    assert article_from(ROLLING).raw == "the river rose again"


def test_two_speakers_in_one_cue() -> None:
    article = article_from(b"WEBVTT\n\n00:01.000 --> 00:02.000\n- Why?\n- Because.\n")
    assert article.raw == "- Why?\n- Because."
    assert [t.start for t in article.times] == [1.0, 1.0]


def cued(*cues: str) -> Article:
    """An article of subtitles, a cue a second."""
    body = "\n\n".join(f"00:{k:02d}.000 --> 00:{k + 1:02d}.000\n{cue}" for k, cue in enumerate(cues))
    return article_from(f"WEBVTT\n\n{body}\n".encode())


def test_labels_with_titles_parties_and_offices() -> None:
    article = cued(
        "HELEN MARSH: Did you vote for it?",
        "SEN. DARIO VENN (R): I did not.",
        "DR. ANA-MARÍA O'NEIL, MAYOR OF TOLM (through translator): We will rebuild.",
        ">> UNIDENTIFIED MALE: Shame!",
        ">> There are two reasons: money\nand time. It is 10:30.",
    )
    assert article.raw.split("\n") == [
        "HELEN MARSH: Did you vote for it?",
        "SEN. DARIO VENN (R): I did not.",
        "DR. ANA-MARÍA O'NEIL, MAYOR OF TOLM (through translator): We will rebuild.",
        ">> UNIDENTIFIED MALE: Shame!",
        ">> There are two reasons: money and time. It is 10:30.",
    ]


def test_question_and_answer_are_paragraphs_of_their_own() -> None:
    article = cued("Q. Did you see\nthe letter?", "A. Yes, in March.", "Q: Who else?")
    assert article.raw == "Q. Did you see the letter?\nA. Yes, in March.\nQ: Who else?"


def test_sounds_are_furniture_and_a_voice_tag_names_its_voice_again_behind_them() -> None:
    article = cued("<v Piet Oster>It was not safe.", "[APPLAUSE]", "♪ theme ♪", "<v Piet Oster>We were told.")
    assert [(article.raw[b.span.start : b.span.end], b.role) for b in article.layout] == [
        ("Piet Oster: It was not safe.", "paragraph"),
        ("[APPLAUSE] ♪ theme ♪", "other"),
        ("Piet Oster: We were told.", "paragraph"),
    ]


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "00:01.000 --> 00:02.000",
                "1",
                "",
                "WORD: x",
                "<v A>b",
                "- c",
                "-->",
                "99:99:99.999 --> 1:00.0",
                "é\u2028f",
                "<",
            ]
        ),
        max_size=20,
    )
)
def test_any_cues_end_in_an_article_or_a_refusal(lines: list[str]) -> None:
    try:
        article = article_from(("WEBVTT\n\n" + "\n".join(lines)).encode())
    except RefusedInput:
        return
    last = 0
    for code in article.times:
        assert last <= code.span.start < code.span.end <= len(article.raw)
        assert code.start <= code.end
        last = code.span.end
