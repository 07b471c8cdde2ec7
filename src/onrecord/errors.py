"""The tree of our errors. Each message is a sentence: what was expected, what came, what to do.

OnrecordError                 everything we raise on purpose
├── RefusedInput              an input cannot be read; ``origin`` and ``stage`` say which and where
│   ├── UnsafeAddress         a URL points where we do not go (private, loopback, another scheme)
│   ├── TooLarge              over a limit of size, time or depth
│   └── NotAnswered           something was sent and no answer came: it may have arrived
├── MissingExtra              an optional package is not installed; ``extra`` names the extra to install
├── BrokenModel               a model folder is not what its card says
├── RecordError               a record cannot be opened or does not hold what was asked for
│   ├── Unavailable           the database cannot be reached now; the same may work in a moment
│   └── Forgotten             what was to be kept was forgotten on purpose, and stays so
└── BrokenInvariant           a fault of ours: a type was made with values it must never hold
"""

from __future__ import annotations

from importlib import import_module
from types import ModuleType


class OnrecordError(Exception):
    """Base of every error raised on purpose."""


class RefusedInput(OnrecordError):
    """An input that cannot be read, with where it came from and the stage that refused it."""

    def __init__(self, reason: str, *, origin: str = "", stage: str = "intake") -> None:
        super().__init__(reason)
        self.reason, self.origin, self.stage = reason, origin, stage


class UnsafeAddress(RefusedInput):
    """A URL that points where we do not go."""


class TooLarge(RefusedInput):
    """An input over a limit of size, time or depth."""


class NotAnswered(RefusedInput):
    """Something was sent and no answer came: it may have arrived, so it must not be sent again unasked."""


class MissingExtra(OnrecordError):
    """An optional package is not installed."""

    def __init__(self, package: str, extra: str) -> None:
        super().__init__(f"this needs the package '{package}', which is not installed: pip install 'onrecord[{extra}]'")
        self.package, self.extra = package, extra


class BrokenModel(OnrecordError):
    """A model folder that cannot be used, with the reason."""


class RecordError(OnrecordError):
    """A record that cannot be opened, or does not hold what was asked for."""


class Unavailable(RecordError):
    """The database cannot be reached now, or others keep it busy; the same may work in a moment."""


class Forgotten(RecordError):
    """What is to be kept was forgotten for a reason, which the message gives: it is not kept again."""


class BrokenInvariant(OnrecordError, ValueError):
    """A value that a type must never hold: a fault of ours, worth a report."""


def import_extra(package: str, extra: str) -> ModuleType:
    """Imports an optional package, or says which extra brings it."""
    try:
        return import_module(package)
    except ModuleNotFoundError as error:
        if error.name and error.name.split(".")[0] != package.split(".", maxsplit=1)[0]:
            raise
        raise MissingExtra(package, extra) from None
