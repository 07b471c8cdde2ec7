"""A bar chart as SVG, in a few lines of our own: dark or light with the reader's system, readable without colour.

Ours is the filled bar, peers are outlined; the figure stands behind each bar; a rule marks what is to be reached.
"""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import NamedTuple

LABEL, BAR, ROW, TOP = 230, 360, 26, 44
STYLE = (
    "text{font:13px system-ui,sans-serif;fill:#222}.ours{fill:#1f5fa8}.peer{fill:none;stroke:#777}"
    ".goal{stroke:#b3261e;stroke-dasharray:4 3}.small{font-size:11px;fill:#555}.head{font-weight:600}"
    "@media(prefers-color-scheme:dark){text{fill:#e6e6e6}.ours{fill:#7fb2ee}.peer{stroke:#aaa}"
    ".goal{stroke:#f2a19a}.small{fill:#bbb}}"
)


class Bar(NamedTuple):
    """One bar: its name, its value, whether it is ours, and an interval if there is one."""

    name: str
    value: float
    ours: bool = False
    interval: tuple[float, float] | None = None


def chart(title: str, bars: list[Bar], low: float, high: float, goal: float | None = None, digits: int = 3) -> str:
    """The chart as SVG text; the axis begins at ``low``, which is said below it when it is not nought."""
    height = TOP + ROW * len(bars) + 26

    def x(value: float) -> float:
        return LABEL + BAR * (min(max(value, low), high) - low) / (high - low)

    parts = [f'<text x="0" y="18" class="head">{escape(title)}</text>']
    for k, bar in enumerate(bars):
        y = TOP + ROW * k
        kind = "ours" if bar.ours else "peer"
        parts.append(f'<text x="{LABEL - 10}" y="{y + 13}" text-anchor="end">{escape(bar.name)}</text>')
        parts.append(f'<rect class="{kind}" x="{LABEL}" y="{y}" width="{x(bar.value) - LABEL:.1f}" height="18"/>')
        end = x(bar.value)
        if bar.interval:
            left, right = map(x, bar.interval)
            end = max(end, right)
            parts.append(f'<path class="peer" d="M{left:.1f} {y + 9}H{right:.1f}"/>')
        parts.append(f'<text x="{end + 6:.1f}" y="{y + 13}">{bar.value:.{digits}f}</text>')
    foot = TOP + ROW * len(bars)
    if goal is not None:
        parts.append(f'<path class="goal" d="M{x(goal):.1f} {TOP - 8}V{foot}"/>')
        parts.append(
            f'<text x="{x(goal):.1f}" y="{TOP - 12}" text-anchor="middle" class="small">to reach {goal}</text>'
        )
    parts.append(f'<text x="{LABEL}" y="{foot + 14}" class="small">the bars begin at {low:g}</text>')
    width = LABEL + BAR + 70
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" role="img">'
    return f"{head}<title>{escape(title)}</title><style>{STYLE}</style>{''.join(parts)}</svg>\n"


def write_chart(name: str, svg: str) -> str:
    """Leaves the chart in bench/charts and gives its address as RESULTS.md links to it."""
    folder = Path(__file__).resolve().parent / "charts"
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.svg").write_text(svg, encoding="utf-8")
    return f"charts/{name}.svg"
