"""What a run was asked to do, and where its files lie."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from onrecord.errors import OnrecordError
from onrecord.pipeline import Shard
from onrecord.whole import write_whole

_MANIFEST = "run.json"
RECORD_SUFFIXES = (".db", ".sqlite", ".sqlite3")


@dataclass(frozen=True, slots=True)
class Filters:
    """Which documents go to the model. Each that does not is counted with the reason."""

    languages: tuple[str, ...] = ("en",)
    """ISO 639-1 codes; empty: any."""
    since: str | None = None
    """ISO date, the first to be kept; with it or ``until``, undated documents are left out."""
    until: str | None = None
    """ISO date, the last to be kept."""
    hosts: tuple[str, ...] = ()
    """Only these hosts and those below them; empty: any."""
    without_hosts: tuple[str, ...] = ()
    least_words: int = 50
    """A page with fewer words in its paragraphs is no article."""
    near: float = 0.9
    """Documents as alike as this (Jaccard index of their five-word shingles) are one; 1: only equal ones are."""


@dataclass(frozen=True, slots=True)
class RunSettings:
    """One run: what goes in, what comes out, and how it is made."""

    inputs: tuple[str, ...]
    out: str
    """A folder for Parquet tables, or a record's path or URL."""
    filters: Filters = field(default_factory=Filters)
    work: str | None = None
    """A folder for the run's own files; None: ``_run`` in the output folder."""
    engine: str = "local"
    workers: int = 1
    address: str | None = None
    """A Ray cluster's address; None: Ray on this machine."""
    model: str | None = None
    published: str | None = None
    """ISO date for documents that carry none."""

    @property
    def into_record(self) -> bool:
        """Whether the statements go into a record and not into tables."""
        return self.out.startswith(("postgresql", "postgres", "sqlite:")) or self.out.endswith(RECORD_SUFFIXES)

    @property
    def folder(self) -> Path:
        """Where the run keeps its manifest, marks and report."""
        if self.work:
            return Path(self.work)
        if self.into_record:
            name = hashlib.sha256(self.out.encode()).hexdigest()[:12]
            return Path(f"onrecord-batch-{name}")
        return Path(self.out) / "_run"

    def decisive(self) -> dict[str, Any]:
        """What the output depends on: a run may be resumed only with the same."""
        return {
            "inputs": list(self.inputs), "out": self.out, "filters": json.loads(json.dumps(asdict(self.filters))),
            "model": self.model, "published": self.published,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Manifest:
    """A run as begun: its settings, when, and the shards it was cut into."""

    settings: dict[str, Any]
    started: str
    """ISO time: when articles without a time of their own count as met."""
    shards: tuple[Shard, ...]
    unopened: tuple[tuple[str, str], ...] = ()
    """Inputs that could not be opened, each with the reason."""

    def save(self, folder: Path) -> None:
        """Writes it, whole or not at all."""
        write_whole([json.dumps(asdict(self), ensure_ascii=False, indent=1)], folder / _MANIFEST)


def load_manifest(folder: Path) -> Manifest | None:
    """The manifest of a run's folder, or None where none was begun. Raises OnrecordError for a broken one."""
    path = folder / _MANIFEST
    if not path.exists():
        return None
    try:
        read = json.loads(path.read_text("utf-8"))
        shards = tuple(Shard(**(shard | {"paths": tuple(shard["paths"])})) for shard in read["shards"])
        unopened = tuple((origin, reason) for origin, reason in read["unopened"])
        return Manifest(read["settings"], read["started"], shards, unopened)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise OnrecordError(f"the manifest of a run was expected in {path}: {error}; choose another folder") from None


def shard_name(number: int) -> str:
    """A shard's name in file names, in sorting order."""
    return f"{number:07d}"


def pick(names: Sequence[str], value: str) -> bool:
    """Whether a host is one of some or below one of them ("www.paper.example" below "paper.example")."""
    return any(value == name or value.endswith("." + name) for name in names)
