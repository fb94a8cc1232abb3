"""Reading in a process of its own: the same plan comes back, and what cannot be read is told in the same words."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bot.errors import BadFile
from bot.proposals.codec import NoPlan, plan_from_bytes, plan_to_bytes
from handlers.reading import read_plan
from handlers.reading_child import read_in_child

PLANS = sorted(path for path in (Path(__file__).parents[1] / "proposals" / "plans").iterdir() if path.suffix != ".toml")
ASKS_FOR = {
    "network": "import socket; socket.create_connection(('127.0.0.1', 1))",
    "a process": "import subprocess; subprocess.run(['true'])",
    "a file to write": "import tempfile; tempfile.TemporaryFile(buffering=0).write(b'x')",
    "memory": "bytearray(2 * 1024**3)",
}


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.name)
def test_a_plan_comes_back_as_it_is(path: Path) -> None:
    plan = read_plan(path.read_bytes(), path.name)
    assert plan_from_bytes(plan_to_bytes(plan)) == plan


def test_the_child_reads_what_we_would_read() -> None:
    content, name = PLANS[0].read_bytes(), PLANS[0].name
    assert read_in_child(content, name) == read_plan(content, name)


@pytest.mark.parametrize("content", [b"", b"\x89PNG nonsense", b"PK\x03\x04 cut"], ids=["empty", "picture", "cut"])
def test_a_bad_file_is_told_of_in_the_same_words(content: bytes) -> None:
    with pytest.raises(BadFile) as here:
        read_plan(content, "plan")
    with pytest.raises(BadFile) as there:
        read_in_child(content, "plan")
    assert (there.value.template, there.value.values) == (here.value.template, here.value.values)


@pytest.mark.parametrize("said", [b"", b"[]", b'{"title": 1}', b'{"title": "x", "entries": [{}]}', b"\xff"])
def test_what_is_no_plan_is_refused(said: bytes) -> None:
    with pytest.raises(NoPlan):
        plan_from_bytes(said)


@pytest.mark.parametrize("act", ASKS_FOR.values(), ids=ASKS_FOR)
def test_the_child_can_have_no(act: str) -> None:
    imports = "from handlers.reading_child import Limits, give_up_rights"
    given_up = f"{imports}; give_up_rights(Limits()); print('ready', flush=True)"
    done = subprocess.run([sys.executable, "-c", f"{given_up}; {act}"], capture_output=True, check=False)
    assert done.stdout == b"ready\n"
    assert done.returncode != 0
