"""`planvakt calendar`: the school calendar told, listed and removed."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from bot.answers.breaks import erased, told_of, written, years_of
from bot.answers.facts import Facts
from bot.breaks import SchoolBreak
from bot.documents.encodings import decode
from bot.errors import BadDate, NotAllowed
from bot.history import Author
from bot.model import Language
from bot.permissions import may_administer
from bot.ports import Store
from bot.render import render
from bot.school_calendar import school_calendar
from bot.time.reading import Context
from bot.understanding.break_lines import breaks_in_lines
from bot.understanding.breaks import Named, breaks_said, read_named
from handlers.bootstrap import Installation, installation
from handlers.clock import years
from handlers.command_line.authors import author_of
from handlers.command_line.lists import content_of
from handlers.contract import Json


def set_break(chosen: argparse.Namespace) -> int:
    """Write when a break is."""
    with _acting(chosen) as (running, store, author):
        named = _named(chosen)
        _write(running, store, author, breaks_said(named.name, chosen.when, _context(running, chosen)))
    return 0


def import_breaks(chosen: argparse.Namespace) -> int:
    """Write all breaks of a file, or none where a line of it cannot be read."""
    with _acting(chosen) as (running, store, author):
        name = Path(chosen.file).name
        text = decode(content_of(Path(chosen.file)), name)
        _write(running, store, author, breaks_in_lines(text, name, _context(running, chosen)))
    return 0


def remove_break(chosen: argparse.Namespace) -> int:
    """Erase what was told of a break: on some days, or in the newest school year that it was told of."""
    with _acting(chosen) as (running, store, author):
        named = Named(name=_named(chosen).name, behind=chosen.when or "")
        gone = told_of(store.plans.book(), named, _context(running, chosen))
        _print(running, erased(gone, store.breaks.erase(gone, author)))
    return 0


def list_breaks(chosen: argparse.Namespace) -> int:
    """Print when the breaks are, and who says so."""
    with installation() as running:
        told = years_of(school_calendar(running.database.of(chosen.organisation).plans.book()).told)
        if chosen.json:
            rows: list[Json] = [
                {
                    "name": one.days.name,
                    "school_year": f"{year.first}/{year.first + 1}",
                    "start": one.days.first.isoformat(),
                    "end": one.days.last.isoformat(),
                    "plan": one.plan.title if one.plan else None,
                    "disputed": one.days.name in year.disputed,
                }
                for year in told
                for one in year.told
            ]
            print(json.dumps(rows, ensure_ascii=False, indent=1))
        else:
            _print(running, Facts(template="breaks", values={"years": told, "name": None, "may_tell": False}))
    return 0


@contextmanager
def _acting(chosen: argparse.Namespace) -> Iterator[tuple[Installation, Store, Author]]:
    """Somebody who may change the calendar. Raises NotAllowed."""
    with installation() as running:
        store = running.database.of(chosen.organisation)
        author = author_of(running, store, chosen.person)
        if not may_administer(author.person, None, store.plans.book()):
            raise NotAllowed("break_not_allowed")
        yield running, store, author


def _write(running: Installation, store: Store, author: Author, told: tuple[SchoolBreak, ...]) -> None:
    _print(running, written(told, store.breaks.write(told, author)))


def _print(running: Installation, facts: Facts) -> None:
    print(render(facts, "calendar", Language.NB, running.now().date()).text)


def _named(chosen: argparse.Namespace) -> Named:
    named = read_named(chosen.name)
    if named is None or named.behind:
        raise BadDate("no_such_break", words=chosen.name, says='planvakt calendar set vinterferie "uke 9"')
    return named


def _context(running: Installation, chosen: argparse.Namespace) -> Context:
    """Today, and the school year or the year that `--year` names. Raises BadDate where it names none."""
    today = Context(reference=running.now().date())
    if chosen.year is None:
        return today
    first, last = years(chosen.year)
    if first.year == last.year:
        return replace(today, year=first.year)
    return replace(today, school_year=f"{first.year}/{last.year}")
