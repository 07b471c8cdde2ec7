"""What holds for any string whatever."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.cleaning import repair
from tests.cleaning.promises import check_all
from tests.cleaning.scraps import SCRAPS
from tests.factory import article

_SCRAPS = st.sampled_from(SCRAPS)
_TEXTS = st.one_of(st.text(max_size=200), st.lists(_SCRAPS, max_size=40).map("".join))
_MANY = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@_MANY
@given(_TEXTS)
def test_every_promise_holds(raw: str) -> None:
    check_all(raw)


_WORDS = {
    "Arabic": "قال الرئيس إن المحادثات فشلت ولن تعود الوفود هذا الأسبوع",
    "Hebrew": "ראש העיר אמר ביום שני כי הגשר ייפתח בחודש מאי",
    "Chinese": "市长周一说桥将在五月开放居民表示反对",
    "Japanese": "市長は月曜日に橋が五月に開くと述べた",
    "Hindi": "महापौर ने सोमवार को कहा कि पुल मई में खुलेगा",
}


@pytest.mark.parametrize("script", _WORDS)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_other_scripts_pass_unharmed(script: str, data: st.DataObject) -> None:
    """Sentences of any words, with the marks of their script, come out as they went in."""
    stop = {"Chinese": "。", "Japanese": "。", "Hindi": "।"}.get(script, ".")
    words = _WORDS[script].split() if " " in _WORDS[script] else list(_WORDS[script])
    blank = " " if " " in _WORDS[script] else ""
    sentence = st.lists(st.sampled_from(words), min_size=4, max_size=12).map(lambda w: blank.join(w) + stop)
    paragraph = st.lists(sentence, min_size=1, max_size=4).map(blank.join)
    paragraphs = data.draw(st.lists(paragraph, min_size=1, max_size=4, unique=True))
    raw = "\n\n".join(paragraphs)
    made = repair(article(raw))
    assert (made.text, made.edits, made.furniture) == (raw, (), ())


@pytest.mark.parametrize(
    "unit",
    ["a", "The mayor said no. ", "Home\n", '"', "Said.The ", "\n", "aB", "St.\n", "…", "â€™", "x " * 9 + "\n", "."],
)
def test_time_grows_with_length_only(unit: str) -> None:
    """One huge line, or a huge number of short ones, takes about as long a character as a small text."""
    spent = []
    for size in (20_000, 160_000):
        raw = unit * (size // len(unit))
        began = time.process_time()
        repair(article(raw))
        spent.append(time.process_time() - began)
    assert spent[1] < 25 * max(spent[0], 0.02)
