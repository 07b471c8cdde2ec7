"""What share of this machine's int8 matrix rate the tagger's graph reaches, on one core.

usage: peak.py [--model FOLDER] [--rounds 25] [--windows 1] [--json]     needs the package onnx

*Bare*: the graph's own integer products (``MatMulInteger`` of onnxruntime, the same shapes and weights, alone in a
session), each as often as the graph has it. *Graph*: the whole graph over the same windows; its operations are those
of the products alone, so what attention, norms and scaling take lowers its rate. *Float*: the same shapes in float32.
Medians of rounds by turns.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import time
from collections import Counter
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from corpora import ROOT
from onrecord.inference import input_names, open_session
from worker import last_cpu, pin

LENGTH = 256
STANDARD = ROOT / "src/onrecord/reading/models/standard"
Shape = tuple[int, int]


def session_of(model: bytes):  # noqa: ANN201  onnxruntime is imported after pinning
    """A session with one thread for a product alone: there is nothing in it to fuse."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def weights_of(path: Path) -> tuple[dict[Shape, np.ndarray], Counter[Shape]]:
    """One weight matrix a shape, and how many products of that shape the graph holds."""
    graph = onnx.load(path).graph
    held = {tensor.name: tensor for tensor in graph.initializer}
    found: dict[Shape, np.ndarray] = {}
    counts: Counter[Shape] = Counter()
    for node in graph.node:
        if node.op_type == "MatMulInteger":
            matrix = numpy_helper.to_array(held[node.input[1]])
            found.setdefault((matrix.shape[0], matrix.shape[1]), matrix)
            counts[matrix.shape[0], matrix.shape[1]] += 1
    return found, counts


def product(matrix: np.ndarray, *, integer: bool) -> bytes:
    """A model of one matrix product by a constant."""
    kind, out = (TensorProto.UINT8, TensorProto.INT32) if integer else (TensorProto.FLOAT, TensorProto.FLOAT)
    held = [numpy_helper.from_array(matrix if integer else matrix.astype(np.float32), "weight")]
    names = ["rows", "weight"]
    if integer:
        held += [numpy_helper.from_array(np.array(128, np.uint8), "zero")]
        names += ["zero"]
    graph = helper.make_graph(
        [helper.make_node("MatMulInteger" if integer else "MatMul", names, ["out"])], "product",
        [helper.make_tensor_value_info("rows", kind, ["windows", LENGTH, matrix.shape[0]])],
        [helper.make_tensor_value_info("out", out, ["windows", LENGTH, matrix.shape[1]])], held,
    )  # fmt: skip
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8).SerializeToString()


def seconds(session, feeds: dict[str, np.ndarray]) -> float:  # noqa: ANN001
    """Processor seconds of one run."""
    began = time.process_time()
    session.run(None, feeds)
    return time.process_time() - began


def measure(folder: Path, rounds: int, windows: int) -> dict[str, float]:
    """Billions of operations a second (a multiplication and an addition are two)."""
    matrices, counts = weights_of(folder / "model.onnx")
    operations = sum(2 * windows * LENGTH * k * n * count for (k, n), count in counts.items())
    draw = np.random.default_rng(5)
    shape = (windows, LENGTH)
    feeds = {
        "input_ids": draw.integers(1000, 20000, shape, dtype=np.int32),
        "features": np.zeros((*shape, 3), np.int32),
        "attention_mask": np.ones(shape, np.int32),
    }
    whole = open_session(folder / "model.onnx", 1)
    feeds = {name: feeds[name] for name in input_names(whole)}
    bare = {s: session_of(product(m, integer=True)) for s, m in matrices.items()}
    plain = {s: session_of(product(m, integer=False)) for s, m in matrices.items()}
    bytes_in = {s: {"rows": draw.integers(0, 255, (*shape, s[0]), dtype=np.uint8)} for s in matrices}
    floats_in = {s: {"rows": rows["rows"].astype(np.float32)} for s, rows in bytes_in.items()}
    spent: dict[str, list[float]] = {"bare": [], "float": [], "graph": []}
    for _ in range(rounds + 1):  # the first warms up and does not count
        spent["bare"].append(sum(counts[s] * seconds(bare[s], bytes_in[s]) for s in matrices))
        spent["float"].append(sum(counts[s] * seconds(plain[s], floats_in[s]) for s in matrices))
        spent["graph"].append(seconds(whole, feeds))
    rates = {name: operations / statistics.median(all_[1:]) / 1e9 for name, all_ in spent.items()}
    return {name: round(rate, 1) for name, rate in rates.items()} | {"share": round(rates["graph"] / rates["bare"], 3)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, default=STANDARD)
    parser.add_argument("--rounds", type=int, default=25)
    parser.add_argument("--windows", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    os.environ["OMP_NUM_THREADS"] = "1"
    pin(last_cpu())
    made = measure(args.model, args.rounds, args.windows)
    print(json.dumps(made) if args.json else made)


if __name__ == "__main__":
    main()
