"""What does not add up in a plan is told, and what does is left in peace."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from bot.documents.reader import read
from bot.proposals.plan import propose

LINES = tomllib.loads((Path(__file__).parent / "doubts.toml").read_text("utf-8"))["lines"]


@pytest.mark.parametrize(("line", "doubts"), LINES.items())
def test_a_line_is_in_doubt_where_it_does_not_add_up(line: str, doubts: list[str]) -> None:
    document = read(f"# Møteplan 2023/2024\n\n- {line}\n- Ledermøte 5. mars 2024\n".encode(), "plan.md")
    first, second = propose(document).entries
    assert list(first.doubts) == doubts
    assert not second.doubts
