"""Two spellings of one English word: British or American, typed one way or the other. Compared, never corrected.

Outlets put what somebody said into the spelling of their house, so a difference of this kind changes no word. The
rules compare a pair; none of them says what a word's right form is, and none can join two words that both exist
(which is why "filled" and "filed" are not a pair, and "tyre" and "tire" are not here at all).
"""

from __future__ import annotations

import re

_PAIRS = {
    "grey": "gray", "greys": "grays", "programme": "program", "programmes": "programs", "defence": "defense",
    "offence": "offense", "offences": "offenses", "licence": "license", "licences": "licenses", "pretence": "pretense",
    "defences": "defenses", "sceptic": "skeptic", "sceptics": "skeptics", "sceptical": "skeptical",
    "scepticism": "skepticism", "plough": "plow", "ageing": "aging", "judgement": "judgment",
    "judgements": "judgments", "acknowledgement": "acknowledgment", "fulfil": "fulfill", "fulfils": "fulfills",
    "enrol": "enroll", "enrolment": "enrollment", "instalment": "installment", "skilful": "skillful",
    "wilful": "willful", "jewellery": "jewelry", "manoeuvre": "maneuver", "manoeuvres": "maneuvers",
    "aluminium": "aluminum", "sulphur": "sulfur", "cheque": "check", "cheques": "checks", "storey": "story",
    "fuelled": "fueled", "fuelling": "fueling", "ok": "okay", "pyjamas": "pajamas", "moustache": "mustache",
    "artefact": "artifact", "artefacts": "artifacts", "practise": "practice", "practised": "practiced",
    "practising": "practicing", "draught": "draft", "kerb": "curb", "gaol": "jail", "focussed": "focused",
    "focussing": "focusing", "cosy": "cozy", "omelette": "omelet", "mould": "mold", "smoulder": "smolder",
    "yoghurt": "yogurt", "whisky": "whiskey", "adviser": "advisor", "advisers": "advisors",
}  # fmt: skip
_DOUBLE = re.compile(r"(\w*[aeiou]\w*[aei])ll(ed|ing|er|ers|or|ors)")


def same_spelling(one: str, other: str) -> bool:
    """True where the two (lower case) are one word in two spellings, or the same.

    >>> same_spelling("labour", "labor"), same_spelling("organise", "organize"), same_spelling("four", "for")
    (True, True, False)
    >>> same_spelling("travelled", "traveled"), same_spelling("filled", "filed")
    (True, False)
    """
    if one == other:
        return True
    if _PAIRS.get(one) == other or _PAIRS.get(other) == one:
        return True
    longer, shorter = (one, other) if len(one) >= len(other) else (other, one)
    if len(longer) < 5:
        return False
    return longer in _variants(shorter) or shorter in _variants(longer)


def _variants(word: str) -> set[str]:
    """American spellings of a British word; the word may be no word at all."""
    made = {
        word.replace("our", "or"), re.sub(r"is(e|ed|es|er|ers|ing|ation|ations)$", r"iz\1", word),
        re.sub(r"ys(e|ed|es|er|ing)$", r"yz\1", word), re.sub(r"tre(s?)$", r"ter\1", word),
        re.sub(r"ogue(s?)$", r"og\1", word),
    }  # fmt: skip
    if len(word) >= 6:
        made |= {word.replace("ae", "e"), word.replace("oe", "e")}
    match = _DOUBLE.fullmatch(word)
    if match and len(word) >= 8:
        made.add(f"{match[1]}l{match[2]}")
    return made - {word}
