"""The tagger as an ONNX graph, written operator by operator.

An exporter would give a graph of small operators, and a second tool would have to find the fused ones in it again.
BERT's layer is a few fused operators of onnxruntime (MultiHeadAttention, BiasGelu) and the matrix products between
them, so the graph is simply built out of these. The three feature tables and BERT's token type become one table of all
combinations. There is no mask: a window is run alone, nothing in it is padding, and without one attention takes a
quicker way. Sums and LayerNormalization are three times as quick as SkipLayerNormalization on the processors we
measured (onnxruntime 1.32), so whoever opens the graph keeps the optimiser from fusing them again.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from onrecord.reading.features import CHANNEL_SIZES
from training.config import NORM_EPSILON

if TYPE_CHECKING:
    from training.model import Tagger

OPSET, CONTRIB, IR_VERSION = 17, "com.microsoft", 8
HEADS_NODE = "heads"
Array = NDArray[np.generic]


class GraphBuilder:
    """Collects nodes and constants; every method returns the name of what it made."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, name: str, value: Array) -> str:
        """Add a constant."""
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, kind: str, inputs: list[str], output: str, *, domain: str = "", **attributes: object) -> str:
        """Add an operator with one output."""
        self.nodes.append(helper.make_node(kind, inputs, [output], name=output, domain=domain, **attributes))
        return output


def write_int8(model: onnx.ModelProto, path: Path, *, keep_float: Iterable[str] = ()) -> None:
    """Write a graph with its matrix products in int8; those named in `keep_float` stay as they are."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    with TemporaryDirectory() as folder:
        plain = Path(folder) / "float.onnx"
        onnx.save(model, plain)
        quantize_dynamic(
            plain,
            path,
            op_types_to_quantize=["MatMul"],
            per_channel=True,
            weight_type=QuantType.QInt8,
            nodes_to_exclude=list(keep_float),
            extra_options={"MatMulConstBOnly": True, "DefaultTensorType": TensorProto.FLOAT},
        )


def build(model: Tagger, *, int8_words: bool) -> onnx.ModelProto:
    """Return the model's graph; with `int8_words` the word table holds one byte a value and a scale a word."""
    weights = {name: value.detach().float().numpy() for name, value in model.state_dict().items()}
    graph = GraphBuilder()
    states = _embeddings(graph, weights, int8_words)
    size = len(weights["encoder.norm.bias"])
    graph.constant("attention_sizes", np.array([size] * 3, np.int64))
    for number in range(len(model.encoder.layers)):
        states = layer(graph, weights, number, states, model.encoder.layers[number].heads)  # type: ignore[arg-type]
    sizes = _heads(graph, weights, states)
    return _model(graph, sizes)


def _embeddings(graph: GraphBuilder, weights: dict[str, Array], int8_words: bool) -> str:
    """Word, position and feature vectors, summed and normalised."""
    word = word_vectors(graph, weights, int8_words)
    graph.constant("strides", np.array([CHANNEL_SIZES[1] * CHANNEL_SIZES[2], CHANNEL_SIZES[2], 1], np.int32))
    graph.constant("last_axis", np.array([2], np.int64))
    graph.node("Mul", ["features", "strides"], "feature_parts")
    graph.node("ReduceSum", ["feature_parts", "last_axis"], "feature_index", keepdims=0)
    graph.constant("feature_table", _feature_table(weights))
    graph.node("Gather", ["feature_table", "feature_index"], "feature_vectors")
    return placed(graph, weights, graph.node("Add", [word, "feature_vectors"], "unplaced"))


def word_vectors(graph: GraphBuilder, weights: dict[str, Array], int8_words: bool) -> str:
    """The vector of each piece, from a table of floats or of bytes with a scale a word."""
    table = weights["encoder.words.weight"]
    if int8_words:
        scales = np.maximum(np.abs(table).max(1, keepdims=True), 1e-8) / 127
        graph.constant("words", np.round(table / scales).astype(np.int8))
        graph.constant("word_scales", scales.astype(np.float32))
        graph.node("Gather", ["words", "input_ids"], "words_int8")
        graph.node("Cast", ["words_int8"], "words_float", to=TensorProto.FLOAT)
        graph.node("Gather", ["word_scales", "input_ids"], "scales_here")
        return graph.node("Mul", ["words_float", "scales_here"], "word_vectors")
    graph.constant("words", table)
    return graph.node("Gather", ["words", "input_ids"], "word_vectors")


def placed(graph: GraphBuilder, weights: dict[str, Array], unplaced: str) -> str:
    """The vectors with those of their positions added, normalised."""
    graph.constant("positions", weights["encoder.positions.weight"])
    graph.constant("zero", np.array([0], np.int64))
    graph.node("Shape", ["input_ids"], "length", start=1, end=2)
    graph.node("Slice", ["positions", "zero", "length"], "places")
    graph.node("Add", [unplaced, "places"], "embedded")
    graph.constant("embedding_gamma", weights["encoder.norm.weight"])
    graph.constant("embedding_beta", weights["encoder.norm.bias"])
    norm = ["embedded", "embedding_gamma", "embedding_beta"]
    return graph.node("LayerNormalization", norm, "embeddings", axis=-1, epsilon=NORM_EPSILON)


def _feature_table(weights: dict[str, Array]) -> Array:
    """The sum of the three feature vectors and the token type for every combination of features."""
    case, quote, gap = (weights[f"encoder.channels.{channel}.weight"] for channel in range(3))
    table = case[:, None, None] + quote[None, :, None] + gap[None, None, :] + weights["encoder.kind"]
    return table.reshape(-1, table.shape[-1])


def layer(graph: GraphBuilder, weights: dict[str, Array], number: int, states: str, heads: int) -> str:
    """One transformer layer in fused operators."""
    theirs, ours = f"encoder.layers.{number}.", f"layer{number}_"

    def matrix(name: str) -> str:
        return graph.constant(f"{ours}{name}_weight", weights[f"{theirs}{name}.weight"].T)

    def vector(name: str, part: str = "bias") -> str:
        return graph.constant(f"{ours}{name}_{part}", weights[f"{theirs}{name}.{part}"])

    def normed(skip: str, name: str, norm: str, dense: str) -> str:
        graph.node("Add", [name, vector(dense)], f"{name}_biased")
        graph.node("Add", [f"{name}_biased", skip], f"{name}_summed")
        inputs = [f"{name}_summed", vector(norm, "weight"), vector(norm)]
        return graph.node("LayerNormalization", inputs, f"{ours}{norm}", axis=-1, epsilon=NORM_EPSILON)

    mixed = _scaled_product(graph, states, matrix("attention_in"), f"{ours}attention_in")
    parts = [f"{ours}{name}" for name in ("query", "key", "value")]
    graph.nodes.append(helper.make_node("Split", [mixed, "attention_sizes"], parts, name=f"{ours}split", axis=2))
    inputs = [*parts, vector("attention_in")]
    context = graph.node("MultiHeadAttention", inputs, f"{ours}attention", domain=CONTRIB, num_heads=heads)
    mixed = graph.node("MatMul", [context, matrix("attention_out")], f"{ours}attention_out")
    states = normed(states, mixed, "attention_norm", "attention_out")
    raised = _scaled_product(graph, states, matrix("up"), f"{ours}up")
    active = graph.node("BiasGelu", [raised, vector("up")], f"{ours}gelu", domain=CONTRIB)
    lowered = _scaled_product(graph, active, matrix("down"), f"{ours}down")
    return normed(states, lowered, "norm", "down")


def _scaled_product(graph: GraphBuilder, states: str, matrix: str, name: str) -> str:
    """A product whose rows are first divided by their largest value and multiplied by it again afterwards.

    It changes nothing in float. In int8 one scale serves a whole window, and the few pieces with huge values ([CLS] and
    [SEP] above all) would leave the others a handful of steps: three times the error.
    """
    graph.node("Abs", [states], f"{name}_sizes")
    graph.node("ReduceMax", [f"{name}_sizes"], f"{name}_largest", axes=[2], keepdims=1)
    graph.node("Div", [states, f"{name}_largest"], f"{name}_even")
    graph.node("MatMul", [f"{name}_even", matrix], f"{name}_product")
    return graph.node("Mul", [f"{name}_product", f"{name}_largest"], name)


def _heads(graph: GraphBuilder, weights: dict[str, Array], states: str) -> dict[str, int]:
    """The three heads as one product, split after it."""
    names = ("tags", "names", "links")
    sizes = {name: len(weights[f"{name}.bias"]) for name in names}
    graph.constant("heads_weight", np.concatenate([weights[f"{name}.weight"] for name in names]).T)
    graph.constant("heads_bias", np.concatenate([weights[f"{name}.bias"] for name in names]))
    graph.node("MatMul", [states, "heads_weight"], HEADS_NODE)
    graph.node("Add", [HEADS_NODE, "heads_bias"], "heads_out")
    graph.constant("head_sizes", np.array(list(sizes.values()), np.int64))
    graph.nodes.append(helper.make_node("Split", ["heads_out", "head_sizes"], list(names), name="split", axis=2))
    return sizes


def _model(graph: GraphBuilder, sizes: dict[str, int]) -> onnx.ModelProto:
    """Wrap the nodes as a model whose batch and length are free."""
    shape = ["batch", "length"]
    inputs = [
        helper.make_tensor_value_info("input_ids", TensorProto.INT32, shape),
        helper.make_tensor_value_info("features", TensorProto.INT32, [*shape, len(CHANNEL_SIZES)]),
    ]
    outputs = [helper.make_tensor_value_info(name, TensorProto.FLOAT, [*shape, size]) for name, size in sizes.items()]
    opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(CONTRIB, 1)]
    body = helper.make_graph(graph.nodes, "onrecord-tagger", inputs, outputs, graph.constants)
    return helper.make_model(body, opset_imports=opsets, ir_version=IR_VERSION, producer_name="onrecord training")
