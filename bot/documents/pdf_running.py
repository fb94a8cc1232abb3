"""What pages repeat at the top and the bottom, and their numbers: no part of what the document says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import TypeAlias

from bot.documents.pdf_lines import Line
from bot.documents.pdf_page import Page

Rows: TypeAlias = "list[list[Line]]"
Key: TypeAlias = tuple[str, int]

# In parts of a page's height: how far from the edge a running line may stand; and how many lines it may be.
_EDGE = 0.13
_LINES = 4
# How far a running line stands from the others at the least: in sizes, and in distances that are usual on its page;
# and the widest of these, in sizes.
_APART = 1.7
_WIDER = 1.3
_WIDEST = 2.0
_MOST = 0.6
_PAGE_NUMBER = re.compile(r"^\W*(?:(?:side|page|s\.|p\.)\s*)?\d{1,3}(?:\s*(?:av|of|/)\s*\d{1,3})?\W*$", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_FIGURES = re.compile(r"\d+")


def without_running(pages: Sequence[Page], rows: Sequence[Rows], *, has_year: bool) -> list[Rows]:
    """Return the lines of each page without those that most pages have in the same place, and page numbers.

    Where nothing else in the document names a year (`has_year`: some table does), what the first page repeats of one
    is kept: it may be the plan's.
    """
    edges = [dict(_edges(page, lines)) for page, lines in zip(pages, rows, strict=True)]
    repeated = _repeated([{_key(row) for row in found.values()} for found in edges])
    left: list[Rows] = []
    for lines, found in zip(rows, edges, strict=True):
        gone = {at for at, row in found.items() if _key(row) in repeated or _is_page_number(row)}
        left.append([row for at, row in enumerate(lines) if at not in gone])
    if not rows or has_year or any(names_year(row) for lines in left for row in lines):
        return left
    return [[row for row in rows[0] if row in left[0] or names_year(row)], *left[1:]]


def _repeated(pages: Sequence[set[Key]]) -> set[Key]:
    """Return what most pages have, and pages that follow each other."""
    said = Counter(key for keys in pages for key in keys)
    in_a_row = Counter(key for before, after in pairwise(pages) for key in before & after)
    return {key for key, count in said.items() if count >= _MOST * (len(pages) - 1) and in_a_row[key] * 2 >= count > 1}


def names_year(row: Iterable[Line]) -> bool:
    """Whether some of the lines have a year in them."""
    return any(_YEAR.search(line.text) for line in row)


def _edges(page: Page, lines: Rows) -> Iterator[tuple[int, list[Line]]]:
    """Yield the first and the last lines of a page that stand near its edges, set apart from what the page says."""
    size = _size(lines)
    # A page full of tables has few lines that stand free, and nothing usual between them.
    apart = max(min(_distance(lines), _WIDEST * size) * _WIDER, _APART * size)
    for order in (range(len(lines)), range(len(lines) - 1, -1, -1)):
        block = list(_set_apart(lines, order, apart))
        if len(block) <= _LINES and all(_is_near_edge(page, lines[at]) for at in block):
            yield from ((at, lines[at]) for at in block)


def _set_apart(lines: Rows, order: Sequence[int], apart: float) -> Iterator[int]:
    """Yield the lines from one edge on up to the first wide distance."""
    yield from order[:1]
    for at, following in pairwise(order):
        if abs(lines[following][0].base - lines[at][0].base) > apart:
            return
        yield following


def _distance(lines: Rows) -> float:
    """Return how far apart the lines of a page stand that are nearer each other than most."""
    found = sorted(after[0].base - before[0].base for before, after in pairwise(lines))
    return found[len(found) // 4] if found else 0.0


def _size(lines: Rows) -> float:
    return median(row[0].size for row in lines) if lines else 0.0


def _is_near_edge(page: Page, row: Sequence[Line]) -> bool:
    return not page.height * _EDGE < row[0].base < page.height * (1 - _EDGE)


def _key(row: Sequence[Line]) -> Key:
    """Return a line's words with any figure for any other, and where it stands: what is repeated stands just there."""
    text = " ".join(line.text for line in row).casefold()
    return _FIGURES.sub("0", text), round(row[0].base)


def _is_page_number(row: Sequence[Line]) -> bool:
    return _PAGE_NUMBER.match(" ".join(line.text for line in row)) is not None
