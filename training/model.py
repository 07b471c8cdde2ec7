"""The tagger: one encoder pass, and from it tags, names and the vectors that tie sources and contents to cues."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from training.batches import BUCKETS, Batch
from training.config import LINK_ROLES, NAME_TAGS, TAGS, Config
from training.crf import Chain
from training.dropout import Dropout, Noise
from training.encoder import Encoder


@dataclass(frozen=True, slots=True)
class Output:
    """What one pass gives, all in float32."""

    tags: Tensor  # (B, N, 7)
    names: Tensor  # (B, N, 11)
    links: Tensor  # (B, N, 4 d): query for source, key for source, query for content, key for content


class Tagger(nn.Module):
    """The encoder with its three heads, the chain over tags and the distance biases of the links."""

    def __init__(self, config: Config) -> None:
        super().__init__()
        self.noise = Noise(config.seed)
        self.encoder = Encoder(config, self.noise)
        self.dropout = Dropout(self.noise, config.dropout)
        self.tags = nn.Linear(config.hidden, len(TAGS))
        self.names = nn.Linear(config.hidden, len(NAME_TAGS))
        self.links = nn.Linear(config.hidden, 2 * len(LINK_ROLES) * config.link_size)
        self.distances = nn.Parameter(torch.full((len(LINK_ROLES), BUCKETS), -3.0))  # most pieces belong to no cue
        self.chain = Chain()
        self.link_size = config.link_size

    def forward(self, ids: Tensor, features: Tensor, mask: Tensor) -> Output:
        """Run the encoder and the heads."""
        states = self.dropout(self.encoder(ids, features, mask))
        return Output(self.tags(states).float(), self.names(states).float(), self.links(states).float())

    def link_scores(self, output: Output, batch: Batch) -> Tensor:
        """Scores (2, B, K, N) of every position being the source, or the content, of every cue."""
        rows, length, _ = output.links.shape
        vectors = output.links.view(rows, length, len(LINK_ROLES), 2, self.link_size)
        queries = torch.einsum("bkn,bnrd->rbkd", batch.cue_weights, vectors[:, :, :, 0])
        scores = torch.einsum("rbkd,bnrd->rbkn", queries, vectors[:, :, :, 1]) * self.link_size**-0.5
        return scores + self.distances[:, batch.buckets]
