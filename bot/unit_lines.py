"""Schools and kindergartens as lines of text: "Nes skole;skole;Storvik;rektor"."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence

from bot.errors import BadFile
from bot.places import kind_in, leads
from bot.role_keys import place_key
from bot.units import Unit

_COMMENT = "#"
_BETWEEN = (";", "\t", ",")
_COLUMNS = 4
_LONGEST = 120


def units_in_lines(text: str, name: str) -> tuple[Unit, ...]:
    """Return the units of a file, each once: a name, a kind, a municipality and the role that leads it.

    A kind that the name tells may be left out, and so may what follows it. A first line that is no unit is a heading,
    and what begins with # tells nothing. Raises BadFile, with the number of the first line that is none.
    """
    found: dict[tuple[str, str], Unit] = {}
    has_begun = False
    for number, line in enumerate(text.splitlines(), 1):
        for cells in _cells(line):
            unit = _unit(cells)
            key = (place_key(unit.name), place_key(unit.municipality)) if unit else ("", "")
            is_bad = unit is None or found.get(key, unit).kind is not unit.kind
            if is_bad and has_begun:
                raise BadFile("bad_units_line", name=name, number=number, line=line.strip())
            if unit is not None:
                found[key] = unit
            has_begun = True
    if not found:
        raise BadFile("bad_units_empty", name=name)
    return tuple(found.values())


def _cells(line: str) -> Iterator[list[str]]:
    """The cells of a line; nothing where it tells nothing."""
    between = next((mark for mark in _BETWEEN if mark in line), _BETWEEN[0])
    if line.strip() and not line.lstrip().startswith(_COMMENT):
        yield from ([" ".join(cell.split()) for cell in row] for row in csv.reader([line], delimiter=between))


def _unit(cells: Sequence[str]) -> Unit | None:
    name, said, municipality, leader = (*cells, *[""] * _COLUMNS)[:_COLUMNS]
    kind = kind_in(said) if said else kind_in(name)
    if not name or len(name) > _LONGEST or kind is None or any(cells[_COLUMNS:]):
        return None
    return None if leader and not leads(leader, kind) else Unit(id=0, name=name, kind=kind, municipality=municipality)
