"""An authority file read once, line by line, and what it says of names on record appended as judgements."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import IO, Any, Protocol

from onrecord.across import Bearer, Crossed, Named, Paired, Placed
from onrecord.comparing.authorities import Authority, RefusedLine, authority_of, bearers_of, crossed, lines, placed

_AT_ONCE = 200
"""Entities of the file whose names the record is asked for at once; names that one transaction judges."""
_MOST_OF_A_NAME = 9
"""Entities of the file kept under one name: more than one is unclear already, their types need a few."""
_REFUSED = 20
"""Refused lines that are told one by one; the others are counted."""


class Asking(Protocol):
    """The record while it is asked about some names."""

    def cluster(self, id_: str) -> int | None:
        """The cluster of an id of the file, if anybody was taken for it."""

    def bearers(self, key: str) -> Sequence[Bearer]:
        """Everybody on record of that folded name."""

    def crossed(self) -> Iterator[Crossed]:
        """Pairs on record of both of which the file has an id."""

    def place(self, placed: Placed) -> int:
        """Appends that somebody is an entity of the file; the cluster's number."""

    def pair(self, paired: Paired) -> None:
        """Appends what two are to each other."""


class Shelf(Protocol):
    """What reconciliation asks of the record."""

    def keys_of(self, names: Sequence[str]) -> dict[str, str]:
        """Of these names those on record, each with its folded key."""

    def maker(self, file: str, digest: str, *, at: str) -> Any:
        """The file in this version, as the record knows it."""

    def asking(self, maker: Any, *, at: str) -> AbstractContextManager[Asking]:
        """A transaction in which the record is asked, and written to."""


@dataclass(slots=True)
class Reconciled:
    """What came of a file."""

    entities: int = 0
    """Entities of the file that bear a name."""
    names: int = 0
    """Names on record that the file has."""
    taken: int = 0
    """Of these, those taken for exactly one entity."""
    judged: Counter[str] = field(default_factory=Counter)
    """Pairs by verdict: "same", "different", "unsure"."""
    refused: int = 0
    refusals: list[RefusedLine] = field(default_factory=list)
    """The first refused lines."""


def reconcile(file: IO[bytes], name: str, shelf: Shelf, *, at: str) -> Reconciled:
    """Reads the file and appends what it says. ``name``: under what name its versions follow one another.

    Memory is bounded by the names on record, whatever the file's size. The same file again judges only what is new.
    """
    done, digest = Reconciled(), hashlib.sha256()
    known: dict[str, dict[str, Named]] = {}
    waiting: list[Authority] = []
    for number, line in enumerate(lines(file), 1):
        digest.update(line or b"\n")
        made = authority_of(number, line)
        if isinstance(made, RefusedLine):
            done.refused += 1
            done.refusals += [made] if len(done.refusals) < _REFUSED else []
        elif made is not None:
            done.entities += 1
            waiting.append(made)
        if len(waiting) >= _AT_ONCE:
            _look_up(waiting, known, shelf)
            waiting = []
    _look_up(waiting, known, shelf)
    done.names = len(known)
    maker = shelf.maker(name, digest.hexdigest()[:16], at=at)
    keys = sorted(known)
    for first in range(0, len(keys), _AT_ONCE):
        with shelf.asking(maker, at=at) as asking:
            done.taken += sum(
                _taken(list(known[key].values()), key, asking, name) for key in keys[first : first + _AT_ONCE]
            )
    with shelf.asking(maker, at=at) as asking:
        for pair in asking.crossed():
            paired = crossed(pair, name)
            done.judged[paired.verdict] += 1
            asking.pair(paired)
    return done


def _look_up(found: Sequence[Authority], known: dict[str, dict[str, Named]], shelf: Shelf) -> None:
    """Keeps the names that are on record; an entity that goes by one in two ways goes by it as its name."""
    keys = shelf.keys_of([name for one in found for name, _ in one.names])
    for one in found:
        for name, how in one.names:
            if name in keys:
                of_name = known.setdefault(keys[name], {})
                if one.id in of_name or len(of_name) < _MOST_OF_A_NAME:
                    label = one.names[0][0]
                    of_name.setdefault(one.id, Named(keys[name], one.id, one.type, how, label))


def _taken(named: Sequence[Named], key: str, asking: Asking, file: str) -> bool:
    """Places those who bear a name where the file and the record make clear who that is."""
    chosen = bearers_of(named, asking.bearers(key))
    if chosen is None:
        return False
    one, bearers = chosen
    cluster = asking.cluster(one.id)
    for bearer in bearers:
        if not bearer.placed:
            cluster = asking.place(placed(one, bearer, cluster, file))
    return True
