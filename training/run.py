"""Make the model folder: prepare, train, evaluate, export, with one command.

usage: python -m training.run --data ../shared/data --out DIR --seed 7

`--out` gets the checkpoints (`epoch-N.pt`), `figures.jsonl` (dev after every epoch) and `model/`, the folder to ship. A
run that was stopped goes on with `--resume`. `--limit 20 --epochs 1` tries everything out in minutes.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from training.choose import choose_rules
from training.config import Config
from training.data import Corpus, load_corpus
from training.evaluate import evaluate_folder, evaluate_model, figures_line, figures_of, rules_of
from training.export import data_digest, export
from training.predict import predict, torch_backend
from training.train import Trainer, load_average, train

SCORER = Path(__file__).parents[1] / "bench/score_statements.py"


def main() -> None:
    """Run all the stages in order."""
    given = _arguments()
    given.out.mkdir(parents=True, exist_ok=True)
    silver = _prepare(given.data, given.out, given.silver_python)
    corpus = load_corpus(given.data, given.scorer, silver, given.limit)
    config = replace(Config(), seed=given.seed, epochs=given.epochs)

    def report(trainer: Trainer) -> None:
        figures = evaluate_model(trainer.average.model, corpus, config.window, given.scorer)
        print(f"epoch {trainer.epoch}: {figures_line(figures)}", flush=True)
        with (given.out / "figures.jsonl").open("a", encoding="utf-8") as sink:
            sink.write(json.dumps({"epoch": trainer.epoch, **figures}) + "\n")

    last = train(corpus, config, given.out, resume=given.resume, after_epoch=report)
    publish(last, corpus, given.data, given.out / "model", given.scorer)


def publish(checkpoint: Path, corpus: Corpus, data: Path, out: Path, scorer: Path) -> dict:
    """Export a checkpoint, measure the folder as it will ship, and write both figures into its card."""
    model, config = load_average(checkpoint)
    digest = data_digest(data)
    backend = torch_backend(model)
    sets = [(documents, predict(documents, backend, config.window)) for documents in (corpus.dev, corpus.tune)]
    rules = choose_rules(sets, rules_of(model), scorer)
    figures = {"float": figures_of(corpus, torch_backend(model), config.window, rules, scorer)}
    export(model, config, rules, out, digest=digest, figures=figures)
    figures["int8"] = evaluate_folder(out, corpus, scorer)
    export(model, config, rules, out, digest=digest, figures=figures)
    for kind, one in figures.items():
        print(f"{kind}: {figures_line(one)}", flush=True)
    return figures


def _prepare(data: Path, out: Path, silver_python: str) -> Path:
    """The silver names, made once; they may come from another environment's Python."""
    silver = out / "silver.jsonl"
    if not silver.exists():
        command = [silver_python, "-m", "training.silver", str(data / "polnear"), str(silver)]
        subprocess.run(command, check=True, cwd=Path(__file__).parents[1])
    return silver


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds polnear/ and gum/")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=Config().seed)
    parser.add_argument("--epochs", type=int, default=Config().epochs)
    parser.add_argument("--resume", action="store_true", help="go on from the newest checkpoint in --out")
    parser.add_argument("--limit", type=int, help="documents of each corpus, for a trial")
    parser.add_argument("--scorer", type=Path, default=SCORER)
    parser.add_argument("--silver-python", default=sys.executable, help="a Python with spaCy and its small model")
    given = parser.parse_args()
    given.data, given.out = given.data.resolve(), given.out.resolve()
    return given


if __name__ == "__main__":
    main()
