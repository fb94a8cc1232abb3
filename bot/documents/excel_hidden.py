"""Rows and columns that a sheet hides: those hidden by hand are no part of the plan, those of a filter or a fold are.

A filter that somebody left on, or a group that is folded up, hides what the next person unfolds again.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from posixpath import dirname, join, normpath

_HIDDEN = re.compile(rb'\shidden="(?:1|true)"')
_ROW = re.compile(rb'<(?:\w+:)?row(?=\s)[^<>]*?\shidden="(?:1|true)"[^<>]*>')
_COLUMN = re.compile(rb'<(?:\w+:)?col(?=\s)[^<>]*?\shidden="(?:1|true)"[^<>]*>')
_FOLDED = re.compile(rb'\soutlineLevel="[1-7]"')
_NUMBER = re.compile(rb'\sr="(\d{1,7})"')
_FILTER = re.compile(rb"<((?:\w+:)?)autoFilter\s([^<>]*[^<>/])>(.*?)</\1autoFilter\s*>", re.DOTALL)
_ROWS = re.compile(rb'\bref="\$?[A-Z]{1,3}\$?(\d{1,7}):\$?[A-Z]{1,3}\$?(\d{1,7})"')
_TABLE = re.compile(rb'\sTarget="([^"<>]*/?tables/[^"<>]+\.xml)"', re.IGNORECASE)
_MOST_TABLES = 100


def unfolded(xml: bytes, filtered: list[range]) -> bytes:
    """Return a sheet where rows that a filter hides, and rows and columns that are folded up, are shown."""

    def row(found: re.Match[bytes]) -> bytes:
        number = _NUMBER.search(found[0])
        is_filtered = number is not None and any(int(number[1]) in rows for rows in filtered)
        return _HIDDEN.sub(b"", found[0]) if is_filtered or _FOLDED.search(found[0]) else found[0]

    def column(found: re.Match[bytes]) -> bytes:
        return _HIDDEN.sub(b"", found[0]) if _FOLDED.search(found[0]) else found[0]

    return _COLUMN.sub(column, _ROW.sub(row, xml))


def filtered_rows(archive: zipfile.ZipFile, part: str, xml: bytes) -> list[range]:
    """Return the rows that the filters of a sheet, and of the tables in it, choose from."""
    return [rows for text in (xml, *_tables(archive, part)) for rows in _filters(text)]


def _filters(xml: bytes) -> Iterator[range]:
    for found in _FILTER.finditer(xml):
        rows = _ROWS.search(found[2])
        if rows and b"filterColumn" in found[3]:
            yield range(int(rows[1]), int(rows[2]) + 1)


def _tables(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    folder, name = dirname(part), part.rpartition("/")[2]
    names = set(archive.namelist())
    relations = f"{folder}/_rels/{name}.rels"
    if relations not in names:
        return
    for target in _TABLE.findall(archive.read(relations))[:_MOST_TABLES]:
        path = normpath(join("/", folder, target.decode("utf-8", "replace"))).lstrip("/")
        if path in names:
            yield archive.read(path)
