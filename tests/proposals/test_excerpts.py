"""What a document says in running text is kept in excerpts that can be quoted, and no more of it than a plan has."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from bot.documents.reader import read
from bot.excerpts import Excerpt
from bot.proposals.excerpts import excerpts_of

DOCUMENTS = tomllib.loads((Path(__file__).parent / "excerpts.toml").read_text("utf-8"))["document"]


def of(text: str) -> tuple[Excerpt, ...]:
    return excerpts_of(read(text.encode("utf-8"), "plan.md"))


@pytest.mark.parametrize("case", DOCUMENTS)
def test_running_text_is_kept_with_its_heading(case: dict[str, object]) -> None:
    found = of(str(case["text"]))
    assert [[one.text, one.heading, one.source] for one in found] == case["excerpts"]


def test_a_strangers_file_may_have_any_amount_of_text() -> None:
    found = of("\n\n".join(f"Dette er avsnitt nummer {number} om trivsel på skolen." for number in range(4_000)))
    assert len(found) == 1_500
    long = of("\n\n".join(["Alle skal trives. " * 100] * 600))
    assert sum(len(one.text) for one in long) <= 300_000
