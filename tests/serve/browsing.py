"""What the browser tests share: the site on a port, and the keys of a person who has no mouse."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

import pytest
import uvicorn

from onrecord.record import Record
from onrecord.serve import build_site

from .webdriver import Browser, chromium

MARKS = [
    pytest.mark.browser,
    pytest.mark.skipif(chromium() is None, reason="needs chromium and chromedriver (apt-get install chromium-driver)"),
]
TAB, ENTER = "\ue004", "\ue007"
DRAFT = 'Minister Ana Ruiz called the bridge "entirely safe" on Monday.'


def serving(record: Record) -> Iterator[str]:
    """The site on a free port of the loopback, in a thread."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(build_site(record), log_level="critical", lifespan="off", access_log=False))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join(10)
    listening.close()


def press(browser: Browser, key: str) -> None:
    browser.do("/actions", actions=[{"type": "key", "id": "k", "actions": [
        {"type": "keyDown", "value": key}, {"type": "keyUp", "value": key}]}])  # fmt: skip


def keys(browser: Browser, words: str) -> None:
    """Types as a person does, into whatever has the focus."""
    strokes = [{"type": kind, "value": c} for c in words for kind in ("keyDown", "keyUp")]
    browser.do("/actions", actions=[{"type": "key", "id": "k", "actions": strokes}])


def tab_to(browser: Browser, test: str, most: int = 120) -> None:
    """Tabs until the focused element ``e`` passes a test."""
    for _ in range(most):
        press(browser, TAB)
        if browser.run(f"const e = document.activeElement; return !!({test})"):
            return
    raise AssertionError(f"{most} tabs do not lead to {test}")


def check_by_keyboard(browser: Browser) -> None:
    """Checks a draft without a mouse."""
    tab_to(browser, "e.id === 'c-draft'")
    keys(browser, DRAFT)
    tab_to(browser, "e.tagName === 'BUTTON' && e.textContent === 'Check it'")
    press(browser, ENTER)
    browser.wait("return document.querySelector('.checked') !== null", 60)
