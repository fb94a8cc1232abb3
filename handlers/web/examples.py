"""The example plans and people of the school years around a moment, taken in like any others."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

from bot.breaks import SchoolBreak
from bot.history import Author
from bot.importing import Target, take_in
from bot.messages import Sender
from bot.model import Platform
from bot.ports import Store
from bot.time.reading import Context
from bot.understanding.break_lines import breaks_in_lines
from handlers.reading import read_plan
from handlers.web.school_year import filled_in, school_year_of

FOLDER = Path(__file__).parent / "examples"
ADMINISTRATOR = Sender(platform=Platform.WEB, account="administrator")

# The next school year's plans are there from mid June, the last one's until mid August.
BEFORE, AFTER = timedelta(days=14), timedelta(days=47)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """The people one can be: holders of roles, and somebody whom no table knows."""

    stranger: str
    roles: dict[str, tuple[str, ...]]


@cache
def cast() -> Cast:
    """Return the example people, by name."""
    found = tomllib.loads((FOLDER / "people.toml").read_text("utf-8"))
    roles = {row["name"]: tuple(row["roles"]) for row in found["person"]}
    return Cast(stranger=found["stranger"], roles=roles)


def load_examples(store: Store, now: datetime) -> None:
    """Take in the plans and people around a moment; doing it once more changes nothing."""
    author = Author(person=store.people.record(ADMINISTRATOR), platform=Platform.WEB, at=now)
    for first_year in school_years(now.date()):
        for name, text in plans_of(first_year):
            proposed = read_plan(text.encode("utf-8"), name, None)
            take_in(store, proposed, Target(), author)
        store.breaks.write(breaks_of(first_year), author)
    for name, roles in cast().roles.items():
        # By name, as on a command line: on the web a person is known by a number, which nobody has yet.
        person = store.people.record(Sender(platform=Platform.COMMAND_LINE, name=name))
        for role in roles:
            store.people.give_role(role, None, person, author)


def school_years(today: date) -> tuple[int, ...]:
    """Return the years in which the school years begin that are now, were just now or are soon."""
    return tuple(sorted({school_year_of(day) for day in (today - BEFORE, today, today + AFTER)}))


def breaks_of(first_year: int) -> tuple[SchoolBreak, ...]:
    """Return the school calendar of a school year."""
    file = FOLDER / "breaks.csv"
    first_day = date(first_year, 8, 1)
    context = Context(reference=first_day, school_year=f"{first_year}/{first_year + 1}")
    return breaks_in_lines(file.read_text("utf-8"), file.name, context)


def plans_of(first_year: int) -> Iterator[tuple[str, str]]:
    """Return the file name and the text of each example plan for a school year."""
    for path in sorted(FOLDER.glob("*.txt")):
        yield f"{path.stem}-{first_year}-{first_year + 1}.txt", filled_in(path.read_text("utf-8"), first_year)
