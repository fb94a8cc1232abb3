"""`planvakt units`: the schools and kindergartens told from a file, and listed."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from bot.answers.facts import Facts
from bot.documents.encodings import decode
from bot.errors import NotAllowed
from bot.holders import Holding, Role
from bot.model import Book, Language
from bot.permissions import may_administer
from bot.render import render
from bot.unit_lines import units_in_lines
from bot.units import Unit
from handlers.bootstrap import Installation, installation
from handlers.command_line.authors import author_of
from handlers.command_line.lists import content_of


def import_units(chosen: argparse.Namespace) -> int:
    """Write all units of a file, or none where a line of it cannot be read. Raises NotAllowed."""
    with installation() as running:
        store = running.database.of(chosen.organisation)
        author = author_of(running, store, chosen.person)
        if not may_administer(author.person, None, store.plans.book()):
            raise NotAllowed("unit_not_allowed")
        path = Path(chosen.file)
        told = units_in_lines(decode(content_of(path), path.name), path.name)
        new = store.units.add(told, author)
        _print(running, Facts(template="units_imported", values={"new": len(new), "same": len(told) - len(new)}))
    return 0


def list_units(chosen: argparse.Namespace) -> int:
    """Print the units and who leads each."""
    with installation() as running:
        book = running.database.of(chosen.organisation).plans.book()
        if chosen.json:
            rows = [
                {
                    "name": unit.name,
                    "kind": unit.kind,
                    "municipality": unit.municipality or None,
                    "roles": [
                        {"role": role.name, "people": [person.name for person in one.people]}
                        for role, one in _held_in(unit, book)
                    ],
                }
                for unit in book.units
            ]
            print(json.dumps(rows, ensure_ascii=False, indent=1))
        else:
            rows_in_words = [(unit, [(role.name, one) for role, one in _held_in(unit, book)]) for unit in book.units]
            values = {"units": rows_in_words, "kind": None, "is_named": False, "adds": "/rolle enhet"}
            _print(running, Facts(template="units", values=values))
    return 0


def _held_in(unit: Unit, book: Book) -> list[tuple[Role, Holding]]:
    return [(role, one) for role in book.roles for one in role.holdings if one.scope.unit == unit]


def _print(running: Installation, facts: Facts) -> None:
    print(render(facts, "units", Language.NB, running.now().date()).text)
