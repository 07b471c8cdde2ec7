"""The training loop: epochs, checkpoints that a stopped run goes on from exactly, a log line now and then."""

from __future__ import annotations

import json
import random
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import torch

from training.batches import Batch
from training.config import Config
from training.data import Corpus, epoch_batches
from training.encoder import load_base
from training.losses import total_loss
from training.model import Tagger
from training.optimiser import Average, make_optimiser, pace

LOG_EVERY = 25


class Trainer:
    """Holds all that changes during a run, so that a checkpoint can hold it too."""

    def __init__(self, corpus: Corpus, config: Config, out: Path) -> None:
        torch.manual_seed(config.seed)
        torch.set_num_threads(config.threads)
        self.corpus, self.config, self.out = corpus, config, out
        self.model = Tagger(config)
        load_base(self.model.encoder)
        self.average = Average(self.model, config.average)
        self.optimiser = make_optimiser(self.model, config)
        self.rates = [group["lr"] for group in self.optimiser.param_groups]
        self.epoch = 0
        self.steps_done = 0
        self.parts: dict[str, list[float]] = defaultdict(list)

    def run_epoch(self, stop_after: int | None = None) -> None:
        """Train one epoch and write a checkpoint; `stop_after` steps ends a trial early, without a checkpoint."""
        count, batches = epoch_batches(self.corpus, self.config, self.epoch)
        total = round(count * self.config.epochs)
        began = time.monotonic()
        self.model.train()
        for number, batch in enumerate(batches):
            self._step(batch, total)
            if (number + 1) % LOG_EVERY == 0:
                self._log(number + 1, count, (time.monotonic() - began) / (number + 1))
            if number + 1 == stop_after:
                return
        self.epoch += 1
        self.save()

    def _step(self, batch: Batch, total: int) -> None:
        share = pace(self.steps_done, total, self.config)
        for group, rate in zip(self.optimiser.param_groups, self.rates, strict=True):
            group["lr"] = rate * share
        self.model.noise.begin_step(self.steps_done)
        with torch.autocast("cpu", torch.bfloat16, enabled=self.config.bfloat16):
            output = self.model(batch.ids, batch.features, batch.mask)
        loss, parts = total_loss(self.model, batch, output, self.config)
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), self.config.clip)
        self.optimiser.step()
        self.average.update(self.model)
        self.steps_done += 1
        for name, value in parts.items():
            self.parts[name].append(value)

    def _log(self, number: int, count: int, seconds: float) -> None:
        parts = " ".join(f"{name} {np.mean(values):.4f}" for name, values in self.parts.items())
        self.parts.clear()
        clock = time.strftime("%H:%M:%S")
        print(f"{clock} epoch {self.epoch} step {number}/{count} {seconds:.2f} s/step {parts}", flush=True)

    def save(self) -> None:
        """Write the checkpoint of the epoch just ended; a half-written one never takes its place."""
        state = {
            "config": asdict(self.config),
            "model": self.model.state_dict(),
            "average": self.average.model.state_dict(),
            "average_steps": self.average.steps,
            "optimiser": self.optimiser.state_dict(),
            "epoch": self.epoch,
            "steps_done": self.steps_done,
            "chance": (torch.get_rng_state(), random.getstate()),
        }
        path = checkpoint_path(self.out, self.epoch)
        partial = path.with_suffix(".part")
        torch.save(state, partial)
        partial.replace(path)

    def restore(self, path: Path) -> None:
        """Go on from a checkpoint as if the run had never stopped."""
        state = torch.load(path, weights_only=False)
        self.model.load_state_dict(state["model"])
        self.average.model.load_state_dict(state["average"])
        self.average.steps = state["average_steps"]
        self.optimiser.load_state_dict(state["optimiser"])
        self.epoch, self.steps_done = state["epoch"], state["steps_done"]
        torch.set_rng_state(state["chance"][0])
        random.setstate(state["chance"][1])


def checkpoint_path(out: Path, epoch: int) -> Path:
    """Where the checkpoint after an epoch lies."""
    return out / f"epoch-{epoch}.pt"


def last_checkpoint(out: Path) -> Path | None:
    """The newest checkpoint of a folder."""
    found = sorted(out.glob("epoch-*.pt"), key=lambda path: int(path.stem.split("-")[1]))
    return found[-1] if found else None


def load_average(path: Path) -> tuple[Tagger, Config]:
    """The averaged model of a checkpoint, for evaluation and export."""
    state = torch.load(path, weights_only=False)
    config = replace(Config(), **state["config"])
    model = Tagger(config)
    model.load_state_dict(state["average"])
    return model.eval(), config


def train(
    corpus: Corpus, config: Config, out: Path, *, resume: bool, after_epoch: Callable[[Trainer], None] | None = None
) -> Path:
    """Train to the last epoch, call `after_epoch` after each, and return the last checkpoint."""
    out.mkdir(parents=True, exist_ok=True)
    trainer = Trainer(corpus, config, out)
    newest = last_checkpoint(out) if resume else None
    if newest:
        trainer.restore(newest)
    (out / "config.json").write_text(json.dumps(asdict(config), indent=2) + "\n")
    while trainer.epoch < config.epochs:
        trainer.run_epoch()
        if after_epoch:
            after_epoch(trainer)
    return checkpoint_path(out, trainer.epoch)
