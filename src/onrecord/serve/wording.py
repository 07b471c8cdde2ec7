"""How a statement is put into words on a page: what its speaker did, and what stands beside it, told once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import quote, unquote, urlsplit

_PAST = {
    "say": "said", "deny": "denied", "think": "thought", "want": "wanted", "know": "knew", "show": "showed",
    "tell": "told", "write": "wrote", "hear": "heard", "see": "saw", "find": "found", "feel": "felt", "swear": "swore",
    "forbid": "forbade", "mean": "meant", "hold": "held", "read": "read", "teach": "taught", "vow": "vowed",
    "admit": "admitted", "plan": "planned", "beg": "begged", "bet": "bet", "understand": "understood",
}  # fmt: skip


def past(verb: str) -> str:
    """The past form of an act's name.

    >>> [past(v) for v in ("say", "claim", "promise", "deny", "reply")]
    ['said', 'claimed', 'promised', 'denied', 'replied']
    """
    if verb in _PAST:
        return _PAST[verb]
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return verb[:-1] + "ied"
    return verb + "ed"


def deed(statement: Mapping[str, Any]) -> str:
    """What the speaker did, in words: "claimed", "did not deny", "reportedly said".

    >>> deed({"act": "deny", "negated": True, "hedged": False})
    'did not deny'
    """
    act = str(statement["act"] or "say")
    words = f"did not {act}" if statement["negated"] else past(act)
    return f"reportedly {words}" if statement["hedged"] else words


def begins_itself(article: Mapping[str, Any]) -> bool:
    """True for an article without a title: its label is only the beginning of its text, so one of them is enough.

    >>> begins_itself({"label": "The bridge is …", "lead": "The bridge is closed."})
    True
    """
    return bool(article["lead"]) and str(article["lead"]).startswith(str(article["label"]).removesuffix(" …"))


def at_the_words(statement: Mapping[str, Any]) -> str:
    """The publisher's page at the very words: a text fragment (URL Fragment Text Directives, WICG) of the first piece.

    >>> at_the_words({"article": {"url": "https://a.example/x"}, "quote": "one two, three four-five six seven … eight"})
    'https://a.example/x#:~:text=one%20two%2C%20three,four%2Dfive%20six%20seven'
    """
    first_piece = str(statement["quote"]).split(" … ")[0]
    return f"{str(statement['article']['url']).partition('#')[0]}#{_fragment(first_piece)}"


def in_its_article(line: Mapping[str, Any]) -> str:
    """A board's line in its article here, at the very words; at its statement where a browser knows no text fragments.

    >>> in_its_article({"article": {"id": "sha256:ab"}, "words": "fell 2%", "statements": [{"id": "s4"}]})
    '/article/sha256:ab#s4:~:text=fell%202%25'
    """
    note = line["statements"][0]["id"] if line["statements"] else ""
    return f"/article/{quote(line['article']['id'], safe=':')}#{note}{_fragment(str(line['words']))}"


def _fragment(text: str) -> str:
    """Words as a text fragment: whole where they are few, else by their beginning and end."""
    words = text.split()
    parts = [" ".join(words)] if len(words) < 2 * _EDGE else [" ".join(words[:_EDGE]), " ".join(words[-_EDGE:])]
    return ":~:text=" + ",".join(quote(part, safe="").replace("-", "%2D") for part in parts)


_EDGE = 3
"""Words at either end of a piece that a text fragment names."""

_BARE = {"", "ad", "ads", "advert", "advertisement", "advertising", "promoted", "sponsored", "sponsored content"}


def says_only_advert(words: str) -> bool:
    """True for the bare word that announces an advert, without an offer."""
    return words.strip(" \n.:|-").casefold() in _BARE


def offered(words: str) -> str:
    """An advert's words without the line that only says it is one: the label above it says so already.

    >>> offered("Advertisement\\nSave 30% on boots")
    'Save 30% on boots'
    """
    first, line_end, rest = words.partition("\n")
    return rest.strip() if line_end and says_only_advert(first) and rest.strip() else words


def medium_name(medium: Mapping[str, Any]) -> str:
    """The title of a linked video or sound; where it has none, the name of the file that it is.

    >>> medium_name({"title": None, "url": "https://clips.example/v/harbour%20fire.mp4?x=1"})
    'harbour fire.mp4'
    """
    url = str(medium["url"])
    try:
        file = unquote(urlsplit(url).path).rstrip("/").rpartition("/")[2]
    except ValueError:
        file = ""
    return str(medium["title"] or file or url)


class Told(NamedTuple):
    """Another statement that disputes one, and the words it is shown with."""

    statement: Mapping[str, Any]
    words: str


def told_against(statement: Mapping[str, Any], shown: Sequence[str]) -> list[Told]:
    """The statements that dispute this one and are not yet shown, each in its fullest words.

    Where the context holds the same words with more around them ("a claim Kyiv has rejected as propaganda" for "a
    claim … as propaganda"), these are taken, so that one thing is not told twice.
    """
    others = [other for other in statement["disputed_by"] if other["uid"] not in shown]
    return [Told(other, _fullest(other, statement["context"])) for other in others]


def other_context(statement: Mapping[str, Any], told: Sequence[Told]) -> list[Mapping[str, Any]]:
    """The context that :func:`told_against` has not shown already."""
    words = {t.words for t in told}
    return [c for c in statement["context"] if c["text"] not in words]


def _fullest(other: Mapping[str, Any], context: Sequence[Mapping[str, Any]]) -> str:
    pieces = str(other["quote"]).split(" … ")
    for c in context:
        if c["voice_name"] == other["speaker_name"] and all(piece in c["text"] for piece in pieces):
            return str(c["text"])
    return str(other["quote"])
