"""Markdown: what the file says of itself is told, markup comes off by edits, and what is no words is furniture."""

from __future__ import annotations

import gc
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.intake import again, article_from
from onrecord.intake.markdown import from_payload
from onrecord.intake.options import Options
from onrecord.intake.payload import Place
from onrecord.offsets import apply_edits
from onrecord.pipeline import clean_article
from onrecord.types import Article

PAGE = """---
title: "Bridge to open in June"
author: [Lena Orth, Pia Olm]
date: 2025-06-20T08:00:00+02:00
site: Harbour Post
lang: en_GB
---

# Bridge to open in June

![The bridge](b.jpg "Photo")

The mayor, **Ines Falk**, said on [Thursday](https://example.org/a_(b) "day") that
the *old* bridge [sic] would open.[^1]

> "Nobody was surprised," she said.
> She had told `the council` so.

[Home](/) [News](/news) [Sport](/sport)

What the union says
-------------------

1. The road was \\*shut\\*.
2. Nobody was [told][r].

| Year | Lorries |
| ---- | ------- |
| 2024 | 300     |

```
x = 1
```

* * *

[r]: https://example.org/r
"""


def read(text: str) -> Article:
    return from_payload(text.encode(), Place("a.md", "a"), Options())


def test_front_matter_tells_title_authors_date_site_and_language() -> None:
    article = read(PAGE)
    assert (article.title, article.byline, article.site) == (
        "Bridge to open in June",
        "Lena Orth, Pia Olm",
        "Harbour Post",
    )
    assert (article.published, article.language) == ("2025-06-20T08:00:00+02:00", "en-GB")
    assert article.raw == PAGE


def test_the_words_stand_without_markup_and_the_rest_is_furniture() -> None:
    clean = clean_article(read(PAGE))
    assert [clean.words(p) for p in clean.paragraphs] == [
        "Bridge to open in June",
        "The mayor, Ines Falk, said on Thursday that the old bridge [sic] would open.",
        '"Nobody was surprised," she said. She had told the council so.',
        "What the union says",
        "The road was *shut*.",
        "Nobody was told.",
    ]
    assert clean.headline == clean.paragraphs[0]
    kinds = {(f.kind, PAGE[f.span.start : f.span.end].split("\n", maxsplit=1)[0][:9]) for f in clean.furniture}
    assert kinds >= {("other", "---"), ("caption", "![The bri"), ("menu", "[Home](/)")}
    assert apply_edits(clean.raw, clean.edits) == clean.text
    [thursday] = clean.to_raw(clean.paragraphs[1])[:1]
    assert PAGE[thursday.start :].startswith("The mayor")


def test_a_quote_pulled_from_the_text_is_furniture() -> None:
    clean = clean_article(read('# H\n\n"Where did it go? Did it fly?" she said.\n\n> Did it fly?\n\n> It flew.'))
    assert [clean.words(p) for p in clean.paragraphs] == ["H", '"Where did it go? Did it fly?" she said.', "It flew."]


def test_toml_tells_too() -> None:
    article = read('+++\ntitle = "A"\ndate = 2025-06-21\n[params]\nauthor = "Lena Orth"\n+++\nThe bridge is shut.\n')
    assert (article.title, article.published, article.byline) == ("A", "2025-06-21", "Lena Orth")
    assert clean_article(article).text.strip() == "The bridge is shut."


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("# H\n\nHe said 2 * 3 * 4 and snake_case_name.", "He said 2 * 3 * 4 and snake_case_name."),
        ("# H\n\nHe [the mayor] said so (see [here](x)).", "He [the mayor] said so (see here)."),
        ("# H\n\n***Both*** and __strong__ and _**mixed**_.", "Both and strong and mixed."),
        ('# H\n\nA [**bold** link](x "t") here.', "A bold link here."),
        ("# H\n\nRead <https://example.org/a>, he said.", "Read https://example.org/a, he said."),
        ("# H\n\nLine one<br>\nline <b>two</b>.", "Line one line two."),
        ("# H\r\n\r\nWith *Windows*\r\nline ends.\r\n\r\n", "With Windows line ends."),
        ("# H #\n\n- [x] Done, they said.\n- Not **yet**.", "Done, they said. Not yet."),
        ("---\n\nNo front matter: a rule.\n\n---\n\nIt was *shut*.", "No front matter: a rule. It was shut."),
    ],
)
def test_inline_markup(text: str, words: str) -> None:
    clean = clean_article(read(text))
    body = [p for p in clean.paragraphs if p != clean.headline]
    assert " ".join(clean.words(p) for p in body) == words


def test_a_file_without_markup_is_plain_text() -> None:
    article = read("The mayor said so.\n\nThe bridge is shut.\n")
    assert (article.media_type, article.layout, article.marks) == ("text/plain", (), ())


def test_the_suffix_asks_for_it_and_a_kept_payload_reads_the_same(tmp_path: Path) -> None:
    for name in ("a.md", "a.txt"):
        (tmp_path / name).write_text(PAGE, encoding="utf-8")
    article = article_from(tmp_path / "a.md")
    assert article.media_type == "text/markdown"
    assert article_from(tmp_path / "a.txt").layout == ()
    known = {"origin": "a.md", "key": "a", "url": None, "media_type": article.media_type, "raw": article.raw}
    assert again(article.payload, known).marks == article.marks


PIECES = st.sampled_from(
    ["# ", "> ", "- ", "1. ", "**", "*", "_", "`", "```\n", "[a](", ")", "![", "](b)", "[r]: x", "|", "|-|\n",
     "---\n", "===\n", "\n", "\r\n", "word ", "a: b\n", "+++\n", "<b>", "<!-- ", "-->", "\\", "<div>\n"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=25).map("".join))
def test_any_markdown_is_read_and_its_edits_hold(text: str) -> None:
    if text.strip():
        clean = clean_article(read(text))
        assert apply_edits(clean.raw, clean.edits) == clean.text


@pytest.mark.parametrize(
    "piece", ["*a ", "[a](", "[", "`", "> ", "<!-- ", "**a** _b ", "![", "- a\n", "|a\n|-|\n", "a\n---\n"]
)
def test_time_grows_with_the_text(piece: str) -> None:
    def seconds(size: int) -> float:
        text = "# H\n\n" + piece * (size // len(piece))
        gc.disable()  # the objects of all the other tests are not this text's
        begin = time.process_time()
        read(text)
        spent = time.process_time() - begin
        gc.enable()
        return spent

    seconds(2_000)
    assert seconds(80_000) < 20 * max(seconds(10_000), 0.02)
