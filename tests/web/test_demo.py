"""`planvakt demo` as a process of its own: it listens here alone, says where, and leaves nothing behind."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.ports import free_port

DEMO = [sys.executable, "-c", "import sys; from handlers.cli import main; sys.exit(main())", "demo", "--no-browser"]


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def demo(port: int, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    started = subprocess.Popen([*DEMO, "--port", str(port)], env=environment, stdout=subprocess.PIPE, text=True)
    with started:
        yield started
        started.kill()


def answer(port: int, patience: float = 40.0) -> httpx.Response:
    deadline = time.monotonic() + patience
    while True:
        try:
            return httpx.get(f"http://127.0.0.1:{port}/api/plans")
        except httpx.TransportError:
            assert time.monotonic() < deadline, "the demo did not answer"
            time.sleep(0.1)


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_the_demo_says_where_it_is_and_takes_its_database_with_it(
    demo: subprocess.Popen[str], port: int, tmp_path: Path, ending: signal.Signals
) -> None:
    assert demo.stdout
    assert f"http://127.0.0.1:{port}/" in demo.stdout.readline()
    assert len(answer(port).json()) in (3, 6)
    assert list(tmp_path.glob("planvakt-demo-*/demo.db"))
    demo.send_signal(ending)
    assert demo.wait(timeout=60) == 0
    assert list(tmp_path.iterdir()) == []


def test_a_taken_port_is_told_of_in_one_sentence(port: int) -> None:
    with socket.create_server(("127.0.0.1", port)):
        done = subprocess.run([*DEMO, "--port", str(port)], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert str(port) in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert done.stdout == ""
