"""The base model's weights, checked by digest and put under our names; in numpy, so that no torch is needed."""

from __future__ import annotations

import hashlib

import numpy as np
from numpy.typing import NDArray

from training.config import BASE_SHA256
from training.pieces import base_archive

Array = NDArray[np.generic]

_NAMES = {
    "attention_out": "attention.output.dense", "attention_norm": "attention.output.LayerNorm",
    "up": "intermediate.dense", "down": "output.dense", "norm": "output.LayerNorm",
}  # fmt: skip


def base_weights(layers: int) -> dict[str, Array]:
    """The pretrained weights; query, key and value become one matrix. Raises ValueError for any but those we know."""
    from safetensors.numpy import load

    raw = base_archive().read("model.safetensors")
    digest = hashlib.sha256(raw).hexdigest()
    if digest != BASE_SHA256:
        raise ValueError(f"the base model's weights have digest {digest}, expected {BASE_SHA256}")
    source = load(raw)
    ours = {
        "words.weight": source["embeddings.word_embeddings.weight"],
        "positions.weight": source["embeddings.position_embeddings.weight"],
        "kind": source["embeddings.token_type_embeddings.weight"][0],
        "norm.weight": source["embeddings.LayerNorm.weight"],
        "norm.bias": source["embeddings.LayerNorm.bias"],
    }
    for number in range(layers):
        theirs, our = f"encoder.layer.{number}.", f"layers.{number}."
        for part in ("weight", "bias"):
            mixed = [source[f"{theirs}attention.self.{name}.{part}"] for name in ("query", "key", "value")]
            ours[f"{our}attention_in.{part}"] = np.concatenate(mixed)
            for name, their_name in _NAMES.items():
                ours[f"{our}{name}.{part}"] = source[f"{theirs}{their_name}.{part}"]
    return ours
