"""News agencies, and where a text says that one of them wrote it."""

from __future__ import annotations

import re

_NAMES = {
    "Associated Press": "AP|The Associated Press|Associated Press",
    "Reuters": "Reuters|REUTERS|Thomson Reuters",
    "Agence France-Presse": "AFP|Agence France-Presse|Agence France Presse",
    "United Press International": "UPI|United Press International",
    "Press Trust of India": "PTI|Press Trust of India",
    "Asian News International": "ANI|Asian News International",
    "Indo-Asian News Service": "IANS|Indo-Asian News Service",
    "Deutsche Presse-Agentur": "dpa|DPA|Deutsche Presse-Agentur",
    "EFE": "EFE|Agencia EFE",
    "Xinhua": "Xinhua|XINHUA|Xinhua News Agency",
    "Bloomberg": "Bloomberg|Bloomberg News",
    "Press Association": "PA|PA Media|Press Association",
    "Canadian Press": "CP|The Canadian Press|Canadian Press",
    "Australian Associated Press": "AAP|Australian Associated Press",
    "Kyodo": "Kyodo|Kyodo News",
    "Yonhap": "Yonhap|Yonhap News Agency",
    "Interfax": "Interfax",
    "TASS": "TASS|Itar-Tass",
    "Anadolu": "AA|Anadolu Agency|Anadolu",
    "Canwest News Service": "CNS|Canwest News Service",
    "McClatchy": "McClatchy|McClatchy Newspapers|McClatchy-Tribune",
}
_CODE = {code: name for name, codes in _NAMES.items() for code in codes.split("|")}
_ANY = "|".join(re.escape(code) for code in sorted(_CODE, key=len, reverse=True))
_DATELINE = re.compile(
    rf"[(\[]\s*({_ANY})(?:\s*/\s*[\w ]+)?\s*[)\]]\s*(?:[-–—:]|$|\n)"
    rf"|[A-Z][A-Z. ]{{3,}},?[^\n]{{0,40}}?[-–—]\s*({_ANY})\s*[-–—]"
)
_BYLINE = re.compile(
    rf"(?:^|\n)\s*(?:By\s+)?(?:[\w.’' -]{{3,40}}(?:,|\||/|\n)\s*)?({_ANY})"
    r"(?:\s+(?:[Ww]riter|staff|[Rr]eporter))?\s*(?:$|\n)"
)
_CREDIT = re.compile(
    rf"(?:[Cc]opyright|©|\(c\))[^\n]{{0,40}}?\b({_ANY})\b"
    rf"|(?:Source|SOURCE|[Ii]nputs? from|[Rr]eporting by)[: ]+({_ANY})\b"
    rf"|[-–—(]\s*({_ANY})\)?\.?\s*$"
)
_HEAD, _TAIL = 400, 300
"""Characters at a text's beginning and end in which it tells who wrote it. Further inside, an agency is one that is
quoted: "an official told Reuters"."""


def agency_of(text: str, byline: str | None = None) -> str | None:
    """The agency that a text says it comes from, under its full name, or None. Linear in the text's head and tail.

    >>> agency_of("HALDEN (AP) — The bridge was closed."), agency_of("An official told Reuters the bridge was closed.")
    ('Associated Press', None)
    >>> agency_of("The bridge was closed.", byline="By Ana Ruiz, Associated Press")
    'Associated Press'
    """
    head, tail = text[:_HEAD], text[-_TAIL:]
    for pattern, where in ((_BYLINE, byline or ""), (_DATELINE, head), (_BYLINE, head), (_CREDIT, tail)):
        found = pattern.search(where)
        if found:
            return _CODE[next(code for code in found.groups() if code)]
    return None
