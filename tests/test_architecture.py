"""Imports point down: this file holds the table of who may import whom, and reads it off the source."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent / "src" / "onrecord"

BASE = {"types", "offsets", "errors", "anchors", "outcome", "across", "version"}
"""Modules at the bottom: data and arithmetic, importable by every room."""

ROOMS = {
    "types": {"offsets", "errors"},
    "offsets": {"errors"},
    "errors": set(),
    "version": set(),
    "anchors": {"types", "offsets", "errors"},
    "outcome": {"types", "offsets", "errors", "anchors"},
    "across": set(),
    "whole": {"errors"},
    "settings": BASE,
    "words": BASE,
    "intake": BASE | {"words"},
    "cleaning": BASE | {"words"},
    "reading": BASE | {"words"},
    "resolving": BASE | {"words"},
    "classifying": BASE | {"words"},
    "formats": BASE | {"words", "whole"},
    "embedding": {"types", "errors"},
    "comparing": BASE | {"words"},
    "record": BASE,
    "pipeline": BASE
    | {
        "words",
        "settings",
        "intake",
        "cleaning",
        "reading",
        "resolving",
        "classifying",
        "formats",
        "record",
        "embedding",
        "comparing",
    },
    "front": BASE | {"settings", "pipeline", "record"},
    "serve": BASE | {"settings", "pipeline", "formats"},
    "watching": BASE | {"settings", "pipeline", "intake", "formats", "whole"},
    "batch": BASE | {"settings", "pipeline", "whole"},
    "cli": BASE | {"settings", "pipeline", "formats", "serve", "watching", "batch", "whole"},
}
"""Each room and what of onrecord it may import. Two rooms never import each other."""

HEAVY = {
    "onnxruntime": {"reading", "embedding"},
    "tokenizers": {"reading", "embedding"},
    "sqlalchemy": {"record"},
    "sqlite3": {"record"},
    "psycopg": {"record"},
    "httpx": {"intake"},
    "trafilatura": {"intake"},
    "lxml": {"intake"},
    "fastwarc": {"intake"},
    "fsspec": {"intake"},
    "ray": {"batch"},
    "feedparser": {"intake"},
    "protego": {"intake"},
    "smtplib": {"watching"},
    "starlette": {"serve"},
    "jinja2": {"serve", "formats"},
    "click": {"cli"},
    "rich": {"cli", "formats"},
    "socket": {"intake", "serve"},
}
"""Packages that only one or two rooms may touch."""


def modules() -> list[Path]:
    return sorted(p for p in HOUSE.rglob("*.py") if p != HOUSE / "__init__.py")


def room_of(path: Path) -> str:
    return path.relative_to(HOUSE).parts[0].removesuffix(".py")


def at_run_time(tree: ast.AST) -> list[ast.AST]:
    """Every node but those that only the type checker sees."""
    found, waiting = [], [tree]
    while waiting:
        node = waiting.pop()
        found.append(node)
        hidden = isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        waiting += [] if hidden else list(ast.iter_child_nodes(node))
    return found


def imports(path: Path) -> list[tuple[str, int]]:
    """Every module a file imports, by full name, with the line."""
    found = []
    for node in at_run_time(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found += [(alias.name, node.lineno) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno} imports relatively; write the full name"
            module = node.module or ""
            found.append((module, node.lineno))
            if module == "onrecord" or module.startswith("onrecord."):
                found += [(f"{module}.{alias.name}", node.lineno) for alias in node.names]
    return found


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(HOUSE)))
def test_a_file_imports_only_what_its_room_may(path: Path) -> None:
    room = room_of(path)
    assert room in ROOMS, f"{room} is not in the table of rooms"
    for name, line in imports(path):
        parts = name.split(".")
        if parts[0] == "onrecord" and len(parts) > 1:
            other = parts[1]
            if other in ROOMS and other != room:
                assert other in ROOMS[room], f"{path}:{line}: {room} may not import {other}"
        elif parts[0] in HEAVY:
            assert room in HEAVY[parts[0]], f"{path}:{line}: {parts[0]} belongs to {HEAVY[parts[0]]}, not {room}"


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(HOUSE)))
def test_a_room_is_entered_by_its_door(path: Path) -> None:
    """From outside a room its ``__init__`` is imported, not its files (words is a shelf of small tables: any file)."""
    rooms = {p.parent.name for p in HOUSE.glob("*/__init__.py")} - {"words"}
    for name, line in imports(path):
        parts = name.split(".")
        if parts[0] == "onrecord" and len(parts) > 2 and parts[1] in rooms and parts[1] != room_of(path):
            inside = HOUSE / parts[1] / f"{parts[2]}.py"
            assert not inside.exists() or (len(parts) == 3 and not imports_module(path, line, name)), (
                f"{path}:{line}: import from onrecord.{parts[1]}, not from its file {parts[2]}"
            )


def imports_module(path: Path, line: int, name: str) -> bool:
    """True when the statement at ``line`` reaches into the module ``name`` itself."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.lineno == line:
            return node.module == name
        if isinstance(node, ast.Import) and node.lineno == line:
            return any(alias.name == name for alias in node.names)
    return False


def test_only_the_command_prints_or_exits() -> None:
    for path in modules():
        if room_of(path) == "cli":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id not in {"print", "exit"}, f"{path}:{node.lineno} calls {node.func.id}"


def test_files_stay_small_enough_to_hold() -> None:
    long = {str(p.relative_to(HOUSE)): n for p in modules() if (n := len(p.read_text("utf-8").splitlines())) > 400}
    assert not long, f"files over 400 lines want to be two: {long}"


def test_functions_stay_short() -> None:
    """No function body over 60 lines, docstring apart."""
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                body = node.body[1:] if ast.get_docstring(node) else node.body
                length = (node.end_lineno or 0) - (body[0].lineno if body else node.lineno) + 1
                assert length <= 60, f"{path}:{node.lineno} {node.name} has {length} lines"
