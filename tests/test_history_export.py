"""`planvakt history`: who did what, oldest first, as JSON and as cells."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from handlers.cli import main


def test_each_act_is_told_once_and_no_cell_is_a_formula(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PLANVAKT_DATABASE_URL", f"sqlite:///{tmp_path / 'plans.db'}")
    plan = tmp_path / "plan.md"
    plan.write_text("# Handlingsplan for Eika skole 2025/2026\n\n- 14. mars 2026: Fagdag om lesing\n", "utf-8")
    assert main(["import", str(plan), "--json"]) == 0
    key = json.loads(capsys.readouterr().out)["items"][0]["key"]
    for _ in range(2):
        assert main(["say", f"/tiltak ferdig {key} =1+1", "--at", "2026-03-15T09:00"]) == 0
    capsys.readouterr()

    assert main(["history", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    marked = [(row["subject"], row["field"], row["from"], row["to"]) for row in rows if row["subject"] == key]
    assert marked == [(key, "status", "open", "done"), (key, "note", None, "=1+1")]
    assert main(["history", "--csv", "--plan", key.rpartition("-")[0]]) == 0
    cells = list(csv.reader(io.StringIO(capsys.readouterr().out)))
    assert cells[0][:3] == ["id", "step", "at"]
    assert cells[-1][5:9] == [key, "note", "", "'=1+1"]


def test_what_is_left_out_and_comes_back_has_its_key_and_its_mark(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PLANVAKT_DATABASE_URL", f"sqlite:///{tmp_path / 'plans.db'}")
    first = "# Handlingsplan for Eika skole 2025/2026\n\n- 3. mars 2026: Foreldremøte\n"
    whole = first + "- 14. mars 2026: Fagdag om lesing\n"
    path = tmp_path / "plan.md"
    seen = []
    for text in (whole, first, whole):
        path.write_text(text, "utf-8")
        assert main(["import", str(path), "--json"]) == 0
        items = json.loads(capsys.readouterr().out)["items"]
        seen.append([(item["key"], item["status"]) for item in items])
        if len(seen) == 1:
            assert main(["say", f"/tiltak ferdig {items[1]['key']}", "--at", "2026-03-15T09:00"]) == 0
            capsys.readouterr()
    assert [len(items) for items in seen] == [2, 1, 2]
    assert seen[2][1] == (seen[0][1][0], "done")
    assert main(["say", "/plan angre", "--at", "2026-03-16T09:00"]) == 0
    capsys.readouterr()
    assert main(["items", "--json"]) == 0
    assert [item["key"] for item in json.loads(capsys.readouterr().out)] == [seen[0][0][0]]
