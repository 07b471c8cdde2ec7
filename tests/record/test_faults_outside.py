"""What comes from outside while articles are added: a full disk, a file that may only be read, a server restarted.

ONRECORD_TEST_RESTART names a command that restarts the server of ONRECORD_TEST_POSTGRES.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from onrecord.record import Record
from tests.record.conftest import schema_of_its_own
from tests.record.test_faults import ARTICLES, ROOT, expect_whole, made, writer

LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
from onrecord.errors import RecordError
from onrecord.record import Record
from tests.record.test_faults import made
try:
    with Record.open(sys.argv[1]) as record:
        for n in range(100_000):
            record.add(made(n), seen_at="2026-01-01")
except RecordError as error:
    print(error)
"""


def run(*command: str) -> str:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    return done.stdout


def expect_sound_and_completed(place: str, told: int = 0) -> None:
    with Record.open(place) as record:
        kept = record.counts()["articles"]
        assert kept >= told
        expect_whole(record, kept)
        for n in range(max(ARTICLES, kept)):
            record.add(made(n), seen_at="2026-01-01")
        expect_whole(record, max(ARTICLES, kept))


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on the size of files here")
def test_a_file_that_can_grow_no_more_is_a_sentence_and_the_record_is_sound(path: Path) -> None:
    output = run(sys.executable, "-c", LIMITED, str(path), str(700_000))
    assert "could not be written" in output, output
    expect_sound_and_completed(str(path), told=1)


@pytest.mark.skipif(not shutil.which("mount") or not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs root")
def test_a_full_disk_too(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=900k", "onrecord", str(disk)]).returncode:
        pytest.skip("no disk can be mounted here")
    try:
        output = run(sys.executable, "-c", LIMITED, str(disk / "record.db"), str(2**40))
        assert "no room left" in output, output
        subprocess.run(["mount", "-o", "remount,size=64m", str(disk)], check=True)
        expect_sound_and_completed(str(disk / "record.db"), told=1)
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0 or not shutil.which("setpriv"), reason="needs root")
@pytest.mark.parametrize("closed", [True, False], ids=["closed", "open elsewhere"])
def test_what_another_user_may_only_read_answers_and_says_so(closed: bool) -> None:
    with tempfile.TemporaryDirectory() as name:  # not below pytest's own folder, which is closed to others
        read_as_another(Path(name), closed)


def read_as_another(folder: Path, closed: bool) -> None:
    record = Record.open(str(folder / "record.db"))
    record.add(made(0), seen_at="2026-01-01")
    if closed:
        record.close()
    folder.chmod(0o755)
    for file in folder.iterdir():
        file.chmod(0o444)
    script = (
        "import sys; from onrecord.record import Record; from onrecord.errors import RecordError\n"
        "with Record.open(sys.argv[1], create=False) as record:\n"
        "    print(len(record.search('bridge')), 'found')\n"
        "    from tests.record.test_faults import made\n"
        "    try: record.add(made(1), seen_at='2026-01-01')\n"
        "    except RecordError as error: print(error)\n"
    )
    output = run("setpriv", "--reuid=nobody", "--clear-groups", sys.executable, "-c", script, str(folder / "record.db"))
    record.close()
    assert "found" in output and not output.startswith("0 ") and "may only be read" in output, output


def test_a_server_restarted_in_mid_write() -> None:
    restart = os.environ.get("ONRECORD_TEST_RESTART")
    if not restart:
        pytest.skip("ONRECORD_TEST_RESTART names no command that restarts the server")
    with schema_of_its_own() as place:
        process = writer(place, 0, 10_000)
        assert process.stdout is not None
        for _ in range(4):  # open, and three articles kept: some time alone may be too short on a busy machine
            process.stdout.readline()
        subprocess.run(restart, shell=True, check=True, timeout=100)
        rest = process.communicate(timeout=100)[0].splitlines()
        told = 3 + sum(line.strip().isdigit() for line in rest)
        assert process.returncode != 0, "it was cut off, and said so"
        expect_sound_and_completed(place, told=told)
