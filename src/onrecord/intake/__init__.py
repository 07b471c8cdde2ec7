"""The outside world -> Article: files, folders, standard input, URLs, strings and bytes.

The only room with strangers in it. Whatever comes in ends as an :class:`~onrecord.types.Article`, a
:class:`~onrecord.types.Refusal` with a reason, or a RefusedInput: never a traceback, a hang, or silent loss.
A new format is one file with ``read(stream, place, options)`` and one line in the registry of ``opening.py``.
"""

from __future__ import annotations

from onrecord.intake.again import again
from onrecord.intake.opening import article_from, open_articles
from onrecord.intake.options import Options

__all__ = ["Options", "again", "article_from", "open_articles"]
