"""A run from beginning to end, or from where it stopped."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from onrecord import pipeline
from onrecord.batch import local, on_ray
from onrecord.batch.choosing import choose
from onrecord.batch.finishing import plan, publish
from onrecord.batch.report import write_report
from onrecord.batch.settings import Manifest, RunSettings, load_manifest, shard_name
from onrecord.batch.working import Stage
from onrecord.errors import OnrecordError
from onrecord.types import Refusal

Json = dict[str, Any]
Watch = Callable[[str, int, int], None]
"""Called with a stage's name, the bytes of inputs it is done with, and all bytes."""

Engine = local.Pool | on_ray.Cluster
"""Whoever does the works of a run."""


def run(settings: RunSettings, *, resume: bool = False, watch: Watch = lambda *_: None) -> Json:
    """Does a run, or what is left of it, and gives its report. Raises OnrecordError."""
    settings = replace(settings, out=settings.out if settings.into_record else str(Path(settings.out)))
    manifest = _begun(settings, resume)
    sizes = [shard.size for shard in manifest.shards]
    with _engine(settings) as engine:
        spent = _stages(settings, sizes, engine, watch)
    report = write_report(settings, manifest, {**spent, "all": sum(spent.values())})
    for name in ("scan", "choose", "read", "finish"):
        _tidy(settings.folder / name)
    return report


def _stages(settings: RunSettings, sizes: list[int], engine: Engine, watch: Watch) -> dict[str, float]:
    """What is left of the four stages, and the seconds that each took."""
    spent, clock = {}, _Clock()
    _do(settings, engine, "scan", sizes, watch)
    spent["scan"] = clock.lap()
    if not (settings.folder / "choose" / "all.done").exists():
        choose(settings, len(sizes))
    spent["choose"] = clock.lap()
    _do(settings, engine, "read", sizes, watch)
    spent["read"] = clock.lap()
    if not settings.into_record:
        months = plan(settings, len(sizes))
        _do(settings, engine, "finish", [1_000_000] * len(months), watch)
        publish(settings)
    spent["finish"] = clock.lap()
    return spent


class _Clock:
    """Seconds since it was last asked."""

    def __init__(self) -> None:
        self._last = time.monotonic()

    def lap(self) -> float:
        now = time.monotonic()
        lap, self._last = now - self._last, now
        return lap


def _tidy(folder: Path) -> None:
    """Takes away what only an unfinished run needs; marks and notes stay, they are small."""
    for path in folder.glob("*"):
        if path.is_dir():
            shutil.rmtree(path)
        elif path.suffix in {".arrow", ".bin", ".part"}:
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
    for name in ("scan", "read", "finish"):
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


def _do(settings: RunSettings, engine: Engine, stage: Stage, sizes: list[int], watch: Watch) -> None:
    """One stage's works that have no mark yet; ``sizes`` are the bytes of each, for telling progress."""
    left = [n for n in range(len(sizes)) if not (settings.folder / stage / f"{shard_name(n)}.done").exists()]
    done = sum(sizes) - sum(sizes[n] for n in left)
    watch(stage, done, sum(sizes))
    for number, _ in engine.do(stage, left):
        done += sizes[number]
        watch(stage, done, sum(sizes))


def _engine(settings: RunSettings) -> Engine:
    return on_ray.Cluster(settings) if settings.engine == "ray" else local.Pool(settings)
