"""What people say of a digest's settings is read in both standards, and what sets nothing is refused."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from bot.errors import BadDate
from bot.understanding.digest_words import read_settings

CASES = tomllib.loads((Path(__file__).parent / "settings.toml").read_text("utf-8"))["case"]


def said() -> Iterator[tuple[str, Any]]:
    """Each way to say it, with what it sets; None is refused."""
    for case in CASES:
        for number, words in enumerate(case["say"]):
            yield words, None if number in case.get("fails", ()) else case["sets"]


@pytest.mark.parametrize(("words", "sets"), list(said()))
def test_what_is_said_sets(words: str, sets: dict[str, Any] | None) -> None:
    if sets is None:
        with pytest.raises(BadDate):
            read_settings(words)
        return
    read = {name: value for name, value in asdict(read_settings(words)).items() if value is not None}
    assert {name: list(value) if name == "only" else value for name, value in read.items()} == sets
