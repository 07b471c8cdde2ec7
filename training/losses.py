"""What the training minimises: tags, links and names, each as a mean that does not depend on the batch's size."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional as F

from training.batches import BUCKETS, Batch
from training.config import IGNORE, Config
from training.model import Output, Tagger

_FAR_BUCKETS = 1  # buckets at either end, 65 pieces away and more, where a negative link teaches little
_FAR_WEIGHT = 0.3
_EACH_WEIGHT = 0.3  # it is a sum over hundreds of negatives; the choices are means
_NEVER = -10000.0


def total_loss(model: Tagger, batch: Batch, output: Output, config: Config) -> tuple[Tensor, dict[str, float]]:
    """Return the loss of one batch and its parts for the log."""
    tagged = batch.real & batch.has_statements[:, None]
    count = tagged.sum().clamp(min=1)
    chain = model.chain.loss(output.tags[:, 1:], batch.tags[:, 1:], tagged[:, 1:]) / count
    token = _cross_entropy(output.tags, batch.tags, config.smoothing)
    names = _cross_entropy(output.names, batch.names, config.smoothing)
    scores = model.link_scores(output, batch)
    links = _EACH_WEIGHT * _each_link(scores, batch) + _which_cue(scores[1], batch) + _which_source(scores[0], batch)
    parts = {"chain": chain, "token": token, "names": names, "links": links}
    loss = chain + config.token_weight * token + config.name_weight * names + config.link_weight * links
    return loss, {name: float(part.detach()) for name, part in parts.items()}


def _cross_entropy(scores: Tensor, labels: Tensor, smoothing: float) -> Tensor:
    total = F.cross_entropy(
        scores.flatten(0, 1), labels.flatten(), ignore_index=IGNORE, label_smoothing=smoothing, reduction="sum"
    )
    return total / (labels != IGNORE).sum().clamp(min=1)


def _each_link(scores: Tensor, batch: Batch) -> Tensor:
    """Every piece judged alone: does it belong to this cue? Summed over a window, a mean over the true links."""
    gold = batch.linked.float()
    marked = batch.tags > 0
    near = (batch.buckets > _FAR_BUCKETS) & (batch.buckets < BUCKETS - 1 - _FAR_BUCKETS)
    weight = torch.where(near | marked[:, None], 1.0, _FAR_WEIGHT)
    weight = weight * (batch.real[:, None] & batch.cue_real[:, :, None])
    judged = F.binary_cross_entropy_with_logits(scores, gold, weight=weight.expand_as(scores), reduction="none")
    return (judged.sum((1, 2, 3)) / gold.sum((1, 2, 3)).clamp(min=1)).sum()


def _which_cue(scores: Tensor, batch: Batch) -> Tensor:
    """A piece of content belongs to one cue: choose among the window's cues."""
    gold = batch.linked[1]
    among = scores.masked_fill(~batch.cue_real[:, :, None], _NEVER).log_softmax(1)
    owned = gold & (gold.sum(1, keepdim=True) == 1)
    return -(among * owned).sum() / owned.sum().clamp(min=1)


def _which_source(scores: Tensor, batch: Batch) -> Tensor:
    """A cue has one source: choose among all pieces of the window that are somebody's source."""
    gold = batch.linked[0]
    is_source = ((batch.tags == 1) | (batch.tags == 2))[:, None]
    whole = scores.masked_fill(~is_source, _NEVER).logsumexp(2)
    right = scores.masked_fill(~(gold & is_source), _NEVER).logsumexp(2)
    has_source = (gold & is_source).any(2)
    return ((whole - right) * has_source).sum() / has_source.sum().clamp(min=1)
