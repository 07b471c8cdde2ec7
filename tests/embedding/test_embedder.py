"""The sentence model gives near vectors to texts of like meaning, and says in a sentence when it is not there."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

import onrecord.embedding.embedder as home
from onrecord.embedding import Embedder, load_embedder
from onrecord.errors import BrokenModel

TEXTS = [
    "The mayor said the bridge would stay closed until spring.",
    "A crossing will not reopen before the end of winter, the city chief said.",
    "He promised that no soldier would be sent.",
    "Troops will not be deployed, he vowed.",
    "Inflation rose to four percent in May.",
    "Prices climbed faster last month, the central bank said.",
]  # fmt: skip
"""Three pairs of like meaning with few words in common."""


def test_the_nearest_is_the_one_of_like_meaning(embedder: Embedder) -> None:
    rows = embedder.embed(TEXTS)
    likeness = rows @ rows.T - 2 * np.eye(len(TEXTS))
    assert likeness.argmax(1).tolist() == [1, 0, 3, 2, 5, 4]
    assert rows.shape == (6, embedder.size)
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)


def test_a_texts_vector_does_not_depend_on_its_neighbours(embedder: Embedder) -> None:
    alone = embedder.embed(TEXTS[:1])
    assert np.array_equal(alone[0], embedder.embed(TEXTS)[0])


@pytest.mark.parametrize("text", ["", " ", "\ud800", "\0", "word " * 50_000, "字" * 9000])
def test_any_text_has_a_vector(embedder: Embedder, text: str) -> None:
    [row] = embedder.embed([text])
    assert np.isfinite(row).all()


def test_no_text_is_no_row(embedder: Embedder) -> None:
    assert embedder.embed([]).shape == (0, embedder.size)


def test_the_integers_lose_little(embedder: Embedder, tmp_path: Path, folder: Path) -> None:
    """The same graph in floats, which was compared with the model's own code, gives nearly the same vectors."""
    onnx = pytest.importorskip("onnx")
    pytest.importorskip("all_minilm_l6_v2")
    from training.embedding import base_weights, build

    for name in ("config.json", "tokenizer.json"):
        shutil.copy(folder / name, tmp_path / name)
    onnx.save(build(base_weights(), int8_words=False), tmp_path / "model.onnx")
    exact = Embedder(tmp_path, threads=1).embed(TEXTS)
    assert (exact * embedder.embed(TEXTS)).sum(1).min() > 0.99
    assert load_embedder(str(tmp_path)).digest != embedder.digest


def test_the_folder_is_small(folder: Path) -> None:
    assert sum(path.stat().st_size for path in folder.iterdir()) <= 30 * 2**20


def test_an_absent_package_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(home, "find_spec", lambda name: None)
    with pytest.raises(BrokenModel, match="needs the model package 'onrecord-embedding', which is not installed"):
        load_embedder()


@pytest.mark.parametrize("name", home.FILES)
def test_a_broken_folder_is_a_sentence(folder: Path, tmp_path: Path, name: str) -> None:
    for file in home.FILES:
        shutil.copy(folder / file, tmp_path / file)
    (tmp_path / name).write_bytes(b"{broken")
    with pytest.raises(BrokenModel):
        load_embedder(str(tmp_path))
    (tmp_path / name).unlink()
    with pytest.raises(BrokenModel, match="missing"):
        load_embedder(str(tmp_path))
