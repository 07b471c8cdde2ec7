"""What a run did: counts, rates and what was left out and why, as data, as lines and as a page with charts."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

from onrecord.batch.scanning import notes_of
from onrecord.batch.settings import Manifest, RunSettings, shard_name
from onrecord.errors import OnrecordError
from onrecord.version import VERSION
from onrecord.whole import write_whole

Json = dict[str, Any]
REASONS = {
    "refused": "could not be read",
    "no_page": "no page (a picture, an error, ...)",
    "no_article": "no article in it",
    "language": "in another language",
    "host": "of a host not asked for",
    "date": "of a date not asked for, or of none",
    "equal": "says the same as another, word for word",
    "near": "says nearly the same as another",
}
"""Why a document may be left out."""
_NAMED = 200
"""Refusals that are named in the report; all are in the table ``dropped``."""


def write_report(settings: RunSettings, manifest: Manifest, spent: dict[str, float]) -> Json:
    """Adds up what the shards counted, writes ``report.json`` and gives it."""
    folder, shards = settings.folder, range(len(manifest.shards))
    read: Counter[str] = Counter()
    dropped: Counter[str] = Counter()
    named: list[Json] = []
    documents, scanning = 0, 0.0
    for number in shards:
        scanning += float(_marked(folder / "scan" / f"{shard_name(number)}.done")["seconds"])
        read.update(_marked(folder / "read" / f"{shard_name(number)}.done"))
        for note in notes_of(folder, number):
            documents += 1
            if note["why"]:
                dropped[note["why"]] += 1
            if note["why"] == "refused" and len(named) < _NAMED:
                named.append({"origin": note["origin"], "reason": note["more"]})
    dropped.update(_marked(folder / "choose" / "all.done"))
    dropped["refused"] += int(read.pop("refused", 0))
    seconds = float(read.pop("seconds", 0.0))
    counts = {name: int(read[name]) for name in ("articles", "statements", "words", "new") if name in read}
    report = {
        "version": VERSION, "out": settings.out, "started": manifest.started, "settings": manifest.settings,
        "engine": settings.engine, "workers": settings.workers, "shards": len(manifest.shards),
        "bytes": sum(shard.size for shard in manifest.shards), "documents": documents, "read": counts,
        "dropped": {name: dropped[name] for name in REASONS if dropped[name]},
        "unopened": [{"origin": origin, "reason": reason} for origin, reason in manifest.unopened], "refused": named,
        "seconds": {name: round(value, 2) for name, value in spent.items()},
        "processor_seconds": {
            "scan": round(scanning, 1), "read": round(seconds, 1), "finish": round(_finishing(folder), 1)
        },
    }  # fmt: skip
    write_whole([json.dumps(report, ensure_ascii=False, indent=1)], folder / "report.json")
    return report


def _finishing(folder: Path) -> float:
    return sum(float(_marked(mark).get("seconds", 0.0)) for mark in (folder / "finish").glob("*.done"))


def _marked(path: Path) -> Json:
    found: Json = json.loads(path.read_text("utf-8"))
    return found


def load_report(run: str) -> Json:
    """The report of a run, by its output folder or its own. Raises OnrecordError where there is none."""
    for path in (Path(run) / "_run" / "report.json", Path(run) / "report.json", Path(run)):
        if path.is_file():
            try:
                report = json.loads(path.read_text("utf-8"))
                if isinstance(report, dict) and {"documents", "dropped", "read"} <= report.keys():
                    return report
            except ValueError:
                pass
    unfinished = (Path(run) / "_run" / "run.json").exists() or (Path(run) / "run.json").exists()
    what = "it is not done: go on with --resume" if unfinished else "give the folder that `onrecord batch` wrote to"
    raise OnrecordError(f"the report of a run was expected in {run}; {what}")


def report_lines(report: Json) -> Iterator[str]:
    """The report for a terminal."""
    read, seconds = report["read"], report["seconds"]["all"]
    yield f"{report['documents']:,} documents in {report['shards']:,} shards, {report['bytes'] / 1e6:,.1f} MB"
    yield f"{read.get('articles', 0):,} articles read, {read.get('statements', 0):,} statements"
    for name, count in report["dropped"].items():
        yield f"{count:,} left out: {REASONS[name]}"
    workers = f"{report['workers']:,} worker{'' if report['workers'] == 1 else 's'}"
    yield f"{seconds:,.0f} s with {workers} ({report['engine']}), {_rate(report):,.1f} articles a second"
    for refused in report["unopened"]:
        yield f"not opened: {refused['origin']}: {refused['reason']}"
    for refused in report["refused"][:20]:
        yield f"refused: {refused['origin']}: {refused['reason']}"
    hidden = report["dropped"].get("refused", 0) - 20
    if hidden > 0:
        yield f"and {hidden:,} more refused: see the table 'dropped'"
    yield f"written to {report['out']}"


def _rate(report: Json) -> float:
    return float(report["read"].get("articles", 0) / max(report["seconds"].get("read", 0.0), 1e-9))


_STYLE = """
body{font:16px/1.5 Georgia,serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b;background:#fdfdfb}
h1{font-size:1.5rem}h2{font-size:1.1rem;margin-top:2rem}table{border-collapse:collapse;width:100%}
td,th{padding:.2rem .6rem .2rem 0;text-align:left;vertical-align:top;border-bottom:1px solid #ddd}
td.n{text-align:right;font-variant-numeric:tabular-nums}svg text{font:13px Georgia,serif;fill:currentColor}
rect{fill:#6d7f8f}@media(prefers-color-scheme:dark){body{color:#e6e6e6;background:#161616}td,th{border-color:#333}}
"""


def report_page(report: Json) -> str:
    """The report as one page that needs nothing else."""
    kept = report["read"].get("articles", 0)
    bars = [("read", kept), *((REASONS[name], count) for name, count in report["dropped"].items())]
    spent = [(name, value) for name, value in report["seconds"].items() if name != "all"]
    facts = "".join(f"<p>{escape(line)}</p>" for line in list(report_lines(report))[:2])
    refused = "".join(
        f"<tr><td>{escape(one['origin'])}</td><td>{escape(one['reason'] or '')}</td></tr>"
        for one in [*report["unopened"], *report["refused"]]
    )
    settings = escape(json.dumps(report["settings"], ensure_ascii=False, indent=1))
    return (
        f"<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width'>"
        f"<title>Run of {escape(report['started'])}</title><style>{_STYLE}</style>"
        f"<h1>Run of {escape(report['started'])}</h1>{facts}"
        f"<h2>What became of the documents</h2>{_bars(bars, '{:,.0f}')}"
        f"<h2>Where the time went, in seconds</h2>{_bars(spent, '{:,.1f}')}"
        f"<p>{_rate(report):,.1f} articles a second, workers: {report['workers']:,} ({escape(report['engine'])}); "
        f"{sum(report['processor_seconds'].values()):,.1f} seconds of processors.</p>"
        + (f"<h2>Not read</h2><table><tr><th>where<th>why</tr>{refused}</table>" if refused else "")
        + f"<h2>Settings</h2><pre>{settings}</pre></html>\n"
    )


def _bars(values: list[tuple[str, float]], form: str) -> str:
    """A bar chart as inline SVG."""
    most = max((value for _, value in values), default=0) or 1
    parts = []
    for row, (name, value) in enumerate(values):
        y, width = 24 * row, round(320 * value / most, 1)
        parts.append(
            f"<text x='0' y='{y + 16}'>{escape(name)}</text><rect x='290' y='{y + 4}' width='{width}' height='14'/>"
            f"<text x='{290 + width + 6}' y='{y + 16}'>{escape(form.format(value))}</text>"
        )
    return f"<svg viewBox='0 0 720 {24 * len(values) + 4}' role='img' width='100%'>{''.join(parts)}</svg>"
