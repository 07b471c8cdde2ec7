"""A tiny WebDriver client: just what the browser tests ask of a headless Chromium, over plain HTTP."""

from __future__ import annotations

import base64
import json
import shutil
import socket
import subprocess
import time
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-default-apps", "--hide-scrollbars",
]  # fmt: skip
_ELEMENT = "element-6066-11e4-a52e-4f735466cecf"


def chromium() -> str | None:
    """Where Chromium is, or None; its driver must be there too."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    return found if found and shutil.which("chromedriver") else None


class Browser:
    """One Chromium window with a profile of its own. Close it, or use it in a ``with``."""

    def __init__(self, profile: Path, *, dark: bool = False) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self._port = free.getsockname()[1]
        self._driver = subprocess.Popen(
            ["chromedriver", f"--port={self._port}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self._session = ""
        flags = [*FLAGS, f"--user-data-dir={profile}", *(["--force-dark-mode"] if dark else [])]
        options = {"binary": chromium(), "args": flags}
        wanted = {"goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"}}
        for attempt in range(100):
            try:
                self._session = self._ask("POST", "/session", {"capabilities": {"alwaysMatch": wanted}})["sessionId"]
                break
            except ConnectionError:
                if attempt == 99 or self._driver.poll() is not None:
                    raise
                time.sleep(0.1)

    def _ask(self, method: str, path: str, body: Any = None) -> Any:
        connection = HTTPConnection("127.0.0.1", self._port, timeout=60)
        try:
            connection.request(method, path, json.dumps(body or {}) if method == "POST" else None)
            value = json.loads(connection.getresponse().read())["value"]
        finally:
            connection.close()
        if isinstance(value, dict) and value.get("error"):
            raise RuntimeError(f"{value['error']}: {value['message'][:400]}")
        return value

    def do(self, path: str, **body: Any) -> Any:
        """One command of the session."""
        return self._ask("POST", f"/session/{self._session}{path}", body)

    def open(self, url: str) -> None:
        """Goes there and waits until it is loaded."""
        self.do("/url", url=url)

    def run(self, script: str, *arguments: Any) -> Any:
        """Runs a script in the page; the driver does so past the page's own policy."""
        return self.do("/execute/sync", script=script, args=list(arguments))

    def run_later(self, script: str, *arguments: Any) -> Any:
        """Runs a script that calls its last argument when it is done."""
        return self.do("/execute/async", script=script, args=list(arguments))

    def find(self, css: str) -> str:
        """The first element there, by the driver's id."""
        return str(self.do("/element", using="css selector", value=css)[_ELEMENT])

    def click(self, css: str) -> None:
        """Clicks the first element there, as a person would: it must be in sight."""
        self.do(f"/element/{self.find(css)}/click")

    def type(self, css: str, words: str) -> None:
        """Types into the first element there."""
        self.do(f"/element/{self.find(css)}/value", text=words)

    def text(self, css: str = "body") -> str:
        """The text that a reader sees there, white space folded."""
        return " ".join(str(self.run("return document.querySelector(arguments[0]).innerText", css)).split())

    def url(self) -> str:
        """Where the window is."""
        return str(self._ask("GET", f"/session/{self._session}/url"))

    def wait(self, script: str, seconds: float = 10) -> None:
        """Waits until the script gives something true."""
        until = time.monotonic() + seconds
        while not self.run(script):
            assert time.monotonic() < until, f"after {seconds} s still not: {script}"
            time.sleep(0.05)

    def complaints(self) -> list[str]:
        """What the console said since last asked: errors and warnings."""
        return [f"{e['level']}: {e['message']}" for e in self.do("/se/log", type="browser") if e["level"] != "INFO"]

    def requested(self) -> list[str]:
        """Every address requested since last asked."""
        entries = (json.loads(e["message"])["message"] for e in self.do("/se/log", type="performance"))
        return [e["params"]["request"]["url"] for e in entries if e["method"] == "Network.requestWillBeSent"]

    def size(self, width: int, height: int, *, mobile: bool = False) -> None:
        """Makes the page's own area that large."""
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": mobile}
        self.do("/goog/cdp/execute", cmd="Emulation.setDeviceMetricsOverride", params=metrics)

    def colours(self, scheme: str) -> None:
        """Asks for ``light`` or ``dark``."""
        feature = {"name": "prefers-color-scheme", "value": scheme}
        self.do("/goog/cdp/execute", cmd="Emulation.setEmulatedMedia", params={"features": [feature]})

    def picture(self) -> bytes:
        """The window as PNG."""
        return base64.b64decode(self._ask("GET", f"/session/{self._session}/screenshot"))

    def close(self) -> None:
        """Closes window and driver."""
        try:
            if self._session:
                self._ask("DELETE", f"/session/{self._session}")
        finally:
            self._driver.terminate()
            self._driver.wait(10)

    def __enter__(self) -> Browser:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()
