"""The running text of a document, wherever it stands: headings, paragraphs and the lines of cells, in order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.documents.document import Document, Heading, Paragraph, Place, Table
from bot.proposals.lexicon import fold
from bot.proposals.sentences import whole_sentences

_FEW_WORDS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One paragraph; `is_heading` where it stands over others, `is_listed` in a list, `is_in_cell` in a table."""

    text: str
    place: Place
    is_heading: bool = False
    is_listed: bool = False
    is_in_cell: bool = False

    @property
    def sentences(self) -> tuple[str, ...]:
        return tuple(whole_sentences(self.text))

    @property
    def is_short_line(self) -> bool:
        """Whether it may be a heading, though nothing but its length says so: "Forkortelser:"."""
        is_alone = not self.is_listed and not self.is_in_cell
        return self.is_heading or (is_alone and len(fold(self.text).split()) <= _FEW_WORDS)


def passages(document: Document) -> Iterator[Passage]:
    """Yield every text of a document in reading order; what is struck through is left out."""
    for block in document.blocks:
        if isinstance(block, Table):
            yield from passages_of(block)
        elif isinstance(block, Heading):
            yield Passage(text=block.text, place=block.place, is_heading=True)
        elif not block.is_struck:
            yield _passage(block)


def passages_of(table: Table) -> Iterator[Passage]:
    """Yield the lines of a table's cells."""
    for row in table.rows:
        for cell in row.cells:
            if not cell.continues:
                yield from (_passage(line, is_in_cell=True) for line in cell.paragraphs if not line.is_struck)


def _passage(line: Paragraph, *, is_in_cell: bool = False) -> Passage:
    return Passage(text=line.text, place=line.place, is_listed=line.bullet > 0, is_in_cell=is_in_cell)
