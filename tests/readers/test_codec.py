"""A plan comes back from JSON as it was, and nothing else comes back as one."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from bot.model import ProposedPlan
from bot.proposals.codec import NoPlan, plan_from_bytes, plan_to_bytes

PLAN = json.loads(plan_to_bytes(ProposedPlan(title="Plan")))
JSON = some.recursive(
    some.none() | some.booleans() | some.integers() | some.text(max_size=5),
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=60)
@given(some.from_type(ProposedPlan))
def test_any_plan_comes_back_as_it_was(plan: ProposedPlan) -> None:
    assert plan_from_bytes(plan_to_bytes(plan)) == plan


@settings(deadline=None)
@given(some.sampled_from(sorted(PLAN)), JSON)
def test_a_field_of_another_kind_makes_no_plan_of_another_kind(field: str, said: Any) -> None:
    content = json.dumps({**PLAN, field: said}).encode()
    try:
        plan = plan_from_bytes(content)
    except NoPlan:
        return
    assert json.loads(plan_to_bytes(plan)) == {**PLAN, field: said}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b'{"title":"Plan"}',
        b"\xff",
        b"[" * 100_000,
        json.dumps({**PLAN, "more": 1}).encode(),
        json.dumps({**PLAN, "title": 1}).encode(),
        json.dumps({**PLAN, "period_start": "2023-02-30"}).encode(),
        json.dumps({**PLAN, "language": "sv"}).encode(),
        json.dumps({**PLAN, "entries": [{}]}).encode(),
        json.dumps({**PLAN, "entries": {"0": {}}}).encode(),
        json.dumps({**PLAN, "terms": [{"name": "SUT"}]}).encode(),
        json.dumps({**PLAN, "terms": [{"name": "SUT", "stands_for": 1, "sayings": []}]}).encode(),
        json.dumps({**PLAN, "terms": [{"name": "SUT", "stands_for": None, "sayings": [{"text": "SUT"}]}]}).encode(),
        json.dumps({name: said for name, said in PLAN.items() if name != "terms"}).encode(),
        json.dumps({**PLAN, "excerpts": [{"text": 1, "heading": None, "source": None, "source_line": None}]}).encode(),
    ],
)
def test_what_is_no_plan_is_said_to_be_none(content: bytes) -> None:
    with pytest.raises(NoPlan):
        plan_from_bytes(content)
