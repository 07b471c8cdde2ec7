"""The only reader of the environment: one frozen Settings."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment says. Every field has a default that works offline on a laptop."""

    record: str
    """Path or URL of the record (``ONRECORD_RECORD``)."""
    model: str | None = None
    """A model folder to use instead of the one in the package (``ONRECORD_MODEL``)."""
    threads: int = 0
    """Threads for the model, 0: let the runtime choose (``ONRECORD_THREADS``)."""
    embedding: str | None = None
    """A folder with a sentence model to use instead of the package's (``ONRECORD_EMBEDDING``)."""
    smtp: str | None = field(default=None, repr=False)
    """The mail server for alerts, ``smtp://user:password@host:port`` (``ONRECORD_SMTP``)."""
    token: str = field(default="", repr=False)
    """What whoever may edit on the site sends (``ONRECORD_TOKEN``)."""
    mail_from: str | None = None
    """Whom mails are from (``ONRECORD_MAIL_FROM``)."""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Reads the ``ONRECORD_*`` variables."""
        env = os.environ if environment is None else environment
        threads = env.get("ONRECORD_THREADS", "0")
        return cls(
            record=env.get("ONRECORD_RECORD") or str(_data_folder(env) / "record.db"),
            model=env.get("ONRECORD_MODEL") or None,
            threads=int(threads) if threads.isdigit() else 0,
            embedding=env.get("ONRECORD_EMBEDDING") or None,
            smtp=env.get("ONRECORD_SMTP") or None,
            token=env.get("ONRECORD_TOKEN", ""),
            mail_from=env.get("ONRECORD_MAIL_FROM") or None,
        )


def _data_folder(env: Mapping[str, str]) -> Path:
    """Where a user's data belongs on this system."""
    if sys.platform == "win32":
        return Path(env.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "onrecord"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "onrecord"
    return Path(env.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "onrecord"
