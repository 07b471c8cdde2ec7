"""File names from keys never leave their folder and never meet."""

from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.formats.names import FileNames


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("report-2025.03", "report-2025.03"),
        ("../../etc/passwd", "etc-passwd"),
        ("C:\\Windows\\x", "C-Windows-x"),
        ("/abs", "abs"),
        (".hidden", "hidden"),
        ("CON", "CON-"),
        ("nul.txt", "nul.txt-"),
        ("ends. ", "ends"),
        ("", "article"),
        ("..", "article"),
        ("Київ звіт", "Київ-звіт"),
        ("a\x00b\nc", "a-b-c"),
    ],
)
def test_a_key_becomes_a_safe_name(key: str, name: str) -> None:
    assert FileNames().take(key) == name


def test_names_that_meet_are_numbered_whatever_their_case() -> None:
    names = FileNames()
    assert [names.take(k) for k in ("a", "A", "a", "a-2", "a")] == ["a", "A-2", "a-3", "a-2-2", "a-4"]


@given(st.lists(st.text(st.characters()), max_size=20))
@settings(max_examples=100, deadline=None)
def test_any_keys_give_different_names_inside_the_folder(keys: list[str]) -> None:
    names = FileNames()
    taken = [names.take(k) for k in keys]
    assert len({n.casefold() for n in taken}) == len(keys)
    for name in taken:
        assert PurePosixPath(name).name == name == PureWindowsPath(name).name
        assert (Path("out") / name).parent == Path("out")
        assert len(name.encode()) < 200
