"""The engine's file is one process's at a time, and the other is told why it cannot start."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from bot.errors import DatabaseTrouble
from bot.model import Language
from bot.render import render_error
from storage.engine_file import engine_address

ROOT = Path(__file__).parents[2]


def test_a_second_process_says_in_a_sentence_why_it_does_not_start(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'planvakt.db'}"
    with engine_address(url) as address:
        assert address == f"sqlite:///{tmp_path / 'engine.db'}"
        trying = f"from storage.engine_file import engine_address\nwith engine_address({url!r}): pass"
        refused = subprocess.run([sys.executable, "-c", trying], cwd=ROOT, capture_output=True, text=True)
        assert "engine_taken" in refused.stderr
        with pytest.raises(DatabaseTrouble) as taken, engine_address(url):
            pass
    for language in Language:
        said = render_error(taken.value, language, date.min).text
        assert str(tmp_path / "engine.db") in said
        assert "PostgreSQL" in said
    with engine_address(url):
        pass


def test_a_server_needs_no_file(tmp_path: Path) -> None:
    url = "postgresql+psycopg://planvakt@db/planvakt"
    with engine_address(url) as first, engine_address(url) as second:
        assert first == second == url
    assert list(tmp_path.iterdir()) == []
