"""What a user gets by installing: few dependencies, few names, a quick import."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

import onrecord
from tests.shared import ROOT

HEAVY = {
    "onnxruntime", "tokenizers", "numpy", "starlette", "uvicorn", "jinja2", "sqlalchemy", "trafilatura", "lxml", "rich",
    "click", "httpx", "py3langid", "ftfy", "torch",
}  # fmt: skip
"""What ``import onrecord`` alone must not load."""


def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]  # type: ignore[no-any-return]


def loaded_by(code: str) -> set[str]:
    """The top-level modules that a fresh interpreter has loaded after running the code."""
    report = f"{code}\nimport sys; print('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", report], capture_output=True, text=True, timeout=60, check=True)
    return {name.split(".")[0] for name in done.stdout.split()}


def test_at_most_twelve_core_dependencies() -> None:
    names = [re.split(r"[<>=!~\[; ]", line)[0] for line in project()["dependencies"]]
    assert len(names) == len(set(names)) <= 12, names


def test_training_never_comes_with_the_library() -> None:
    extras = project()["optional-dependencies"]
    light = [*project()["dependencies"], *(line for name, lines in extras.items() if name != "train" for line in lines)]
    assert not [line for line in light if line.startswith(("torch", "transformers", "all-minilm", "onnx=", "onnx>"))]
    assert any(line.startswith("torch==") for line in extras["train"])


def test_extras_named_in_messages_exist() -> None:
    """A missing extra is a sentence that names it: every name the code gives is one that pip knows."""
    calls = re.compile(r"import_extra\(\s*[^,()]+,\s*(?:extra=)?[\"'](\w+)[\"']")
    sources = (ROOT / "src" / "onrecord").rglob("*.py")
    named = {name for path in sources for name in calls.findall(path.read_text(encoding="utf-8"))}
    assert named <= set(project()["optional-dependencies"]), named


def test_public_names() -> None:
    assert len(onrecord.__all__) <= 12
    assert list(onrecord.__all__) == sorted(onrecord.__all__)
    for name in onrecord.__all__:
        assert getattr(onrecord, name) is not None


def test_an_unknown_name_is_a_sentence() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'raed'; it has"):
        onrecord.raed  # noqa: B018


def test_import_loads_nothing_heavy() -> None:
    assert not loaded_by("import onrecord") & HEAVY


def test_cleaning_loads_no_model() -> None:
    assert "onnxruntime" not in loaded_by("import onrecord; onrecord.clean('The talks failed.At noon, they left.')")


def test_help_loads_no_model_and_no_web_framework() -> None:
    code = """
from click.testing import CliRunner
from onrecord.cli.main import cli
result = CliRunner().invoke(cli, ["-h"])
assert result.exit_code == 0, result.output
"""
    assert not loaded_by(code) & {"onnxruntime", "starlette", "sqlalchemy", "trafilatura", "torch"}


def test_version_is_the_projects() -> None:
    assert onrecord.__version__ == project()["version"] == metadata.version("onrecord")


def test_the_package_says_that_it_is_typed() -> None:
    assert (Path(onrecord.__file__).parent / "py.typed").is_file()


def test_the_licence_is_the_one_named() -> None:
    assert project()["license"] == "Apache-2.0"
    assert "Apache License\n                           Version 2.0" in (ROOT / "LICENSE").read_text(encoding="utf-8")


def test_the_model_folder_is_small() -> None:
    folder = Path(onrecord.__file__).parent / "reading" / "models"
    sizes = {path.name: path.stat().st_size for path in folder.rglob("*") if path.is_file()}
    assert any(name.endswith(".onnx") for name in sizes), "no model in the package"
    assert sum(sizes.values()) <= 30 * 2**20, sizes
