"""Word documents: the text of their body, and nothing that is struck out, hidden or a bomb."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from onrecord.errors import RefusedInput
from onrecord.intake import Options, again, article_from, open_articles
from onrecord.types import Article

_TOP = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
_END = "</w:body></w:document>"
BODY = (
    "<w:p><w:r><w:t>The bridge</w:t></w:r></w:p><w:p/>"
    '<w:p><w:r><w:t xml:space="preserve">“It is </w:t></w:r><w:del><w:r><w:t>not </w:t></w:r></w:del>'
    "<w:r><w:t>safe,”</w:t><w:br/><w:t>Ana Ruiz said.</w:t></w:r></w:p>"
)


def document(body: str = BODY, *, name: str = "word/document.xml", top: str = _TOP) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(name, top + body + _END)
    return held.getvalue()


def test_paragraphs_come_with_a_blank_line_between_and_without_what_is_struck_out() -> None:
    article = article_from(document())
    assert article.raw == "The bridge\n\n“It is safe,”\nAna Ruiz said."


def test_a_file_is_told_by_its_name_and_read_again_from_its_payload(tmp_path: Path) -> None:
    path = tmp_path / "draft.docx"
    path.write_bytes(document())
    [article] = open_articles([str(path)])
    assert isinstance(article, Article)
    known = {"origin": str(path), "key": "draft", "url": None, "media_type": article.media_type, "raw": article.raw}
    assert again(article.payload, known).raw == article.raw


@pytest.mark.parametrize(
    ("payload", "reason"),
    [
        (document(name="word/other.xml"), "another zip"),
        (document()[:200], "broken"),
        (document("<w:p>"), "XML"),
        (document("<w:p/>"), "has none"),
        (document("<w:p><w:r><w:t>&bomb;</w:t></w:r></w:p>", top='<!DOCTYPE d [<!ENTITY bomb "boo">]>' + _TOP), "none"),
    ],
)
def test_what_is_no_document_is_refused_with_a_reason(tmp_path: Path, payload: bytes, reason: str) -> None:
    path = tmp_path / "draft.docx"
    path.write_bytes(payload)
    with pytest.raises(RefusedInput, match=reason):
        article_from(path)


def test_a_bomb_is_unpacked_no_further_than_the_limit() -> None:
    packed = document("<w:p><w:r><w:t>" + "a" * 200_000 + "</w:t></w:r></w:p>")
    with pytest.raises(RefusedInput, match="at most"):
        article_from(packed, options=Options(max_markup=100_000))
