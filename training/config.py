"""Every number that shapes a training run, in one place; it is written into the model folder beside the weights."""

from __future__ import annotations

from dataclasses import dataclass

ROLES = ("source", "cue", "content")
NAME_TYPES = ("person", "organization", "place", "group", "other")
TAGS = ("O", *(f"{prefix}-{role}" for role in ROLES for prefix in "BI"))
NAME_TAGS = ("O", *(f"{prefix}-{kind}" for kind in NAME_TYPES for prefix in "BI"))
LINK_ROLES = ("source", "content")
BASE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
IGNORE = -100
NORM_EPSILON = 1e-12


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of one run; the defaults are those of the released model."""

    seed: int = 7
    epochs: int = 10
    window: int = 256  # word pieces, [CLS] and [SEP] counted
    batch_pieces: int = 4096
    layers: int = 6
    hidden: int = 384
    heads: int = 12
    link_size: int = 128
    dropout: float = 0.1
    body_rate: float = 1.5e-4
    layer_decay: float = 0.9
    head_rate: float = 1e-3
    crf_rate: float = 5e-3
    weight_decay: float = 0.01
    warmup: float = 0.06
    cooldown: float = 0.45  # the last share of all steps, over which the rate falls to zero
    clip: float = 1.0
    average: float = 0.999
    smoothing: float = 0.03
    token_weight: float = 0.5
    link_weight: float = 0.3
    name_weight: float = 0.3
    bfloat16: bool = False  # True where the cores have AVX512-BF16: half the time
    own_times: int = 4  # how often an epoch reads our own articles, which are few and of what PolNeAR lacks
    threads: int = 2
