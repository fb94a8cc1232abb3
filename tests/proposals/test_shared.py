"""The five real plans, in every format they are in, against what careful readers found in them."""

from __future__ import annotations

import importlib.util
import json
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from handlers.contract import entry_json, plan_json
from handlers.reading import read_plan

SHARED = Path(__file__).parents[3] / "shared"
NAMES = (
    "kultur-for-laering-2020-2021",
    "kuo-2018-2021",
    "ost-finnmark-sepu-2021-2022",
    "sogn-2022",
    "sortland-kibs-2023-2024",
)
DATED, UNDATED, FIELD = 0.98, 0.93, 0.95
FIELDS = ("kind", "responsible", "audience", "time", "precision")

pytestmark = pytest.mark.skipif(
    not (SHARED / "gold" / "score.py").exists(), reason="the real plans lie in ../shared, which is not here"
)


@cache
def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("gold_score", SHARED / "gold" / "score.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def scored(name: str, ending: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The figures of an import, and the lists of what was missed and invented."""
    path = SHARED / "plans" / f"{name}.{ending}"
    plan = read_plan(path.read_bytes(), path.name)
    items = [{**entry_json(entry), "id": str(index)} for index, entry in enumerate(plan.entries)]
    gold = json.loads((SHARED / "gold" / f"{name}.json").read_text("utf-8"))
    return scorer().score(gold, {"file": path.name, "plan": plan_json(plan), "items": items})


@pytest.mark.parametrize("ending", ["txt", "docx"])
@pytest.mark.parametrize("name", NAMES)
def test_what_a_real_plan_holds_is_found_and_nothing_invented(name: str, ending: str) -> None:
    figures, lists = scored(name, ending)
    assert figures["dated"]["f1"] >= DATED, (lists["missed"], lists["spurious"])
    assert figures["undated"]["f1"] >= UNDATED, (lists["missed"], lists["spurious"])


@pytest.mark.parametrize("ending", ["txt", "docx"])
@pytest.mark.parametrize("name", NAMES)
def test_what_a_real_plan_says_of_each_thing_is_read(name: str, ending: str) -> None:
    figures, lists = scored(name, ending)
    for field in FIELDS:
        right = figures["fields"][field]["accuracy_filled"]
        assert right is None or right >= FIELD, (field, lists["wrong_fields"])


@pytest.mark.parametrize("ending", ["txt", "docx"])
@pytest.mark.parametrize("name", NAMES)
def test_wrong_weekdays_placeholders_and_postponements_are_told(name: str, ending: str) -> None:
    figures, lists = scored(name, ending)
    right = figures["fields"]["issues"]["accuracy_filled"]
    assert right in (None, 1.0), [wrong for wrong in lists["wrong_fields"] if "issues" in wrong["fields"]]


@pytest.mark.parametrize("ending", ["txt", "docx"])
@pytest.mark.parametrize("name", NAMES)
def test_title_period_and_standard_of_a_real_plan_are_read(name: str, ending: str) -> None:
    front = scored(name, ending)[0]["plan"]
    assert {field for field, is_right in front.items() if not is_right} <= {"organisation"}


@pytest.mark.parametrize(
    ("name", "ending"),
    [("sogn-2022", "pdf"), ("ost-finnmark-sepu-2021-2022", "pdf"), ("sortland-kibs-2023-2024", "xlsx")],
)
def test_a_real_plan_as_pdf_or_workbook_is_found_and_nothing_invented(name: str, ending: str) -> None:
    figures, lists = scored(name, ending)
    assert figures["dated"]["f1"] >= 0.95, (lists["missed"], lists["spurious"])
    assert ending == "xlsx" or figures["undated"]["f1"] >= 0.85, (lists["missed"], lists["spurious"])
    for field in FIELDS:
        right = figures["fields"][field]["accuracy_filled"]
        assert right is None or right >= 0.90, (field, lists["wrong_fields"])
