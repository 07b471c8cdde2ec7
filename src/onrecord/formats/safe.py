"""Making text harmless where it goes: a terminal, a spreadsheet cell, a line of JSON, a UTF-8 file.

Article text is a stranger's: it may hold terminal escape sequences, characters that turn the order of a line round,
formulas, and halves of characters that no encoding takes.
"""

from __future__ import annotations

import json
import re
from typing import Any

_SURROGATES = re.compile("[\ud800-\udfff]")
_UNSAFE_IN_JSON = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def _visible_table() -> dict[int, str]:
    table = {code: chr(0x2400 + code) for code in range(0x20)}
    table |= {code: f"‹U+{code:04X}›" for code in (*range(0x80, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A))}
    table |= {0x7F: "␡", 0x85: " ", 0x2028: " ", 0x2029: " ", 0xFEFF: ""}
    table |= {ord("\t"): "\t", ord("\n"): "\n", ord("\r"): ""}
    return table


_VISIBLE = _visible_table()


def visible(text: str) -> str:
    r"""Text that shows what it holds and does nothing: for terminals and pages.

    Control characters (an escape sequence starts with one) and characters that override the direction of writing are
    replaced by a picture or their number; tabs and line feeds stay, and so do the harmless direction marks of Arabic
    and Hebrew.

    >>> visible("\x1b[2Jgone")
    '␛[2Jgone'
    """
    return writable(text.translate(_VISIBLE))


def writable(text: str) -> str:
    """Text that UTF-8 can write, of the same length: a lone half of a surrogate pair becomes U+FFFD."""
    return _SURROGATES.sub("\ufffd", text)


def cell(text: str) -> str:
    """Text for a spreadsheet's cell: on one line, and never a formula (an apostrophe goes before what looks like one).

    >>> cell("=1+1")
    "'=1+1"
    """
    line = visible(text)
    shielded = "'" + line if line.startswith(_FORMULA_STARTS) else line
    return " ".join(shielded.split())


def json_line(value: Any) -> str:
    """JSON on one line, readable in any script, that survives every encoder, terminal and line splitter."""
    text = json.dumps(value, ensure_ascii=False, separators=(", ", ": "))
    return _UNSAFE_IN_JSON.sub(lambda m: f"\\u{ord(m[0]):04x}", text)
