"""Modules of ours as processes of their own, and what they have used of the processor."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PATIENCE = 180.0
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Process:
    """One that runs."""

    running: subprocess.Popen[str]

    def wait_for(self, address: str) -> None:
        """Wait until something stands at the address."""
        ends = time.monotonic() + PATIENCE
        while not _is_there(address):
            if self.running.poll() is not None or time.monotonic() > ends:
                raise AssertionError(f"{self.running.args!r} did not start")
            time.sleep(0.1)

    def processor(self) -> float:
        """Seconds of processor time that it and the children it has waited for have used, user and system."""
        fields = Path(f"/proc/{self.running.pid}/stat").read_text("utf-8").rpartition(") ")[2].split()
        return sum(map(int, fields[11:15])) / _TICKS

    def says(self) -> str:
        """Return the next line that it writes."""
        assert self.running.stdout is not None
        return self.running.stdout.readline().strip()

    def is_told(self, line: str) -> None:
        """Write a line to it."""
        assert self.running.stdin is not None
        self.running.stdin.write(f"{line}\n")
        self.running.stdin.flush()


@contextmanager
def process(*arguments: str, log: Path, environment: Mapping[str, str] | None = None) -> Iterator[Process]:
    """Run a module until the block is left; what it writes to standard error stands in `log`."""
    kept = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    command = [sys.executable, "-m", *arguments]
    pipe = subprocess.PIPE
    with log.open("ab") as written:
        chosen = {**kept, **(environment or {})}
        running = subprocess.Popen(
            command, cwd=ROOT, env=chosen, stdin=pipe, stdout=pipe, stderr=written, text=True, encoding="utf-8"
        )
    try:
        yield Process(running)
    finally:
        running.terminate()
        try:
            running.wait(timeout=60)
        except subprocess.TimeoutExpired:
            running.kill()


def _is_there(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=30) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, ConnectionError):
        return False
