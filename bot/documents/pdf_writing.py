"""What stands on the pages of a PDF, in order, to the blocks of a document."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from bot.documents.document import Block, Heading, Paragraph, Table
from bot.documents.pdf_cuts import put_together
from bot.documents.pdf_habits import Habits
from bot.documents.pdf_joining import paragraphs_of
from bot.documents.pdf_layout import Text, Thing
from bot.documents.pdf_lines import Line
from bot.documents.pdf_places import at_page
from bot.documents.pdf_tables import table_of

# In parts of the usual size: what is a heading.
_LARGER = 1.14
_LONGEST_HEADING = 160
_DEEPEST = 4
_CONTENTS = re.compile(r"(?:\.{3,}|…|(?:\. ){3,}\.?)\s*\d{1,3}$")
_ENDS = ".:;!?"


def blocks_of(things: Sequence[Thing], habits: Habits) -> Iterator[Block]:
    """Yield the blocks; a sentence that goes on in the next column or on the next page is put together."""
    lines = [line for thing in things for column in thing.columns() for line in column]
    sizes = _Sizes(lines)
    before: Block | None = None
    for thing in things:
        for at, block in enumerate(_blocks(thing, habits, sizes)):
            if before and at == 0 and (joined := _gone_on(before, block, habits)):
                before = joined
                continue
            if before:
                yield before
            before = block
    if before:
        yield before


def _gone_on(before: Block, block: Block, habits: Habits) -> Block | None:
    """Return two blocks as one, where the first of a page or column goes on with the last of the one before."""
    if isinstance(before, Table) or isinstance(block, Table) or not block.text[0].islower():
        return None
    if before.text[-1] in _ENDS or (isinstance(block, Paragraph) and block.bullet):
        return None
    joint = "" if before.text[-1] in "-/" else " "
    return replace(before, text=put_together(before.text, block.text, joint, habits))


class _Sizes:
    """How large the signs of a document are: what most of it is set in, and the sizes of its headings."""

    def __init__(self, lines: Iterable[Line]) -> None:
        said: Counter[float] = Counter()
        for line in lines:
            said[round(line.size * 2) / 2] += len(line.text)
        self._usual = said.most_common(1)[0][0] if said else 0.0
        self._larger = sorted((size for size in said if size > self._usual * _LARGER), reverse=True)

    def level(self, line: Line) -> int | None:
        """Return which heading a line is, 1 the largest; None where it is as large as most."""
        size = round(line.size * 2) / 2
        return min(self._larger.index(size) + 1, _DEEPEST) if size in self._larger else None


def _blocks(thing: Thing, habits: Habits, sizes: _Sizes) -> Iterator[Block]:
    if isinstance(thing, Text):
        yield from _text(thing, habits, sizes)
        return
    table = table_of(thing, habits)
    if table.width > 1:
        yield table
    else:
        yield from _cells(table)


def _cells(table: Table) -> Iterator[Paragraph]:
    """Yield what stands in a table with one column: frames around text."""
    return (paragraph for row in table.rows for cell in row.cells for paragraph in cell.paragraphs)


def _text(text: Text, habits: Habits, sizes: _Sizes) -> Iterator[Block]:
    place = at_page(text.page)
    for level, group in groupby(_without_contents(text.lines), key=sizes.level):
        for paragraph in paragraphs_of(list(group), text.right, place, habits):
            if level is None or paragraph.bullet or len(paragraph.text) > _LONGEST_HEADING:
                yield paragraph
            else:
                yield Heading(text=paragraph.text, place=place, level=level)


def _without_contents(lines: Sequence[Line]) -> Sequence[Line]:
    """Leave out a table of contents: from the first line to the last of three or more with dots and a page number."""
    said = [at for at, line in enumerate(lines) if _CONTENTS.search(line.text)]
    return [*lines[: said[0]], *lines[said[-1] + 1 :]] if len(said) >= 3 else lines
