"""Takes the pictures in docs/screenshots: ``python -m tests.serve.take_screenshots RECORD`` (the demo record)."""

from __future__ import annotations

import base64
import socket
import struct
import sys
import tempfile
import threading
import zlib
from collections import Counter
from pathlib import Path

import numpy as np
import uvicorn

from onrecord import pipeline, serve

from ..shared import ROOT
from .webdriver import Browser

SIZES = {"phone": (390, 844), "desktop": (1280, 900)}
MOST_BYTES = 200_000


_PIXELS = """
const [source, done] = arguments, image = new Image();
image.onload = () => {
  const canvas = new OffscreenCanvas(image.width, image.height), pen = canvas.getContext("2d");
  pen.drawImage(image, 0, 0);
  const pixels = pen.getImageData(0, 0, image.width, image.height).data;
  let text = "";
  for (let i = 0; i < pixels.length; i += 30000) text += String.fromCharCode(...pixels.subarray(i, i + 30000));
  done([image.width, image.height, btoa(text)]);
};
image.src = "data:image/png;base64," + source;
"""


def in_few_colours(browser: Browser, picture: bytes) -> bytes:
    """The picture as PNG with its 256 commonest colours, the others taken for the nearest: a third of the bytes."""
    browser.open("about:blank")
    width, height, text = browser.run_later(_PIXELS, base64.b64encode(picture).decode())
    pixels = np.frombuffer(base64.b64decode(text), np.uint8).reshape(-1, 4)[:, :3]
    colours, where, often = np.unique(pixels, axis=0, return_inverse=True, return_counts=True)
    kept = colours[np.argsort(-often)[:256]].astype(np.int32)
    nearest = np.array([np.abs(kept - colour).sum(axis=1).argmin() for colour in colours.astype(np.int32)])
    rows = nearest[where.reshape(-1)].astype(np.uint8).reshape(height, width)
    body = np.hstack([np.zeros((height, 1), np.uint8), rows]).tobytes()
    chunks = [
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)), (b"PLTE", kept.astype(np.uint8).tobytes()),
        (b"IDAT", zlib.compress(body, 9)), (b"IEND", b""),
    ]  # fmt: skip
    made = (struct.pack(">I", len(d)) + k + d + struct.pack(">I", zlib.crc32(k + d)) for k, d in chunks)
    return b"\x89PNG\r\n\x1a\n" + b"".join(made)


def main(location: str) -> None:
    """Front, article and section at both sizes, the article in the dark too; each under :data:`MOST_BYTES`."""
    record = pipeline.open_record(location, create=False)
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(serve.build_site(record), log_level="warning", lifespan="off"))
    threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True).start()
    home = f"http://127.0.0.1:{listening.getsockname()[1]}"
    told = Counter(s["article"]["id"] for s in record.statements(limit=0) if s["context"] or s["disputed_by"])
    titled = [a["id"] for a in record.articles(limit=0) if a["title"] or a["headline"]]
    article = f"/article/{max(titled, key=lambda a: told[a])}"
    pages = {"front": "/", "article": article, "as-found": f"{article}?view=found", "section": "/section/india"}
    folder = ROOT / "docs" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as profile, Browser(Path(profile)) as browser:
        for size, (width, height) in SIZES.items():
            browser.size(width, height, mobile=width < 500)
            for colours in ("light", "dark"):
                browser.colours(colours)
                for name, address in pages.items() if colours == "light" else [("article", article)]:
                    browser.open(home + address)
                    picture = in_few_colours(browser, browser.picture())
                    assert len(picture) < MOST_BYTES, f"{name} at {size} size has {len(picture)} bytes"
                    (folder / f"{name}-{size}{'-dark' * (colours == 'dark')}.png").write_bytes(picture)
    server.should_exit = True


if __name__ == "__main__":
    main(sys.argv[1])
