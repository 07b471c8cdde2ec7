"""What every format keeps: disputes and context go with a statement, articles stream, nothing hostile breaks it."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import formats
from onrecord.errors import OnrecordError
from onrecord.outcome import Reading
from tests.factory import article, clean, reading, said, sample

TEXTS = [f for f in formats.FORMATS if f not in formats.FOLDER_FORMATS]


def everything(name: str, folder: Path) -> str:
    """All that a format says about the sample, white space folded."""
    if name in formats.FOLDER_FORMATS:
        return "\n".join(p.read_text("utf-8") for p in formats.write_files([sample()], name, folder))
    return " ".join("".join(formats.render([sample()], name)).split())


@pytest.mark.parametrize("name", sorted(formats.FORMATS))
def test_a_statement_never_goes_without_its_dispute_and_context(name: str, tmp_path: Path) -> None:
    text = everything(name, tmp_path)
    if name in {"json", "jsonl"}:
        one = json.loads(text)
        first, denial, *_ = (one[0] if name == "json" else one)["statements"]
        assert denial["disputes"] == first["id"]
        assert first["context"] == [{"kind": "rebuts", "voice": "outlet", "span": [105, 159]}]
        return
    assert "despite a report that found cracks in two of its piers" in text
    assert text.lower().count("disput") >= 2
    assert text.count("the claim as careless") >= 2, "the denial's words stand beside what it denies"


@pytest.mark.parametrize("name", TEXTS)
def test_articles_are_rendered_as_they_come(name: str) -> None:
    asked = []

    def coming() -> Iterator[Reading]:
        for n in range(3):
            asked.append(n)
            yield sample()

    pieces = formats.render(coming(), name)
    while not asked:
        next(pieces)
    assert asked == [0]
    "".join(pieces)
    assert asked == [0, 1, 2]


@pytest.mark.parametrize("name", TEXTS)
def test_no_article_is_still_a_whole_output(name: str) -> None:
    text = "".join(formats.render([], name))
    assert {"pretty": text == "", "jsonl": text == "", "json": text == "[]\n"}.get(name, bool(text))


@pytest.mark.parametrize("name", sorted(formats.FORMATS))
def test_every_format_goes_to_a_folder_under_safe_names(name: str, tmp_path: Path) -> None:
    evil = reading(clean("Ana Ruiz said no."), article=article("Ana Ruiz said no.", key="../../evil"))
    paths = list(formats.write_files([evil, evil], name, tmp_path / "new"))
    assert all(p.parent == tmp_path / "new" for p in paths)
    assert {p.name.split(".")[0] for p in paths if p.name != "annotation.conf"} == {"evil", "evil-2"}


def test_unknown_and_folder_formats_cannot_be_printed() -> None:
    for name in ("brat", "pdf"):
        with pytest.raises(OnrecordError, match=name):
            formats.render([], name)
    with pytest.raises(OnrecordError, match="pdf"):
        list(formats.write_files([], "pdf", Path()))


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(OnrecordError, match="cannot write to"):
        list(formats.write_files([sample()], "csv", tmp_path / "file" / "folder"))


@given(st.text(st.characters(), min_size=1), st.text(st.characters()), st.sampled_from(TEXTS))
@settings(max_examples=100, deadline=None)
def test_any_characters_whatever_can_be_shown(words: str, title: str, name: str) -> None:
    raw = f"Ana {words} said no."
    hostile = reading(clean(raw), [said("no", by="Ana", cue="said")], article=article(raw, title=title, key=words))
    "".join(formats.render([hostile], name)).encode("utf-8")


@given(st.text(st.characters(), min_size=1))
@settings(max_examples=50, deadline=None)
def test_any_characters_whatever_can_be_written(words: str) -> None:
    from onrecord.formats.annotation import webannotation
    from onrecord.formats.brat import brat

    raw = f"Ana {words} said no."
    hostile = reading(clean(raw), [said("no", by="Ana", cue="said")])
    for _, text in (*webannotation(hostile), *brat(hostile)):
        text.encode("utf-8")
