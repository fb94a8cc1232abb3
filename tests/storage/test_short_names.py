"""The short names of plans, case by case."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.short_names import short_name

CASES = tomllib.loads((Path(__file__).parent / "short_names.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["says"])
def test_a_plan_gets_a_short_name(case: dict[str, Any]) -> None:
    assert short_name(case["title"], case.get("organisation"), case.get("taken", ())) == case["short"]


@given(title=st.text(), organisation=st.none() | st.text(), taken=st.sets(st.sampled_from(["PLAN", "A", "KIBS"])))
def test_any_title_gets_a_short_name_that_nobody_has(title: str, organisation: str | None, taken: set[str]) -> None:
    short = short_name(title, organisation, taken)
    assert short not in taken
    assert 2 <= len(short) <= 7
    assert short == short.upper()
