"""The data of a run: all documents in pieces, and the windows of one epoch."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tokenizers import Tokenizer

from training.augment import choose
from training.batches import Batch, collate, plan
from training.config import Config
from training.documents import Document, cut, load_scorer, read_polnear
from training.gum import DEV, read_gum
from training.own import read_own
from training.pieces import Pieces, encode, load_tokenizer
from training.tune import read_tune
from training.windows import Window, targets


@dataclass(frozen=True, slots=True)
class Corpus:
    """Everything a run reads, already in pieces."""

    tokenizer: Tokenizer
    train: tuple[Pieces, ...]
    own: tuple[Pieces, ...]
    """The articles of `training/articles`, which an epoch reads `Config.own_times`."""
    dev: tuple[Pieces, ...]
    tune: tuple[Pieces, ...]
    """The tune half of our own gold: other outlets than PolNeAR's."""
    names_dev: tuple[Pieces, ...]


def load_corpus(
    data: Path, scorer: Path, silver: Path | None, limit: int | None = None, *, train: bool = True
) -> Corpus:
    """Read PolNeAR and GUM below `data`, and our own articles.

    `limit` keeps that many documents of each, for a quick trial; without `train` the training documents are left out.
    """
    tokenizer, module = load_tokenizer(), load_scorer(scorer)
    polnear = read_polnear(data / "polnear/train", module, silver)[:limit] if train else []
    dev = read_polnear(data / "polnear/dev", module, silver)[:limit]
    gum = read_gum(data / "gum")
    names_train = [document for document in gum if train and document.key not in DEV][:limit]

    def in_pieces(documents: Sequence[Document]) -> tuple[Pieces, ...]:
        return tuple(encode(document, tokenizer) for document in documents)

    return Corpus(
        tokenizer,
        train=in_pieces([*polnear, *names_train]),
        own=in_pieces(read_own()[:limit] if train else []),
        dev=in_pieces(dev),
        tune=in_pieces(read_tune(data.parent)[:limit]),
        names_dev=in_pieces([document for document in gum if document.key in DEV]),
    )


def epoch_windows(corpus: Corpus, config: Config, chance: random.Random) -> list[Window]:
    """Cut every document into windows, at borders that differ from epoch to epoch, some of them made dirty."""
    room = config.window - 2
    windows = []
    for pieces in (*corpus.train, *(corpus.own * config.own_times)):
        for start, end in pieces.windows(room, chance.randint(room // 4, room)):
            windows.append(_window(pieces, start, end, corpus.tokenizer, room, chance))
    return windows


def _window(pieces: Pieces, start: int, end: int, tokenizer: Tokenizer, room: int, chance: random.Random) -> Window:
    """One window, cut anew from the text if chance makes it dirty."""
    first, last = int(pieces.offsets[start, 0]), int(pieces.offsets[end - 1, 1])
    change = choose(chance)
    if change is None:
        return targets(pieces, start, end)
    changed = encode(change(cut(pieces.document, first, last), chance), tokenizer)
    return targets(changed, 0, min(room, len(changed.ids))) if len(changed.ids) else targets(pieces, start, end)


def epoch_batches(corpus: Corpus, config: Config, epoch: int) -> tuple[int, Iterator[Batch]]:
    """The number of batches of an epoch, and the batches; the same for the same seed and epoch, always."""
    chance = random.Random(f"{config.seed}/{epoch}")
    windows = epoch_windows(corpus, config, chance)
    batches = plan([len(window.ids) for window in windows], config.batch_pieces, chance)
    return len(batches), (collate([windows[index] for index in batch]) for batch in batches)
