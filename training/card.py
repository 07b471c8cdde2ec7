"""The model card: what the weights learned from, how well they do, where they fail."""

from __future__ import annotations

from pathlib import Path

from training.own import FOLDER

_TEXT = """# onrecord tagger, English, standard

Finds statements in English news: source, cue and content of each, and the names of persons, organizations, places,
groups and other things. Licence of the weights: Apache-2.0.

## What it is

{layers} transformer layers of {hidden}, begun from all-MiniLM-L6-v2 (Apache-2.0, sha256 `{base}`), with three small
channels added to the input (letter case, quotation state, break before the piece: `onrecord/reading/features.py`). One
pass gives scores of 7 tags (best path with the learned moves in `links.npz`), of 11 name tags, and four vectors of
{link_size} a piece; the product of a cue's and a piece's vector, with a bias for their distance, says whether the
piece belongs to the cue. int8 weights and activations, the heads in float.

## What it learned from

- PolNeAR (Newell, Margolin and Ruths, 2018), split `train`, 840 articles of US news about politics, first annotator of
  each. **PolNeAR states no licence.** No text of it is in this folder or in the repository; the weights were fitted
  to it.
- Articles of our own, written for what PolNeAR lacks (`training/articles`: sport, courts, crime, science, business,
  world news, denials, live blogs, interviews): {own} of them, under this project's licence, each read {own_times}
  times an epoch.
- GUM, its news, interviews and speeches without the official dev documents: names only. Annotations CC BY 4.0; the
  texts under the licences of their sources (`LICENSE.txt` of GUM).
- Names in PolNeAR as spaCy's `en_core_web_sm` 3.8.0 guesses them (silver). Scores against silver say how well
  the model imitates it, not how right it is.
- A quarter of all windows were made dirty: other quotation marks or none, all capitals or none, glued paragraphs
  and sentences, lost dashes and commas.

Digest of the data: `{digest}`. Seed {seed}, {epochs} epochs, weights averaged. How to make it again:
`training/README.md`.

## Measured on PolNeAR dev (84 articles, by `bench/score_statements.py`)

{table}

Thresholds and tag biases were chosen on dev and on the tune half of our own gold (`bench/gold`: GUM and ECB+, figures
with `tune_`), each counting half; a test split was never looked at.

## Limits

- Mostly US political news of 2015 and 2016 written by professionals. Other genres and countries read worse, other
  languages not at all.
- Beliefs and intentions ("the party wants ...") are statements here, as in PolNeAR; annotators disagree about
  many of them.
- Content that runs over paragraphs is found in pieces; about one statement in 140 does.
- All capitals, or no quotation marks, cost accuracy even though trained on.
- A wrong source is worse than none: show the confidence, and the words themselves.
"""


def write_card(out: Path, settings: dict, figures: dict) -> None:
    """Write MODEL_CARD.md beside the model."""
    training = settings["training"]
    text = _TEXT.format(
        layers=training["layers"],
        hidden=training["hidden"],
        base=settings["base"]["sha256"],
        link_size=settings["link_size"],
        digest=training["data_sha256"],
        seed=training["seed"],
        epochs=training["epochs"],
        own=len(list(FOLDER.glob("*.txt"))),
        own_times=training["own_times"],
        table=_table(figures),
    )
    (out / "MODEL_CARD.md").write_text(text, encoding="utf-8")


def _table(figures: dict) -> str:
    """One row a figure, float and int8 side by side; `figures` maps "float" and "int8" to the scorer's result."""
    if not figures:
        return "Not measured yet."
    rows = ["| figure | " + " | ".join(f"{kind} P / R / F1" for kind in figures) + " |"]
    rows.append("| --- |" + " --- |" * len(figures))
    for name in next(iter(figures.values())):
        cells = [f"{one[name]['p']} / {one[name]['r']} / **{one[name]['f1']}**" for one in figures.values()]
        rows.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(rows)
