"""The documents say what the program does: commands are written up, examples run, links lead somewhere."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

from onrecord.cli.main import COMMANDS
from tests.shared import ROOT, shared

PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+\s+(.+)$", re.M)
FENCE = re.compile(r"^```(\w*)[^\n]*\n(.*?)^```", re.M | re.S)
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]+")


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def anchors(page: str) -> set[str]:
    """The anchors that a page's headings have."""
    plain = (re.sub(r"[^\w\- ]", "", title.lower()).strip() for title in HEADING.findall(page))
    return {title.replace(" ", "-") for title in plain}


def fences(page: str, language: str) -> list[str]:
    return [code for kind, code in FENCE.findall(page) if kind == language]


def options(command: str) -> set[str]:
    """The long options that a command, or any of its own commands, takes."""
    import click

    from onrecord.cli.main import cli

    found = cli.get_command(None, command)  # type: ignore[arg-type]
    assert found is not None
    parts = [found, *(found.commands.values() if isinstance(found, click.Group) else ())]
    opts = {option for part in parts for parameter in part.params for option in parameter.opts}
    return {option for option in opts if option.startswith("--")} | {"--help"}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_written_up(command: str) -> None:
    """A heading or a code span somewhere in docs/ names the command and every option that it takes."""
    text = "\n".join(page.read_text(encoding="utf-8") for page in PAGES if page.parent.name == "docs")
    assert f"onrecord {command}" in text, f"docs/ do not mention `onrecord {command}`"
    missing = {option for option in options(command) - {"--help"} if option not in OPTION.findall(text)}
    assert not missing, f"docs/ do not mention {sorted(missing)} of `onrecord {command}`"


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_commands_shown_exist(page: Path) -> None:
    """Every ``onrecord X`` of a console block is a command, and takes the options shown."""
    text = page.read_text(encoding="utf-8")
    for block in [*fences(text, "console"), *fences(text, "sh"), *fences(text, "bash")]:
        for line in block.replace("\\\n", " ").splitlines():
            for used in re.findall(r"(?:^|[|&;$]\s*)onrecord ([a-z-]+)([^|#&;]*)", line.strip()):
                assert used[0] in COMMANDS, f"{name(page)} shows `onrecord {used[0]}`, which there is not"
                strange = set(OPTION.findall(used[1])) - options(used[0])
                assert not strange, f"{name(page)} shows {sorted(strange)} for `onrecord {used[0]}`"


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_relative_links_exist(page: Path) -> None:
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    for target in LINK.findall(text):
        if re.match(r"[a-z][a-z0-9+.-]*:", target):
            continue
        path, _, anchor = target.partition("#")
        there = (page.parent / path).resolve() if path else page
        assert there.exists(), f"{name(page)} links to {target}, which is not there"
        if anchor and there.suffix == ".md":
            assert anchor in anchors(there.read_text(encoding="utf-8")), (
                f"{name(page)} links to {target}: no such heading"
            )


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_python_examples_run(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks marked ``python`` run in order, in one namespace; those with ``>>>`` show what comes back."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "examples").symlink_to(ROOT / "examples", target_is_directory=True)
    space: dict[str, object] = {"__name__": "__main__"}
    flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    for number, code in enumerate(fences(page.read_text(encoding="utf-8"), "python")):
        if ">>>" not in code:
            exec(compile(code, f"{name(page)}, block {number}", "exec"), space)
            continue
        test = doctest.DocTestParser().get_doctest(code, space, f"{name(page)}, block {number}", str(page), 0)
        result = doctest.DocTestRunner(optionflags=flags).run(test, clear_globs=False)
        assert not result.failed, f"{name(page)}: an example shows something else than comes back"
        space.update(test.globs)


def test_make_targets_shown_exist() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    for page in PAGES:
        shown = set(re.findall(r"(?:^|`)make ([a-z-]+)", page.read_text(encoding="utf-8"), re.M))
        assert shown <= targets, f"{name(page)} shows make targets that there are not: {sorted(shown - targets)}"


def rows(page: str, title: str) -> list[list[str]]:
    """The cells of the table under a heading."""
    section = page.split(f"## {title}\n", 1)[1].split("\n## ", 1)[0]
    lines = [line.strip("| ").split(" | ") for line in section.splitlines() if line.startswith("| ")]
    return lines[2:]


def test_the_seed_page_is_repaired_as_written_up() -> None:
    """Each repair that docs/seed.md lists is one that the cleaner makes at that place, and of the kind it says."""
    import onrecord

    page = (ROOT / "docs" / "seed.md").read_text(encoding="utf-8")
    clean = onrecord.clean(shared("seed", "putin-press-conference.txt"))
    made = {edit.span.start: edit.text for edit in clean.edits}
    listed = rows(page, "What was broken, and the repair")
    assert len(listed) == 21
    for _, place, _, _, repair in listed:
        wanted = "\n\n" if repair.startswith("parted") else " "
        assert made.get(int(place)) == wanted, f"docs/seed.md tells of a repair at {place}"


def test_every_line_of_the_seed_pages_menu_became_a_section() -> None:
    from onrecord.serve.sections import load_sections

    page = (ROOT / "docs" / "seed.md").read_text(encoding="utf-8")
    menu = shared("seed", "putin-press-conference.txt").read_text(encoding="utf-8").splitlines()[11:]
    listed = rows(page, "The 26 lines of the menu")
    assert [words.strip("`") for _, words, _, _ in listed] == menu
    assert list(dict.fromkeys(section for _, _, section, _ in listed)) == [s.name for s in load_sections()]
