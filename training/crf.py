"""A linear-chain CRF over BIO tags: its loss in training; at run time its transition matrix alone is needed."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from training.config import TAGS

FORBIDDEN = -10000.0


def forbidden_moves() -> tuple[Tensor, Tensor]:
    """Penalties of moves and starts that BIO does not allow: I-x may only follow B-x or I-x."""
    moves, starts = torch.zeros(len(TAGS), len(TAGS)), torch.zeros(len(TAGS))
    for after, tag in enumerate(TAGS):
        if tag.startswith("I-"):
            starts[after] = FORBIDDEN
            for before, other in enumerate(TAGS):
                if other[1:] != tag[1:]:
                    moves[before, after] = FORBIDDEN
    return moves, starts


class Chain(nn.Module):
    """Learned scores of a tag after another and of a tag at the start."""

    forbidden: Tensor
    forbidden_start: Tensor

    def __init__(self) -> None:
        super().__init__()
        self.moves = nn.Parameter(torch.zeros(len(TAGS), len(TAGS)))
        self.starts = nn.Parameter(torch.zeros(len(TAGS)))
        moves, starts = forbidden_moves()
        self.register_buffer("forbidden", moves, persistent=False)
        self.register_buffer("forbidden_start", starts, persistent=False)

    def loss(self, scores: Tensor, tags: Tensor, mask: Tensor) -> Tensor:
        """Negative log-likelihood summed over the rows: scores (B, N, T), tags (B, N), mask (B, N) from the left."""
        moves, starts = self.moves + self.forbidden, self.starts + self.forbidden_start
        tags = tags.clamp(min=0)
        emitted = scores.gather(2, tags[..., None]).squeeze(2)
        moved = moves[tags[:, :-1], tags[:, 1:]]
        gold = (emitted * mask).sum() + (moved * mask[:, 1:]).sum() + (starts[tags[:, 0]] * mask[:, 0]).sum()
        return self._all_paths(scores, mask, moves, starts) - gold

    def _all_paths(self, scores: Tensor, mask: Tensor, moves: Tensor, starts: Tensor) -> Tensor:
        """The log of the summed scores of all paths, over the rows that have any position."""
        reached = starts + scores[:, 0]
        for at in range(1, scores.shape[1]):
            onward = torch.logsumexp(reached[:, :, None] + moves, dim=1) + scores[:, at]
            reached = torch.where(mask[:, at, None], onward, reached)
        return (torch.logsumexp(reached, dim=1) * mask[:, 0]).sum()
