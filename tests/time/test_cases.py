"""Every way of saying a time that stands under cases/ is read as it says there."""

from __future__ import annotations

from typing import Any

import pytest

from bot.time.query import answer
from tests.time.cases import cases, query, said

_ALL = [pytest.param(text, case, id=f"{file}: {text}") for file, text, case in cases()]


@pytest.mark.parametrize(("text", "case"), _ALL)
def test_it_is_read_as_it_is_meant(text: str, case: dict[str, Any]) -> None:
    found = answer(query(text, case))
    assert said(found) in (case["is"] if isinstance(case["is"], list) else [case["is"]])
    if case.get("conflict") != "free":
        other = str(case["conflict"]) if "conflict" in case else None
        assert (found["conflict"], found.get("other")) == (other is not None, other)
    for key in ("precision", "uncertain", "recurring"):
        if case.get(key, "free") != "free":
            assert found[key] == case[key]
    if "repeats" in case:
        assert (found["repeats"] or "none") == case["repeats"]
    if "times" in case:
        assert [moment or "" for moment in found["times"] or []] == case["times"]
