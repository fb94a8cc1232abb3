"""Numbers, dates and times come as their cells show them."""

from __future__ import annotations

import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.documents.excel_formats import hides_year, shown

CASES = tomllib.loads((Path(__file__).parent / "formats.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_value_is_shown_as_in_its_cell(case: dict[str, Any]) -> None:
    assert shown(case["value"], case["format"]) == case["shows"]
    assert shown(case["value"], case["format"], with_year=True) == case.get("with_year", case["shows"])
    assert hides_year(case["format"]) == ("with_year" in case)


def test_a_length_of_time_is_hours_and_minutes() -> None:
    assert shown(timedelta(hours=26, minutes=5), "[h]:mm") == "26:05"
