"""Takes the pictures in docs/screenshots: ``python -m tests.serve.take_screenshots RECORD`` (the demo record).

Every page at phone and desktop width, as WebP, each under :data:`MOST_BYTES`; the article in the dark too. The record
is copied first, and the copy gets what a newsroom would have made: a collection, a feed, a judgement.
"""

from __future__ import annotations

import base64
import shutil
import socket
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from onrecord import pipeline, serve
from onrecord.record import Record

from ..shared import ROOT
from .webdriver import Browser

SIZES = {"phone": (390, 844), "desktop": (1280, 900)}
MOST_BYTES = 80_000
AT = "2026-09-30T08:00:00+00:00"
DRAFT = """Prosecutors said the alarm at the dam was switched off. It "kept waking the guards", engineer Otávio
Brandelero told the court.

"Inflation is a guest who has taken off his shoes," the bank's deputy governor said.

"This was never said by anybody at all," a minister said.
"""
_WEBP = """
const [source, quality, done] = arguments, image = new Image();
image.onload = async () => {
  const canvas = new OffscreenCanvas(image.width, image.height);
  canvas.getContext("2d").drawImage(image, 0, 0);
  const blob = await canvas.convertToBlob({type: "image/webp", quality});
  let text = "";
  for (const byte of new Uint8Array(await blob.arrayBuffer())) text += String.fromCharCode(byte);
  done(btoa(text));
};
image.src = "data:image/png;base64," + source;
"""


def as_webp(browser: Browser, picture: bytes) -> bytes:
    """The picture as WebP, as well as :data:`MOST_BYTES` allow."""
    browser.open("about:blank")
    for quality in (0.8, 0.6, 0.4):
        made = base64.b64decode(browser.run_later(_WEBP, base64.b64encode(picture).decode(), quality))
        if len(made) < MOST_BYTES:
            return made
    raise SystemExit(f"a picture has {len(made)} bytes at the lowest quality; under {MOST_BYTES} were expected")


@contextmanager
def opened(location: str) -> Iterator[tuple[Record, str]]:
    """A copy of the record with things of a newsroom in it, served on the loopback."""
    with tempfile.TemporaryDirectory() as folder:
        copy = shutil.copy(location, Path(folder) / "record.db")
        with pipeline.open_record(str(copy), create=False) as record:
            for _ in pipeline.join(record):
                pass
            furnish(record)
            listening = socket.create_server(("127.0.0.1", 0))
            server = uvicorn.Server(uvicorn.Config(serve.build_site(record), log_level="warning", lifespan="off"))
            threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True).start()
            yield record, f"http://127.0.0.1:{listening.getsockname()[1]}"
            server.should_exit = True


def furnish(record: Record) -> None:
    """A collection, two feeds and a judgement."""
    record.collection_new("Waters", note="Who says what about rivers and dams, for the Sunday pages.", at=AT)
    for statement in record.statements(disputed=True, limit=3):
        record.collection_add("Waters", statement["uid"], note="Ask for the letter itself.", at=AT)
    record.collection_add("Waters", record.articles(limit=1)[0]["id"], at=AT)
    record.feeds.add("https://delta-courier.example/feed.xml", at=AT, outlet="Delta Courier")
    record.feeds.add("https://paisa-ledger.example/markets.atom", at=AT, outlet="Paisa Ledger")
    record.desk.accept(record.desk.queue(limit=1)[0]["uid"], author="ines", at=AT, note="heard on the tape")


def pages(record: Record) -> dict[str, str]:
    """The address of each page, by the name of its picture."""
    told = Counter(s["article"]["id"] for s in record.statements(limit=0) if s["context"] or s["disputed_by"])
    titled = [a["id"] for a in record.articles(limit=0) if a["title"] or a["headline"]]
    article = f"/article/{max(titled, key=lambda a: told[a])}"
    return {
        "front": "/", "article": article, "as-found": f"{article}?view=found", "section": "/section/india",
        "markets": "/section/stock-market", "football": "/section/football", "videos": "/section/daily-videos",
        "coupons": "/section/coupons", "statement": f"/statement/{record.statements(disputed=True)[0]['uid']}",
        "speaker": f"/speaker/{record.speakers(limit=1)[0]['key']}", "speakers": "/speakers", "stories": "/stories",
        "story": f"/story/{record.stories(at_least=2)[0]['id']}", "disputes": "/disputes", "figures": "/figures",
        "search": "/search?q=minister", "collections": "/collections", "collection": "/collections/Waters",
        "add": "/add", "feeds": "/feeds", "corrections": "/corrections", "offers": "/offers", "app": "/app",
        "about": "/about",
    }  # fmt: skip


def main(location: str, folder: Path) -> None:
    """Every picture, into a folder; what is no picture of a page any more is removed."""
    folder.mkdir(parents=True, exist_ok=True)
    made = set()
    with (
        tempfile.TemporaryDirectory() as profile,
        Browser(Path(profile)) as browser,
        opened(location) as (record, home),
    ):
        for size, (width, height) in SIZES.items():
            browser.size(width, height, mobile=width < 500)
            for name, address in {**pages(record), "check": "/check", "article-dark": pages(record)["article"]}.items():
                browser.colours("dark" if name.endswith("-dark") else "light")
                browser.open(home + address)
                if name == "check":
                    browser.type("textarea", DRAFT)
                    browser.click("main button")
                    browser.wait("return document.querySelector('.found') !== null", 60)
                    browser.run("scrollTo(0, 0)")
                path = folder / f"{name}-{size}.webp"
                path.write_bytes(as_webp(browser, browser.picture()))
                made.add(path)
    for other in set(folder.glob("*.*")) - made:
        other.unlink()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]) if len(sys.argv) > 2 else ROOT / "docs" / "screenshots")
