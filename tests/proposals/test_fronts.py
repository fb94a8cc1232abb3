"""The title, the owner and the period of a plan are read from its first lines and the edges of its pages."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.documents.reader import read
from bot.proposals.owner import in_small_letters, is_organisation
from bot.proposals.plan import propose

CASES = tomllib.loads((Path(__file__).parent / "fronts.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["title"])
def test_a_plan_says_what_it_is_called_whose_it_is_and_for_when(case: dict[str, Any]) -> None:
    document = replace(read("\n".join(case["lines"]).encode(), "plan.md"), edges=tuple(case.get("edges", ())))
    plan = propose(document)
    assert plan.title == case["title"]
    assert plan.organisation == case.get("organisation")
    assert [plan.period_start, plan.period_end] == case.get("period", [None, None])


@pytest.mark.parametrize("line", ["Leirvik kommune, oppvekst og kultur", "Bydel Nordlia", "DALEN SKOLE"])
def test_a_line_that_begins_with_an_owner_is_no_title(line: str) -> None:
    assert is_organisation(line)


@pytest.mark.parametrize("line", ["Møteplan for Dalen skole", "Møter høsten 2023, Lia barnehage", "Private barnehager"])
def test_a_line_that_only_mentions_an_owner_may_be_a_title(line: str) -> None:
    assert not is_organisation(line)


def test_a_name_in_capitals_is_told_in_the_letters_names_are_written_in() -> None:
    assert in_small_letters("REGIONKONTORET FOR YTRE FJORD OG ØYANE") == "Regionkontoret for Ytre Fjord og Øyane"
    assert in_small_letters("PPT FOR VESTRE DAL") == "PPT for Vestre Dal"
