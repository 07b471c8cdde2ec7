"""Which language a text is in."""

from __future__ import annotations

import pytest

from onrecord.cleaning.language import language_of

_TEXTS = {
    "en": "The council of Holm closed the ferry line on Tuesday, and residents said that they had not been asked.",
    "de": "Der Bürgermeister sagte am Montag, die Gespräche mit den Bewohnern der Insel seien gescheitert.",
    "fr": "Le maire a déclaré lundi que les négociations avec les habitants de l'île avaient échoué.",
    "es": "El alcalde dijo el lunes que las conversaciones con los vecinos de la isla habían fracasado.",
    "ru": "Мэр заявил в понедельник, что переговоры с жителями острова провалились.",
    "ja": "市長は月曜日、島の住民との話し合いが失敗したと述べ、橋の計画を説明した。",
    "ar": "قال رئيس البلدية يوم الاثنين إن المحادثات مع سكان الجزيرة قد فشلت تماما.",
}


@pytest.mark.parametrize("code", _TEXTS)
def test_a_sentence_is_enough(code: str) -> None:
    assert language_of(_TEXTS[code]) == code


def test_too_short_a_text_has_none_unless_declared() -> None:
    assert language_of("Ja.") is None and language_of("") is None
    assert language_of("Ja.", "de-AT") == "de"


def test_the_text_outweighs_what_is_declared() -> None:
    assert language_of(_TEXTS["en"], "de") == "en"
