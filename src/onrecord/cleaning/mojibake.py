"""Text that was decoded with the wrong encoding: found run by run, so that offsets are kept.

ftfy repairs whole texts and needs every character of them to fit; a page put together from several sources has good
and bad runs side by side. Here each run of suspicious characters is judged and repaired alone.
"""

from __future__ import annotations

import re
from functools import lru_cache

from onrecord.offsets import Edit, Span

_RUN = re.compile(r"[^\x00-\x7f]{2,64}")
_SUSPICIOUS = re.compile(
    "[\u00c2\u00c3\u00c5\u00ce\u00cf\u00d0\u00d1\u00d8\u00d9\u00e2\u00e3\u00e5\u00e6\u00ef\u00f0\u0102\u010f\u00ac]"
    "[\u0080-\u00bf\u0100-\u02dc\u2010-\u2122\u20ac]"
)
_WHY = "text decoded with the wrong encoding"


def mojibake_edits(raw: str) -> list[Edit]:
    """The runs of ``raw`` that ftfy calls bad and can repair.

    >>> mojibake_edits("It\\u00e2\\u20ac\\u2122s")
    [Edit(span=Span(start=2, end=5), text='\\u2019', why='text decoded with the wrong encoding')]
    """
    if raw.isascii() or not _SUSPICIOUS.search(raw):
        return []
    edits = []
    for match in _RUN.finditer(raw):
        run = match.group()
        if _SUSPICIOUS.search(run):
            better = _repaired(run)
            if better != run:
                edits.append(Edit(Span(*match.span()), better, _WHY))
    return edits


@lru_cache(maxsize=4096)
def _repaired(run: str) -> str:
    """The run as ftfy's encoding repair gives it, where it is bad and the repair is shorter; else the run."""
    from ftfy import fix_encoding
    from ftfy.badness import is_bad

    if not is_bad(run):
        return run
    better = fix_encoding(run)
    return better if len(better) < len(run) and "\ufffd" not in better else run
