"""The optimiser's groups, the course of the learning rate, and the running average of the weights."""

from __future__ import annotations

import copy
import re

import torch
from torch import Tensor, nn

from training.config import Config
from training.model import Tagger

_LAYER = re.compile(r"encoder\.layers\.(\d+)\.")


def make_optimiser(model: Tagger, config: Config) -> torch.optim.AdamW:
    """AdamW with one group for each layer's rate; biases, norms and tables without decay."""
    groups: dict[tuple[float, float], list[Tensor]] = {}
    for name, weight in model.named_parameters():
        if weight.requires_grad:
            decay = config.weight_decay if weight.ndim > 1 and "chain" not in name and "distances" not in name else 0.0
            groups.setdefault((_rate(name, config), decay), []).append(weight)
    listed = [{"params": weights, "lr": rate, "weight_decay": decay} for (rate, decay), weights in groups.items()]
    return torch.optim.AdamW(listed, betas=(0.9, 0.98), eps=1e-6)


def _rate(name: str, config: Config) -> float:
    if name.startswith(("chain", "distances")):
        return config.crf_rate
    if not name.startswith("encoder.") or "channels" in name:
        return config.head_rate
    layer = _LAYER.match(name)
    depth = config.layers - 1 - int(layer.group(1)) if layer else config.layers
    return config.body_rate * config.layer_decay**depth


def pace(step: int, steps: int, config: Config) -> float:
    """The share of the full rate at a step: up, level, then straight down to zero.

    Being level in the middle lets a run be shortened or lengthened after it began without redoing what was done.
    """
    rise, fall = config.warmup * steps, (1 - config.cooldown) * steps
    if step < rise:
        return (step + 1) / rise
    return 1.0 if step < fall else max(0.0, (steps - step) / (steps - fall))


class Average:
    """The weights averaged over the last thousand steps or so: steadier than the last ones."""

    def __init__(self, model: Tagger, decay: float) -> None:
        self.model: Tagger = copy.deepcopy(model).eval()
        self.decay = decay
        self.steps = 0

    @torch.no_grad()
    def update(self, model: nn.Module) -> None:
        """Move the average a little towards the model."""
        self.steps += 1
        share = 1 - min(self.decay, (1 + self.steps) / (10 + self.steps))
        old = [weight for weight in self.model.parameters() if weight.requires_grad]
        new = [weight.detach() for weight in model.parameters() if weight.requires_grad]
        torch._foreach_lerp_(old, new, share)
