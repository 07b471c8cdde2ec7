"""Where in the page's tree each element stands, noted while it is walked, written out only where it is asked for."""

from __future__ import annotations


class Paths:
    """The elements met so far: each has a number, 0 is what holds the page."""

    def __init__(self) -> None:
        self._outer = [0]
        self._steps = [("", 0)]
        self._counts: dict[tuple[int, str], int] = {}

    def enter(self, outer: int, tag: str) -> int:
        """Notes an element inside another, unseen ones too since they count; gives its number."""
        count = self._counts[outer, tag] = self._counts.get((outer, tag), 0) + 1
        self._outer.append(outer)
        self._steps.append((tag, count))
        return len(self._outer) - 1

    def xpath(self, place: int) -> str:
        """The element's XPath: ``/html[1]/body[1]/p[3]``."""
        steps = []
        while place:
            tag, count = self._steps[place]
            steps.append(f"/{tag}[{count}]")
            place = self._outer[place]
        return "".join(reversed(steps))
