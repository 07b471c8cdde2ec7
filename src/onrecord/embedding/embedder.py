"""The sentence model: found, checked, run."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from onrecord.errors import BrokenModel
from onrecord.inference import input_names, open_session

FILES = ("config.json", "model.onnx", "tokenizer.json")
"""What a model folder must hold."""
_LONGEST = 8000
"""Characters that are looked at of one text: far beyond the pieces that the model takes."""
_ABSENT = (
    "finding by meaning needs the model package 'onrecord-embedding', which is not installed: in a copy of the sources"
    " 'make embedding' builds and installs it, or name a model folder in ONRECORD_EMBEDDING"
)


class Embedder:
    """Vectors of texts, by the model of one folder. Not shared between threads."""

    def __init__(self, folder: Path, *, threads: int = 0) -> None:
        """Raises BrokenModel with what is missing or wrong."""
        from tokenizers import Tokenizer

        missing = [name for name in FILES if not (folder / name).is_file()]
        if missing:
            raise BrokenModel(f"a model folder with {', '.join(FILES)} was expected at {folder}; missing: {missing}")
        try:
            config = json.loads((folder / "config.json").read_text("utf-8"))
            self.name, self.size = str(config["name"]), int(config["size"])
            self._room, special = int(config["window"]) - 2, config["special_pieces"]
            self._start, self._end = int(special["start"]), int(special["end"])
            self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        except Exception as error:  # tokenizers raises plain exceptions for every kind of broken file
            raise BrokenModel(f"the model folder {folder} cannot be read: {error}") from None
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self.digest = _digest(folder)
        self._session = open_session(folder / "model.onnx", threads)
        self._inputs = input_names(self._session)

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """A row of length 1 for each text; no text changes another's row."""
        out = np.zeros((len(texts), self.size), np.float32)
        for row, text in enumerate(texts):
            out[row] = self._one(text[:_LONGEST].encode("utf-8", "replace").decode("utf-8"))
        return out

    def _one(self, text: str) -> NDArray[np.float32]:
        """The mean of the pieces' vectors, as the model was trained, made as long as 1.

        One text at a time: a batch's integers share their scale, so a text's vector would depend on its neighbours.
        """
        pieces = self._tokenizer.encode(text, add_special_tokens=False).ids[: self._room]
        ids = np.array([[self._start, *pieces, self._end]], np.int32)
        feeds = {"input_ids": ids, "attention_mask": np.ones_like(ids)}  # models made before want a mask
        [states] = self._session.run(["states"], {name: feeds[name] for name in self._inputs})
        mean: NDArray[np.float32] = states[0].mean(0)
        return mean / max(float(np.linalg.norm(mean)), 1e-12)


def load_embedder(folder: str | None = None, *, threads: int = 0) -> Embedder:
    """The model of a folder, by default the one in the package. Raises BrokenModel, in a sentence, where it is not."""
    if folder:
        return Embedder(Path(folder), threads=threads)
    spec = find_spec("onrecord_embedding")
    if spec is None or spec.origin is None:
        raise BrokenModel(_ABSENT)
    return Embedder(Path(spec.origin).parent / "model", threads=threads)


def _digest(folder: Path) -> str:
    total = hashlib.sha256()
    for name in FILES:
        total.update((folder / name).read_bytes())
    return f"sha256:{total.hexdigest()}"
