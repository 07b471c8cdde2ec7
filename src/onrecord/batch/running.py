"""A run from beginning to end, or from where it stopped."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from onrecord import pipeline
from onrecord.batch import local, on_ray
from onrecord.batch.choosing import choose
from onrecord.batch.finishing import finish
from onrecord.batch.report import write_report
from onrecord.batch.settings import Manifest, RunSettings, load_manifest, shard_name
from onrecord.batch.working import Stage
from onrecord.errors import OnrecordError
from onrecord.types import Refusal

Json = dict[str, Any]
Watch = Callable[[str, int, int], None]
"""Called with a stage's name, the bytes of inputs it is done with, and all bytes."""


def run(settings: RunSettings, *, resume: bool = False, watch: Watch = lambda *_: None) -> Json:
    """Does a run, or what is left of it, and gives its report. Raises OnrecordError."""
    settings = replace(settings, out=settings.out if settings.into_record else str(Path(settings.out)))
    manifest = _begun(settings, resume)
    shards = len(manifest.shards)
    clock = time.monotonic()
    spent = {}
    for stage in ("scan", "read"):
        began = time.monotonic()
        _do(settings, manifest, stage, watch)
        spent[stage] = time.monotonic() - began
        if stage == "scan" and not (settings.folder / "choose" / "all.done").exists():
            choose(settings, shards)
    if not settings.into_record:
        finish(settings, shards)
    spent["all"] = time.monotonic() - clock
    report = write_report(settings, manifest, spent)
    for name in ("scan", "choose", "read"):
        if not settings.into_record or name != "read":
            _tidy(settings.folder / name)
    return report


def _tidy(folder: Path) -> None:
    """Takes away what only an unfinished run needs; marks and notes stay, they are small."""
    for path in folder.glob("*"):
        if path.is_dir():
            shutil.rmtree(path)
        elif path.suffix in {".arrow", ".npy", ".bin"}:
            path.unlink()


def _begun(settings: RunSettings, resume: bool) -> Manifest:
    """The run's manifest: that of the run to go on with, or a new one."""
    folder = settings.folder
    manifest = load_manifest(folder)
    if manifest is not None:
        if not resume:
            raise OnrecordError(
                f"{folder} holds a run already: add --resume to go on with it, or choose another folder"
            )
        if manifest.settings != settings.decisive():
            raise OnrecordError(f"the run in {folder} was begun with other inputs or settings: choose another folder")
        if (folder / "report.json").exists():
            raise OnrecordError(f"the run in {folder} is done: see it with `onrecord report {folder.parent}`")
    else:
        manifest = _new(settings)
    for name in ("scan", "read"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    if not (folder / "run.json").exists():
        manifest.save(folder)
    return manifest


def _new(settings: RunSettings) -> Manifest:
    unopened: list[tuple[str, str]] = []
    found: list[tuple[str, int]] = []
    for item in pipeline.list_inputs(settings.inputs):
        if isinstance(item, Refusal):
            unopened.append((item.origin, item.reason))
        else:
            found.append(item)
    shards = []
    for cut in pipeline.cut_shards([path for path, _ in found], [size for _, size in found]):
        if isinstance(cut, Refusal):
            unopened.append((cut.origin, cut.reason))
        else:
            shards.append(cut)
    started = datetime.now(UTC).isoformat(timespec="seconds")
    return Manifest(settings.decisive(), started, tuple(shards), tuple(unopened))


def _do(settings: RunSettings, manifest: Manifest, stage: Stage, watch: Watch) -> None:
    """One stage of every shard that has no mark of it yet."""
    sizes = [shard.size for shard in manifest.shards]
    left = [n for n in range(len(sizes)) if not (settings.folder / stage / f"{shard_name(n)}.done").exists()]
    done = sum(sizes) - sum(sizes[n] for n in left)
    watch(stage, done, sum(sizes))
    for number, _ in _engine(settings)(settings, stage, left):
        done += sizes[number]
        watch(stage, done, sum(sizes))


def _engine(settings: RunSettings) -> Callable[[RunSettings, Stage, list[int]], Iterator[tuple[int, Any]]]:
    return on_ray.run_stage if settings.engine == "ray" else local.run_stage


def marks(folder: Path, stage: str, shards: int) -> Iterator[Json]:
    """What each done shard of a stage counted."""
    for number in range(shards):
        path = folder / stage / f"{shard_name(number)}.done"
        if path.exists():
            yield json.loads(path.read_text("utf-8"))
