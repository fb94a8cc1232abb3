"""The settings: read from the environment, told of plainly when wrong, and all of them in the README."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from handlers.settings import settings_table

ROOT = Path(__file__).parent.parent


def doctor(tmp_path: Path, **chosen: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PLANVAKT_DATABASE_URL": f"sqlite:///{tmp_path / 'p.db'}", **chosen}
    command = [sys.executable, "-m", "handlers.cli", "items"]
    return subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)


def test_readme_has_the_settings_as_the_code_has_them() -> None:
    assert settings_table() in (ROOT / "README.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PLANVAKT_PORT", "mange"),
        ("PLANVAKT_TIME_ZONE", "Europa/Sortland"),
        ("PLANVAKT_LOG_LEVEL", "loud"),
        ("PLANVAKT_SLACK_FILES_URL", "http://files.very-secret.example/"),
        ("PLANVAKT_DATABASE_URL", "mysql://user:very-secret@host/plans"),
    ],
)
def test_a_wrong_setting_is_named_in_one_sentence_and_its_value_is_not_told(
    tmp_path: Path, name: str, value: str
) -> None:
    done = doctor(tmp_path, **{name: value})
    assert done.returncode == 1
    assert name in done.stderr
    assert "very-secret" not in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_an_empty_setting_is_as_if_not_set(tmp_path: Path) -> None:
    assert doctor(tmp_path, PLANVAKT_PORT="").returncode == 0
