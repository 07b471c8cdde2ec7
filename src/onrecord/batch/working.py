"""One worker of either engine: it does the works it is given, with one model that is loaded when first needed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal

from onrecord import pipeline
from onrecord.batch.finishing import finish
from onrecord.batch.reading import read
from onrecord.batch.scanning import Told, scan
from onrecord.batch.settings import RunSettings, load_manifest
from onrecord.errors import OnrecordError
from onrecord.settings import Settings

Stage = Literal["scan", "read", "finish"]


class Worker:
    """Does works of one run. Not shared between threads."""

    def __init__(self, settings: RunSettings) -> None:
        self._settings = settings
        manifest = load_manifest(settings.folder)
        if manifest is None:
            raise OnrecordError(
                f"a run's manifest was expected in {settings.folder}: every worker must see that folder"
            )
        self._manifest = manifest
        own = Settings.from_environment()
        self._reader = pipeline.Pipeline(settings=replace(own, threads=1, model=settings.model or own.model))

    def do(self, stage: Stage, number: int, skipped: frozenset[int] = frozenset(), told: Told = lambda _: None) -> Any:
        """Does one stage of one shard, or finishes one month, and gives its counts."""
        if stage == "finish":
            return finish(self._settings, number)
        if stage == "scan":
            return scan(self._settings, self._manifest, number, skipped, told)
        return read(self._settings, self._manifest, number, skipped, told, self._reader)
