"""Small plans in layouts of many kinds, read whole: each file of plans/ has beside it all that stands in it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from bot.model import Entry, ProposedPlan
from handlers.reading import read_plan

PLANS = Path(__file__).parent / "plans"
LISTS = ("responsible", "audience", "doubts", "milestones")
TEXTS = ("kind", "title", "location", "resources", "goal", "area", "region", "comment", "source")


def said(entry: Entry) -> dict[str, Any]:
    """All that an entry says, in the words of the case files; what it does not say is left out."""
    span = entry.span
    clocks = [clock.strftime("%H:%M") for clock in (entry.time_start, entry.time_end) if clock]
    found: dict[str, Any] = {name: getattr(entry, name) for name in TEXTS}
    found |= {name: getattr(entry, name) for name in LISTS}
    found |= {"text": span.text, "start": span.start, "end": span.end, "other": span.other, "repeats": span.repeats}
    found |= {"times": clocks}
    found |= {"uncertain": span.uncertain, "precision": "" if span.precision == "none" else span.precision}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in found.items() if value}


def front(plan: ProposedPlan) -> dict[str, Any]:
    period = [plan.period_start, plan.period_end] if plan.period_start else None
    found = {"title": plan.title, "organisation": plan.organisation, "period": period, "language": plan.language}
    return {name: value for name, value in {**found, "reservation": plan.reservation}.items() if value}


@pytest.mark.parametrize("path", sorted(PLANS.glob("*.toml")), ids=lambda path: path.stem)
def test_a_plan_is_read_as_a_careful_person_would(path: Path) -> None:
    case = tomllib.loads(path.read_text("utf-8"))
    plan = read_plan((PLANS / case["file"]).read_bytes(), case["file"])
    assert front(plan) == {name: value for name, value in case.items() if name not in ("file", "entry")}
    assert [said(entry) for entry in plan.entries] == case["entry"]
