"""The seed page: every glued place found, every menu line out, no word of the article lost."""

from __future__ import annotations

import json

import pytest

from onrecord.cleaning import repair
from tests.factory import article
from tests.shared import shared


@pytest.mark.shared
def test_the_seed_page() -> None:
    raw = shared("seed", "putin-press-conference.txt").read_bytes().decode("utf-8")
    gold = json.loads(shared("seed", "gold.json").read_text(encoding="utf-8"))
    made = repair(article(raw))
    ends = {made.to_raw(s)[-1].end for s in made.sentences}
    assert set(gold["glued"]) <= ends
    assert [(f.span, f.kind) for f in made.furniture] == [((gold["furniture_start"], len(raw)), "menu")]
    words = raw[: gold["furniture_start"]].split()
    assert "".join(made.text.split()) == "".join(words)
    assert made.language == "en" and "lost_dash" in {c.code for c in made.cautions}
