"""Run by ``make wheel`` with the Python of an environment that holds the built wheel: it must work offline.

Standard library and the wheel only; not collected by pytest.
"""

from __future__ import annotations

import contextlib
import io
import json
import socket
import sys
import zipfile
from pathlib import Path

LIMIT = 40 * 2**20
"""Bytes a wheel may have: the model folder is at most 30 MB."""


def shut_network() -> None:
    """From here on no connection can be opened and no name looked up."""

    def refuse(*args: object, **kwargs: object) -> None:
        raise OSError(f"the wheel tried to use the network: {args[1:]}")

    socket.socket.connect = refuse  # type: ignore[method-assign, assignment]
    socket.socket.connect_ex = refuse  # type: ignore[method-assign, assignment]
    socket.getaddrinfo = refuse  # type: ignore[assignment]


def read_examples() -> list[dict[str, object]]:
    """What ``onrecord read --example --format jsonl`` prints."""
    from onrecord.cli.main import main

    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        try:
            main(["read", "--example", "--format", "jsonl"])
        except SystemExit as stop:
            assert not stop.code, f"onrecord read --example ended with status {stop.code}"
    return [json.loads(line) for line in printed.getvalue().splitlines()]


def main() -> None:
    """Checks what the wheel carries and that it reads its own examples."""
    wheel = Path(sys.argv[1])
    names = zipfile.ZipFile(wheel).namelist()
    for wanted in (".onnx", "onrecord/py.typed", "onrecord/examples/", "licenses/LICENSE", ".schema.json"):
        assert [name for name in names if wanted in name], f"the wheel carries no {wanted}"
    assert not [name for name in names if name.startswith(("tests/", "training/", "bench/"))], (
        "stray folders in the wheel"
    )
    assert wheel.stat().st_size <= LIMIT, f"the wheel has {wheel.stat().st_size:,} bytes, at most {LIMIT:,} are allowed"

    import onrecord

    assert Path(onrecord.__file__).is_relative_to(sys.prefix), f"{onrecord.__file__} is not the wheel's"
    shut_network()
    articles = read_examples()
    statements = sum(len(article["statements"]) for article in articles)  # type: ignore[arg-type]
    assert statements, "the examples gave no statement"
    sys.stdout.write(
        f"{wheel.name}: {wheel.stat().st_size / 2**20:.1f} MB, {len(names)} files; "
        f"offline it read {len(articles)} example articles and found {statements} statements\n"
    )


if __name__ == "__main__":
    main()
