"""onrecord: who said what, on the record.

>>> import onrecord
>>> reading = onrecord.read('"We will not go back," Ana Ruiz told reporters.')
>>> reading.to_dict()["text"]
'"We will not go back," Ana Ruiz told reporters.'

Importing this package loads no model and no web framework: the names below arrive when they are first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from onrecord.errors import OnrecordError, RefusedInput
    from onrecord.front import Reader, clean, open_record, read
    from onrecord.outcome import Reading
    from onrecord.types import CleanText, Refusal
    from onrecord.version import VERSION as __version__

_HOMES = {
    "read": "onrecord.front", "clean": "onrecord.front", "Reader": "onrecord.front", "open_record": "onrecord.front",
    "Reading": "onrecord.outcome", "CleanText": "onrecord.types", "Refusal": "onrecord.types",
    "OnrecordError": "onrecord.errors", "RefusedInput": "onrecord.errors",
}  # fmt: skip

__all__ = [
    "CleanText", "OnrecordError", "Reader", "Reading", "Refusal", "RefusedInput",
    "__version__", "clean", "open_record", "read",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    if name == "__version__":
        return import_module("onrecord.version").VERSION
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'onrecord' has no attribute {name!r}; it has {', '.join(__all__)}")
