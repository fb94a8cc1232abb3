"""The command line under what nobody means to type: command_line.toml."""

from __future__ import annotations

import json
import os
import sys
import tomllib
from collections.abc import Callable, Mapping
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest

from handlers.cli import main

Run = Callable[[list[str], bytes], tuple[int, str, str]]

CASES = tomllib.loads((Path(__file__).parent / "command_line.toml").read_text("utf-8"))


@pytest.fixture(autouse=True)
def _own_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANVAKT_DATABASE_URL", f"sqlite:///{tmp_path / 'planvakt.db'}")
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command on what is piped into it; its exit code, standard output and standard error."""

    def ran(arguments: list[str], given: bytes) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(given), encoding="utf-8"))
        code = main(arguments)
        said = capsys.readouterr()
        return code, said.out, said.err

    return ran


@pytest.mark.parametrize("case", CASES["refused"], ids=lambda case: f"{case['arguments']} {case.get('given', '')}")
def test_what_cannot_be_meant_gets_one_plain_sentence(run: Run, case: Mapping[str, Any]) -> None:
    code, _, said = run(case["arguments"], (case.get("given", "") * case.get("repeated", 1)).encode())
    assert (code, len(said.splitlines()), "feilnummer" in said) == (1, 1, False), said


@pytest.mark.parametrize("case", CASES["answered"], ids=lambda case: str(case["given"]))
def test_what_is_odd_is_answered(run: Run, case: Mapping[str, Any]) -> None:
    code, answered, said = run(case["arguments"], case["given"].encode())
    assert (code, said, len(answered.splitlines())) == (0, "", 1)
    assert json.loads(answered)


def test_a_byte_that_is_no_text_is_answered(run: Run) -> None:
    code, answered, _ = run(["say", "--stdin"], b'{"text": "hei \xff", "id": "1"}\n')
    assert (code, json.loads(answered)["id"]) == (0, "1")


def test_a_line_that_names_nobody_is_not_the_administrator(run: Run) -> None:
    """An empty name is a name: only a line without one is said by who has the machine."""
    _, answered, _ = run(["say", "--stdin"], b'{"text": "/rolle gi planeier Kari", "as": ""}\n')
    assert json.loads(answered)["text"].startswith("Bare administratorer")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with a name")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "plan.txt")
    assert main(["import", str(tmp_path / "plan.txt")]) == 1
