"""The child that reads a file has no rights to speak of, and whatever becomes of it, there is an answer."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date
from pathlib import Path
from time import monotonic

import pytest

from bot.errors import BadFile
from handlers.reading_child import Limits, read_in_child
from tests.readers.bombs import BOMBS
from tests.readers.paper import pdf
from tests.readers.workbooks import workbook

ROOT = Path(__file__).parents[2]
WORDS = "Møteplan 2023/2024\n\n14. september: Foreldremøte på skolen\n".encode()
BEFORE = "from handlers.reading_child import Limits, give_up_rights; give_up_rights(Limits(seconds=5)); "
FORBIDDEN = {
    "a socket": "import socket; socket.socket()",
    "an address": "import socket; socket.getaddrinfo('example.org', 443)",
    "a page of the web": "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9')",
    "another process": "import subprocess; subprocess.run(['true'])",
    "a shell": "import os; os.system('true')",
    "a twin": "import os; os.fork()",
    "a file to write in": "open('/dev/shm/planvakt-test', 'wb').write(b'x' * 100_000)",
    "more memory than there is": "bytes(2 * 1024**3)",
    "many files": "files = [open('/dev/null') for _ in range(100)]",
}


def refusal(content: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(BadFile) as refused:
        read_in_child(content, "plan", limits=limits)
    return refused.value.template


@pytest.mark.parametrize("wish", FORBIDDEN.values(), ids=FORBIDDEN)
def test_what_a_reader_does_not_need_is_refused(wish: str) -> None:
    program = f"{BEFORE}\ntry:\n    exec({wish!r})\nexcept (OSError, MemoryError):\n    print('refused')"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    Path("/dev/shm/planvakt-test").unlink(missing_ok=True)
    assert done.stdout == "refused\n", done.stderr


@pytest.mark.parametrize(
    "content",
    [
        WORDS,
        workbook(("Plan 2023",), ("Dato", "Hva"), ("14. mai", "Møte")),
        pdf(["50 90 Plan 2023\n50 120 14. mai: Møte"]),
    ],
    ids=["text", "a workbook", "a PDF"],
)
def test_every_format_is_read_within_the_limits(content: bytes) -> None:
    assert len(read_in_child(content, "plan").entries) == 1


def test_the_name_the_period_and_the_title_reach_the_child() -> None:
    plan = read_in_child(WORDS, "æøå «x».txt", (date(2020, 8, 1), date(2021, 7, 31)), "Planen vår")
    assert (plan.title, plan.entries[0].span.start) == ("Planen vår", date(2020, 9, 14))


def test_the_child_knows_nothing_of_our_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANVAKT_SLACK_BOT_TOKEN", "xoxb-secret")
    with ThreadPoolExecutor(1) as beside:
        refused = beside.submit(refusal, BOMBS["stars without end"](), Limits(seconds=3))
        said = environments(until=monotonic() + 30)
        assert refused.result() == "bad_file_too_heavy"
    assert said == {b""}


def environments(until: float) -> set[bytes]:
    """Return what the children of this process have in their environment, as soon as one runs its own program."""
    said: set[bytes] = set()
    while not said and monotonic() < until:
        for process in Path("/proc").glob("[0-9]*"):
            # Another process may end while it is looked at.
            with suppress(OSError):
                if b"reading_child" in (process / "cmdline").read_bytes() and is_ours(process):
                    said.add((process / "environ").read_bytes())
    return said


def is_ours(process: Path) -> bool:
    return f"\nPPid:\t{os.getpid()}\n" in (process / "status").read_text()


def test_limits_that_are_lower_already_stay() -> None:
    lower = "import resource; resource.setrlimit(resource.RLIMIT_NOFILE, (32, 32)); "
    program = f"{lower}{BEFORE}print(resource.getrlimit(resource.RLIMIT_NOFILE))"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout == "(32, 32)\n", done.stderr


def test_a_child_without_time_is_ended() -> None:
    assert refusal(WORDS, Limits(seconds=0.05)) == "bad_file_too_heavy"


def test_a_child_without_memory_gives_up() -> None:
    assert refusal(WORDS + b" " * 40_000_000, Limits(memory=90 * 1024**2)) == "bad_file_too_heavy"


def test_a_child_that_cannot_begin_is_no_harm() -> None:
    assert refusal(WORDS, Limits(memory=4096)) == "bad_file_too_heavy"


def test_nothing_of_the_document_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    refusal(b"Hemmelig " * 3, Limits(seconds=0.05))
    assert "Hemmelig" not in caplog.text
