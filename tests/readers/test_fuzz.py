"""A document that something has happened to is read as far as it goes, or refused in words; nothing else ever comes.

PLANVAKT_FUZZ_SECONDS says how long to go on; PLANVAKT_FUZZ_SEED repeats a run that failed.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import monotonic

import pytest

from bot.errors import BadFile
from handlers.reading_child import read_in_child
from tests.readers.damage import damaged, seeds

ROOT = Path(__file__).parents[2]
FORMATS = tuple(seeds())
AT_ONCE = 2
SECONDS = float(os.environ.get("PLANVAKT_FUZZ_SECONDS", "10")) * AT_ONCE / len(FORMATS)
SEED = os.environ.get("PLANVAKT_FUZZ_SEED") or str(random.SystemRandom().randrange(10**6))


def read_damaged(format_name: str) -> str:
    """Return what was said by one that read documents until its time was over.

    Where a library ended the whole process, the next one goes on: so does the child, which gives a sentence for it.
    """
    until = monotonic() + SECONDS
    said = ""
    for turn in range(100):
        left = max(until - monotonic(), 0.5)
        command = [sys.executable, "-m", "tests.readers.fuzz", format_name, str(left), f"{SEED}.{turn}"]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        said += done.stdout + done.stderr[-4000:]
        if done.returncode >= 0:
            return said
    return said


def test_damaged_documents_are_read_or_refused() -> None:
    with ThreadPoolExecutor(AT_ONCE) as both:
        for said in both.map(read_damaged, FORMATS):
            assert said.endswith("of them read\n"), said
            print(said)


@pytest.mark.parametrize("format_name", FORMATS)
def test_damaged_documents_bring_no_child_to_an_unforeseen_end(format_name: str) -> None:
    chance = random.Random(SEED)
    for number in range(3):
        content = damaged(seeds()[format_name][0], format_name, chance)
        template = _refusal(content)
        assert template != "bad_file", f"{format_name} {number} of seed {SEED}"


def _refusal(content: bytes) -> str | None:
    try:
        read_in_child(content, "plan")
    except BadFile as refused:
        return refused.template
    return None
