"""The base encoder (BERT, six layers), written out so that its weights map one to one onto fused ONNX operators."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from onrecord.reading.features import CHANNEL_SIZES
from training.base import base_weights
from training.config import NORM_EPSILON, Config
from training.dropout import Dropout, Noise

VOCABULARY, POSITIONS = 30522, 512


class Layer(nn.Module):
    """One transformer layer, normalised after each half as in BERT."""

    def __init__(self, config: Config, noise: Noise) -> None:
        super().__init__()
        size = config.hidden
        self.heads = config.heads
        self.attention_in = nn.Linear(size, 3 * size)
        self.attention_out = nn.Linear(size, size)
        self.attention_norm = nn.LayerNorm(size, eps=NORM_EPSILON)
        self.up = nn.Linear(size, 4 * size)
        self.down = nn.Linear(4 * size, size)
        self.norm = nn.LayerNorm(size, eps=NORM_EPSILON)
        self.dropout = Dropout(noise, config.dropout)

    def forward(self, states: Tensor, mask: Tensor) -> Tensor:
        """Return the states after attention to the positions of `mask` (B, 1, N, N)."""
        rows, length, size = states.shape
        mixed = self.attention_in(states).view(rows, length, 3, self.heads, size // self.heads)
        query, key, value = mixed.permute(2, 0, 3, 1, 4)
        context = F.scaled_dot_product_attention(query, key, value, attn_mask=mask)  # forth and back thrice as fast
        context = self.attention_out(context.transpose(1, 2).reshape(rows, length, size))
        states = self.attention_norm(states + self.dropout(context))
        return self.norm(states + self.dropout(self.down(F.gelu(self.up(states)))))


class Encoder(nn.Module):
    """Word pieces and their features in, one vector a piece out."""

    def __init__(self, config: Config, noise: Noise) -> None:
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, config.hidden)
        self.positions = nn.Embedding(POSITIONS, config.hidden)
        self.kind = nn.Parameter(torch.zeros(config.hidden))  # BERT's token type 0, the only one used
        self.channels = nn.ModuleList(nn.Embedding(size, config.hidden) for size in CHANNEL_SIZES)
        self.norm = nn.LayerNorm(config.hidden, eps=NORM_EPSILON)
        self.dropout = Dropout(noise, config.dropout)
        self.layers = nn.ModuleList(Layer(config, noise) for _ in range(config.layers))
        for channel in self.channels:
            nn.init.normal_(channel.weight, std=0.01)
        self.words.weight.requires_grad_(False)  # saves a third of the optimiser's work; loses nothing on dev

    def forward(self, ids: Tensor, features: Tensor, mask: Tensor) -> Tensor:
        """Return (B, N, hidden) states; `mask` (B, N) is false at padding."""
        states = self.words(ids) + self.positions.weight[: ids.shape[1]] + self.kind
        for number, channel in enumerate(self.channels):
            states = states + channel(features[..., number])
        states = self.dropout(self.norm(states))
        seen = mask[:, None, None, :].expand(-1, 1, mask.shape[1], -1)
        for layer in self.layers:
            states = layer(states, seen)
        return states


def load_base(encoder: Encoder) -> None:
    """Fill the encoder with the pretrained weights, after checking that they are the ones we know."""
    ours = {name: torch.from_numpy(value) for name, value in base_weights(len(encoder.layers)).items()}
    missing, unexpected = encoder.load_state_dict(ours, strict=False)
    if unexpected or any(not name.startswith("channels.") for name in missing):
        raise ValueError(f"the base model does not fit: missing {missing}, unexpected {unexpected}")
