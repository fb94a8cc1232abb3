"""A plan in a database, for tests that go all the way with the real core."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.history import Author
from bot.messages import Sender
from bot.model import Entry, Kind, Platform, Precision, ProposedPlan, Span
from bot.proposals.revision import Revision
from storage.database import Database
from storage.engine import address, make_engine
from storage.rows import Row

TITLE = "Hemmeligheim fagdag"
DAY = date(2023, 9, 7)


def planned(folder: Path, *organisations: str | None) -> Database:
    """A database whose organisations have a plan with a day and a measure; Kari is the administrator in Slack."""
    found = Database(f"sqlite:///{folder / 'plan.db'}", administrators=("T0PLAN:U0KARI",))
    span = Span(start=DAY, end=DAY, precision=Precision.DAY, text="7. september")
    entries = (
        Entry(kind=Kind.EVENT, title=TITLE, span=span, responsible=("Rektor",)),
        Entry(kind=Kind.MEASURE, title="Lesekurs", responsible=("Rektor",)),
    )
    plan = ProposedPlan(
        title="Plan for skolene", period_start=date(2023, 8, 1), period_end=date(2024, 7, 31), entries=entries
    )
    for organisation in organisations or (None,):
        store = found.of(organisation)
        owner = store.people.record(Sender(platform=Platform.COMMAND_LINE))
        author = Author(person=owner, platform=Platform.COMMAND_LINE, at=datetime(2023, 8, 1, tzinfo=ZoneInfo("UTC")))
        store.plans.take_in(plan, Revision(plan=None, added=plan.entries), author)
    return found


def rows(folder: Path, *tables: str, file: str = "plan.db") -> dict[str, list[tuple[object, ...]]]:
    """What stands in the database, table by table; in those named, or all."""
    engine = make_engine(address(f"sqlite:///{folder / file}"))
    with engine.connect() as connection:
        found = {
            table.name: [tuple(row) for row in connection.execute(table.select())]
            for table in Row.metadata.sorted_tables
            if not tables or table.name in tables
        }
    engine.dispose()
    return found
