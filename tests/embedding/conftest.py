"""The sentence model, built once for all tests where the training's packages are, else the one installed."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest

from onrecord.embedding import Embedder, load_embedder

_NEEDED = ("onnx", "safetensors", "all_minilm_l6_v2")


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if all(find_spec(name) for name in _NEEDED):
        from training.embedding import write

        made = tmp_path_factory.mktemp("model")
        write(made)
        return made
    spec = find_spec("onrecord_embedding")
    if spec is None or spec.origin is None:
        pytest.skip("needs the package onrecord-embedding, or those of the training to build it")
    return Path(spec.origin).parent / "model"


@pytest.fixture(scope="session")
def embedder(folder: Path) -> Embedder:
    return load_embedder(str(folder), threads=1)
