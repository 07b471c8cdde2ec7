"""A model is a folder described by a type, found valid or refused: ONNX, JSON and NumPy arrays, nothing that runs code.

config.json      labels, window, sizes, thresholds, what it was trained on
model.onnx       the encoder and its heads
tokenizer.json   the word-piece tokenizer
links.npz       transition weights between tags, distance biases of the links
MODEL_CARD.md    data, scores, calibration, limits, licence
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.errors import BrokenModel

FILES = ("config.json", "model.onnx", "tokenizer.json", "links.npz")
"""What a model folder must hold."""


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """A model folder that has been looked at and found whole."""

    path: Path
    config: Mapping[str, Any]
    arrays: Mapping[str, NDArray[np.float32]]
    digest: str
    """``sha256:`` over the four files, in their documented order."""

    @property
    def name(self) -> str:
        """The model's name and version."""
        return str(self.config.get("name", self.path.name))

    @classmethod
    def open(cls, path: Path) -> ModelFolder:
        """Looks at a folder; raises BrokenModel with what is missing or wrong."""
        missing = [name for name in FILES if not (path / name).is_file()]
        if missing:
            raise BrokenModel(f"a model folder with {', '.join(FILES)} was expected at {path}; missing: {missing}")
        try:
            config = json.loads((path / "config.json").read_text("utf-8"))
            with np.load(path / "links.npz", allow_pickle=False) as stored:
                arrays = {key: stored[key] for key in stored.files}
        except (ValueError, OSError) as error:
            raise BrokenModel(f"the model folder {path} cannot be read: {error}") from None
        return cls(path, config, arrays, _digest(path))


def _digest(path: Path) -> str:
    total = hashlib.sha256()
    for name in FILES:
        total.update((path / name).read_bytes())
    return f"sha256:{total.hexdigest()}"


@cache
def packaged(name: str = "standard") -> Path:
    """The folder of a model that ships in the package."""
    with as_file(files("onrecord.reading") / "models" / name) as path:
        return Path(path)
