"""Each line an article; a broken line costs itself alone."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from onrecord.intake import Options, open_articles
from onrecord.types import Article, Refusal


def rows(tmp_path: Path, *lines: Any, options: Options | None = None) -> list[Article | Refusal]:
    path = tmp_path / "news.jsonl"
    path.write_text("\n".join(x if isinstance(x, str) else json.dumps(x) for x in lines), encoding="utf-8")
    return list(open_articles([str(path)], options))


def test_a_row_s_fields_are_mapped(tmp_path: Path) -> None:
    [article] = rows(
        tmp_path,
        {
            "id": 17, "body": "It rained.", "headline": "Rain", "authors": [{"name": "Ada Lund"}, "B. Roe"],
            "publisher": {"name": "The Marl Post"}, "date": "Fri, 20 Jun 2025 10:00:00 GMT", "url": "https://marl.example/1",
            "lang": "en",
        },
    )  # fmt: skip
    assert isinstance(article, Article)
    assert (article.key, article.raw, article.title, article.byline) == ("17", "It rained.", "Rain", "Ada Lund, B. Roe")
    assert (article.site, article.published, article.url) == (
        "The Marl Post", "2025-06-20T10:00:00+00:00", "https://marl.example/1",
    )  # fmt: skip
    assert article.language == "en"


def test_the_id_is_the_digest_of_the_row_s_text(tmp_path: Path) -> None:
    [article] = rows(tmp_path, {"text": "Été.", "key": "k"})
    assert isinstance(article, Article)
    assert article.id == "sha256:" + hashlib.sha256("Été.".encode()).hexdigest()


def test_broken_lines_are_named_and_the_rest_is_read(tmp_path: Path) -> None:
    found = rows(
        tmp_path, {"text": "One."}, "{broken", "", "[1]", "null", "7", {"title": "x"}, {"text": "  "}, "[" * 50_000,
        "9" * 9_000, '"A line that is a string."', {"text": "Last."},
    )  # fmt: skip
    assert [f.raw for f in found if isinstance(f, Article)] == ["One.", "A line that is a string.", "Last."]
    reasons = [f.reason for f in found if isinstance(f, Refusal)]
    assert [r.split(":")[0] for r in reasons] == [f"line {n}" for n in (2, 4, 5, 6, 7, 8, 9, 10)]


def test_a_row_with_html_is_read_as_a_page(tmp_path: Path) -> None:
    [article] = rows(
        tmp_path, {"html": "<p>The river rose by two metres on Friday, the council said.</p>", "title": "Flood"}
    )
    assert isinstance(article, Article)
    assert article.raw == "The river rose by two metres on Friday, the council said."
    assert article.title == "Flood"
    assert article.media_type == "text/html"


def test_a_line_over_the_limit_is_skipped_whole(tmp_path: Path) -> None:
    found = rows(tmp_path, {"text": "x" * 5000}, {"text": "Short."}, options=Options(max_bytes=1000))
    assert [type(f) for f in found] == [Refusal, Article]


@pytest.mark.parametrize("text", ["\ud83d", "a\0b", "\ufeffx"])
def test_odd_characters_in_json_are_survived(tmp_path: Path, text: str) -> None:
    [article] = rows(tmp_path, json.dumps({"text": "x" + text}))
    assert isinstance(article, Article)
    article.raw.encode("utf-8")
