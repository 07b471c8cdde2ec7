"""One way of opening a model with onnxruntime, for every room that has one."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from onrecord.errors import BrokenModel

SLOW_FUSIONS = ["SkipLayerNormFusion"]
"""What onnxruntime 1.32 joins sums and LayerNormalization into takes three times their time on AVX2."""


def open_session(path: Path, threads: int) -> Any:
    """An ``InferenceSession`` on the processor; 0 threads: as many as there are cores, four at most.

    Raises BrokenModel, in a sentence, for a file that onnxruntime cannot load.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads or min(4, os.cpu_count() or 1)
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(
            str(path), options, providers=["CPUExecutionProvider"], disabled_optimizers=SLOW_FUSIONS
        )
    except Exception as error:  # onnxruntime raises classes of its own for every kind of broken file
        raise BrokenModel(f"{path} is not a model that onnxruntime can load: {error}") from None


def input_names(session: Any) -> tuple[str, ...]:
    """What a session wants to be fed."""
    return tuple(one.name for one in session.get_inputs())
