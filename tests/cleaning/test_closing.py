"""The lines that say an article is over, and what may not be taken for one."""

from __future__ import annotations

import pytest

from onrecord.cleaning.closing import end_of_article
from onrecord.offsets import Span
from onrecord.types import FurnitureKind

BODY = "The council of Holm closed the ferry line between the islands on Tuesday evening, the mayor said. " * 6
AFTER = "Ten isles you should see before the summer is over, and how to get there without a ferry."


def end(*lines: tuple[str, FurnitureKind | None]) -> int:
    text, pieces = "", []
    for line, _ in lines:
        pieces.append(Span(len(text), len(text) + len(line)))
        text += line + "\n"
    return end_of_article(text, pieces, [label for _, label in lines])


@pytest.mark.parametrize(
    "line",
    ["© 2019 Holm Courier Inc.", "Copyright 2024 Vell News. All rights reserved.",
     "34 responses to “Ferry line closes”", "Feed for comments", "Read all 12 comments", "Tags: ferries, Holm",
     "Filed under: Sea", "You may also like", "Comments are closed.", "Rating: 36 Votes", "Join the conversation"],
)  # fmt: skip
def test_what_says_so(line: str) -> None:
    assert end((BODY, None), (line, "other"), (AFTER, None)) == 1


@pytest.mark.parametrize(
    "line",
    ["Tags: ferries, Holm", "HOLM ISLANDS 3 thoughts on “Ferry line closes” Ida May 2, 2024", "Reader Interactions",
     "This website uses cookies to give you the best of Holm.", "You must be logged in to leave a comment.",
     "Your email address will not be published.", "Leave a Reply Cancel reply", "Previous post: Islands",
     "Read these next Trending", "More stories like this one", "You might also like", "Our Standards: what we promise"],
)  # fmt: skip
def test_what_leaves_no_doubt(line: str) -> None:
    assert end((BODY, None), (line, None), (AFTER, None)) == 1


@pytest.mark.parametrize(
    "line",
    ["The website uses cookies to follow its readers, the mayor said.", "Pilots must be logged in to see a chart.",
     "She had one thought on the matter.", "You may also like the ferry to Vell, which leaves at noon and is late.",
     "Leave a comment and let us know which isle you like best."],
)  # fmt: skip
def test_what_an_article_says(line: str) -> None:
    assert end((BODY, None), (line, None), (BODY, None)) == 3


@pytest.mark.parametrize(
    "line",
    ["Photo: © 2019 Holm Pictures", "(Image: © 2020 Vell Agency)", "12 Comments", "Advertisement", "Related topics",
     "He said that all rights reserved to the crown were void. " * 5],
)  # fmt: skip
def test_what_does_not(line: str) -> None:
    assert end((BODY, None), (line, "other"), (AFTER, None)) == 3


COMMENTS = "\n".join(["holm_reader says:", "May 2, 2024 at 9:03 am", AFTER, "Ida says: May 2, 2024 at 10:14 am", AFTER])


def cut_at(text: str) -> int:
    pieces, at = [], 0
    for line in text.split("\n"):
        pieces.append(Span(at, at + len(line)))
        at += len(line) + 1
    return end_of_article(text, pieces, [None] * len(pieces))


def test_readers_comments_begin_with_a_name_and_a_time() -> None:
    assert cut_at(f"{BODY}\n{BODY}\n{COMMENTS}") == 2
    assert cut_at(f"{BODY}\n{COMMENTS.replace(' says:', chr(10) + 'says:')}") == 1, "the name on the line before"


def test_one_time_behind_a_colon_is_no_comment() -> None:
    assert cut_at(f"{BODY}\nThe log says: May 2, 2024 at 9:03 am, all well.\n{BODY}") == 3
    assert cut_at(f"{COMMENTS}\n{BODY}") == 6, "above the article they end nothing"


def test_above_the_article_it_says_nothing() -> None:
    assert end(("Ferry line closes", None), ("Tags: ferries", "other"), (BODY, None)) == 3


def test_an_article_about_copyright_goes_on() -> None:
    assert end((BODY, None), ("“Copyright 2019,” it said below the picture.", None), (BODY, None)) == 3
