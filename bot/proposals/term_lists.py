"""Lists and tables of terms: "Forkortelser", "Omgrep", and tables of groups with their members and tasks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.documents.document import Cell, Document, Heading, Paragraph, Place, Row, Table
from bot.proposals.columns import TIMES, exactly
from bot.proposals.lexicon import fold, word_set
from bot.proposals.predicates import tells_of
from bot.proposals.short_names import is_short_name, spelt_out
from bot.terms import Tells

_ENTRY = re.compile(r"^\W{0,3}([^\W_][^:=–\t]{0,58}?)\s*(?:[:=]|\s[–—-])\s+(\S.*)$")
_END_OF_NAME = re.compile(r"[.;(]|\s[–—-]\s")
_MOST_WORDS = 6
_LONGEST_NAME = 60
_LONGEST_FULL = 120
_KINDS: Mapping[str, Tells] = {
    "meaning": Tells.MEANING,
    "members": Tells.MEMBERS,
    "leader": Tells.LEADER,
    "task": Tells.TASK,
}
_Columns = Mapping[int, tuple[str, str]]
"""By column its kind, and its heading as it is written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """What a list says of a term; `stands_for` where that is a full name."""

    name: str
    stands_for: str | None
    text: str
    tells: tuple[Tells, ...]
    place: Place


def listed_terms(document: Document) -> Iterator[Listed]:
    """Yield what the lists of terms say, in reading order."""
    is_list = False
    for block in document.blocks:
        if isinstance(block, Table):
            yield from _of_table(block, is_list=is_list)
        elif isinstance(block, Heading) or is_heading_of_list(block.text):
            is_list = is_heading_of_list(block.text)
        elif is_list and (listed := _of_line(block)) is not None:
            yield listed
        elif not block.bullet:
            is_list = is_list and len(block.text.split()) > _MOST_WORDS


def is_heading_of_list(text: str) -> bool:
    """Whether a line says that what stands below it are short names and words, with what they mean."""
    said = fold(text).split()
    while said and (said[0].isdecimal() or len(said[0]) == 1):
        said = said[1:]
    return bool(said) and " ".join(said) in word_set("terms", "lists", "headings")


def _of_line(line: Paragraph) -> Listed | None:
    """ "SUT – Skoleeiers utviklingsgruppe" """
    found = _ENTRY.match(line.text)
    if found is None or not _is_name(found[1]):
        return None
    return _listed(found[1], found[2], line.text, line.place)


def _of_table(table: Table, *, is_list: bool) -> Iterator[Listed]:
    columns: _Columns | None = {} if is_list else None
    for row in table.rows:
        filled = [cell for cell in row.cells if cell.paragraphs and not cell.continues]
        if (headings := _headings(filled)) is not None:
            columns = headings
        elif len(filled) == 1 and is_heading_of_list(filled[0].text):
            columns = {}
        elif any(exactly(cell.text) in TIMES for cell in filled):
            columns = None
        elif columns is not None:
            yield from _of_row(row, filled, columns)


def _headings(filled: Sequence[Cell]) -> _Columns | None:
    """What the columns hold, where the first one is of names; None where the row is no row of headings for terms."""
    said = [fold(cell.text) for cell in filled]
    if len(said) < 2 or said[0] not in word_set("terms", "columns", "name"):
        return None
    if any(exactly(cell.text) in TIMES for cell in filled):
        return None
    known = {
        cell.column: (kind, cell.text.strip(" :"))
        for cell, text in zip(filled[1:], said[1:], strict=True)
        for kind in _KINDS
        if text in word_set("terms", "columns", kind)
    }
    return {filled[0].column: ("name", ""), **known} if known else None


def _of_row(row: Row, filled: Sequence[Cell], columns: _Columns) -> Iterator[Listed]:
    if len(filled) < 2 or not _is_name(filled[0].text) or (columns and filled[0].column != min(columns)):
        return
    name = filled[0].text
    for cell in filled[1:] if columns else filled[1:2]:
        kind, heading = columns.get(cell.column, ("", "")) if columns else ("meaning", "")
        if kind == "meaning":
            yield _listed(name, cell.text, f"{name}: {cell.text}", row.place)
        elif kind:
            yield _told(name, f"{heading}: {cell.text}", _KINDS[kind], row.place)


def _told(name: str, text: str, tells: Tells, place: Place) -> Listed:
    short, full = next(iter(spelt_out(name)), (name, None))
    return Listed(name=short, stands_for=full, text=text, tells=(tells,), place=place)


def _listed(name: str, text: str, whole: str, place: Place) -> Listed:
    """A short name stands for what comes first in its explanation; of another word that is what it means."""
    short, full = next(iter(spelt_out(name)), (name.strip(' «»"'), None))
    begins = _END_OF_NAME.split(text)[0].strip(" ,")
    if full is None and is_short_name(short) and 0 < len(begins) <= _LONGEST_FULL:
        full = begins
    more = tells_of(text)
    tells = tuple(dict.fromkeys((Tells.MEANING, *(what for what in more if what in (Tells.MEMBERS, Tells.LEADER)))))
    return Listed(name=short, stands_for=full, text=whole, tells=tells, place=place)


def _is_name(text: str) -> bool:
    is_word = text[:1].isalpha() and len(text) <= _LONGEST_NAME and len(text.split()) <= _MOST_WORDS
    return is_word and exactly(text) not in TIMES
