"""The plans of plans.toml in a store."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.history import Author
from bot.messages import Sender
from bot.model import Doubt, Entry, Kind, Language, Platform, Precision, ProposedPlan, Span
from bot.ports import Store
from bot.proposals.revision import Revision
from bot.terms import Saying, Tells, Term

OSLO = ZoneInfo("Europe/Oslo")
HERE = Path(__file__).parent


def take_in_plans(store: Store) -> None:
    """Take in every plan, by the local administrator."""
    sender = Sender(platform=Platform.COMMAND_LINE)
    author = Author(person=store.people.record(sender), platform=sender.platform, at=datetime(2026, 8, 1, tzinfo=OSLO))
    for plan in tomllib.loads((HERE / "plans.toml").read_text("utf-8"))["plan"]:
        entries = tuple(replace(entry, source=f"rad {row}") for row, entry in enumerate(entries_of(plan), 1))
        first, last = plan["period"]
        proposed = ProposedPlan(
            title=plan["title"],
            organisation=plan["organisation"],
            language=Language(plan["language"]),
            period_start=first,
            period_end=last,
            reservation=plan.get("reservation"),
            entries=entries,
            terms=tuple(map(a_term, plan.get("term", ()))),
        )
        store.plans.take_in(proposed, Revision(plan=None, added=entries), author)


def entries_of(plan: Mapping[str, Any]) -> Iterator[Entry]:
    for title, days in plan.get("meetings", {}).items():
        for day in days:
            span = Span(start=day, end=day, precision=Precision.DAY, text=f"{day.day}.")
            yield Entry(kind=Kind.EVENT, title=title, span=span)
    yield from map(an_entry, plan["entry"])


def a_term(said: Mapping[str, Any]) -> Term:
    sayings = tuple(
        Saying(text=text, tells=(Tells(tells),), source=f"rad {row}") for tells, row, text in said.get("says", ())
    )
    return Term(name=said["name"], stands_for=said.get("stands_for"), sayings=sayings)


def an_entry(said: Mapping[str, Any]) -> Entry:
    """Return the entry that a table says; `day` is both its first and its last."""
    day, (opens, closes) = said.get("day"), said.get("time", (None, None))
    span = Span(
        start=said.get("start", day),
        end=said.get("end", day),
        precision=Precision(said.get("precision", "day" if day else "none")),
        text=said.get("text"),
        other=said.get("other"),
        uncertain="other" in said,
    )
    lists = {name: tuple(said.get(name, ())) for name in ("responsible", "audience", "milestones")}
    texts = {name: said.get(name) for name in ("location", "resources", "goal", "area", "region", "comment")}
    return Entry(
        kind=Kind(said["kind"]),
        title=said["title"],
        span=span,
        time_start=opens,
        time_end=closes,
        doubts=tuple(Doubt(doubt) for doubt in said.get("doubts", ())),
        **lists,
        **texts,
    )
