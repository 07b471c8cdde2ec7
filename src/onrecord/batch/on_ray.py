"""The engine of a cluster: Ray Data's actors, each with a loaded model, as many as there is work and room for.

A task is one stage of one shard: minutes of work for some bytes of description, since workers open the shards and write
the results themselves. Their folders must be ones that every node sees. Tasks of a dead actor or node are done again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from onrecord.batch.settings import RunSettings
from onrecord.batch.working import Stage, Worker
from onrecord.errors import import_extra


class _Actor:
    """What Ray builds once a worker."""

    def __init__(self, settings: RunSettings) -> None:
        self._worker = Worker(settings)

    def __call__(self, row: dict[str, Any]) -> dict[str, Any]:
        counts = self._worker.do(row["stage"], int(row["number"]))
        return {"number": row["number"], "counts": counts}


class Cluster:
    """Ray, begun when there is work for it; ``with`` it."""

    def __init__(self, settings: RunSettings) -> None:
        self._settings = settings

    def __enter__(self) -> Cluster:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing to do: Ray ends with the process, and may be somebody else's."""

    def do(self, stage: Stage, numbers: Sequence[int]) -> Iterator[tuple[int, Any]]:
        """Does one stage of some shards and gives the counts of each as it is done. Raises MissingExtra."""
        if not numbers:
            return
        settings = self._settings
        ray, data = import_extra("ray", "batch"), import_extra("ray.data", "batch")
        if not ray.is_initialized():
            cores = None if settings.address else settings.workers
            ray.init(address=settings.address, num_cpus=cores, include_dashboard=False, log_to_driver=False)
        context = data.DataContext.get_current()
        context.enable_progress_bars = False
        context.execution_options.preserve_order = False
        first = 1 if settings.address else settings.workers  # one machine has no nodes to wait for
        tasks = [{"stage": stage, "number": number} for number in numbers]
        works = data.from_items(tasks, override_num_blocks=len(tasks)).map(
            _Actor,
            fn_constructor_args=[settings],
            compute=data.ActorPoolStrategy(min_size=first, max_size=settings.workers, max_tasks_in_flight_per_actor=2),
            num_cpus=1,
        )
        for row in works.iter_rows():
            yield int(row["number"]), row["counts"]
