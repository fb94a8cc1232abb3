"""The plans of plans.toml in a store, taken in by the local administrator."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.history import Author
from bot.messages import Sender
from bot.model import Doubt, Entry, Kind, Language, Platform, Precision, ProposedPlan, Span
from bot.ports import Store
from bot.proposals.revision import Revision

TAKEN_IN = datetime(2026, 8, 17, 9, tzinfo=ZoneInfo("Europe/Oslo"))


def take_in_plans(store: Store, file: Path = Path(__file__).parent / "plans.toml") -> None:
    """Take in every plan of the file."""
    sender = Sender(platform=Platform.COMMAND_LINE)
    author = Author(person=store.people.record(sender), platform=sender.platform, at=TAKEN_IN)
    for plan in tomllib.loads(file.read_text("utf-8"))["plan"]:
        entries = tuple(an_entry(said) for said in plan["entry"])
        first, last = plan["period"]
        proposed = ProposedPlan(
            title=plan["title"],
            organisation=plan.get("organisation"),
            language=Language(plan["language"]),
            period_start=first,
            period_end=last,
            entries=entries,
        )
        store.plans.take_in(proposed, Revision(plan=None, added=entries), author)


def an_entry(said: Mapping[str, Any]) -> Entry:
    """Return the entry that a table of the file says; `day` is both its first and its last."""
    day, (opens, closes) = said.get("day"), said.get("time", (None, None))
    return Entry(
        kind=Kind(said["kind"]),
        title=said["title"],
        span=Span(
            start=said.get("start", day),
            end=said.get("end", day),
            precision=Precision(said.get("precision", "day" if day else "none")),
            text=said.get("text"),
            other=said.get("other"),
            uncertain="other" in said or said.get("uncertain", False),
        ),
        time_start=opens,
        time_end=closes,
        responsible=tuple(said.get("responsible", ())),
        audience=tuple(said.get("audience", ())),
        location=said.get("location"),
        area=said.get("area"),
        milestones=tuple(said.get("milestones", ())),
        doubts=tuple(map(Doubt, said.get("doubts", ()))),
    )
