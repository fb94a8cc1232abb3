"""`planvakt history`: the append-only history, to be kept or looked through elsewhere."""

from __future__ import annotations

import argparse
import csv
import json
import sys

from bot.history import HistoryEntry
from bot.importing import plan_named
from handlers.bootstrap import installation
from handlers.contract import Json

COLUMNS = ("id", "step", "at", "by", "platform", "subject", "field", "from", "to", "undoes")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def export_history(chosen: argparse.Namespace) -> int:
    """Print who did what, when and from where, oldest first; what one plan is about where it is named."""
    with installation() as running:
        store = running.database.of(chosen.organisation)
        entries = reversed(store.history.everything())
        plan = plan_named(store.plans.book(), chosen.plan) if chosen.plan else None
        rows = [_row(entry) for entry in entries if plan is None or _is_of(entry, plan.short)]
    if chosen.json:
        print(json.dumps(rows, ensure_ascii=False, indent=1))
        return 0
    writer = csv.writer(sys.stdout, delimiter="," if chosen.csv else "\t", lineterminator="\n")
    if chosen.csv:
        writer.writerow(COLUMNS)
    writer.writerows([_cell(row[name]) for name in COLUMNS] for row in rows)
    return 0


def _row(entry: HistoryEntry) -> dict[str, Json]:
    return {
        "id": entry.id,
        "step": entry.step,
        "at": entry.at.isoformat(),
        "by": entry.by.name,
        "platform": entry.platform,
        "subject": entry.subject,
        "field": entry.field,
        "from": entry.before,
        "to": entry.after,
        "undoes": entry.undoes,
    }


def _is_of(entry: HistoryEntry, short: str) -> bool:
    """Whether it is about the plan itself, or an item of it, whose key begins with the plan's short name."""
    return entry.subject == short or (entry.item_id is not None and entry.subject.rpartition("-")[0] == short)


def _cell(value: Json) -> str:
    """A cell that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
