"""A document's running text in excerpts, each with the heading it stands under."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.documents.document import Document, Heading, Paragraph, Place, Table
from bot.excerpts import Excerpt
from bot.proposals.lexicon import fold, word_set

# What a plan has at most of them; a stranger's file may have any number.
_MOST = 1_500
_MOST_SIGNS = 300_000
_LONGEST, _LONGEST_HEADING = 1_200, 160
_FEW_WORDS = 8
_SHORTEST = 3  # words; less says nothing by itself
# A line of a table of contents ends in the number of a page.
_CONTENTS = re.compile(r"(?:\.{3,}|\t|\s{2,})\s*\d{1,3}$|^\d+(?:\.\d+)*\.?\s.*\s\d{1,3}$")
_ENDS_A_SENTENCE = (".", "!", "?", ";", ",")
_JOINT, _LISTED = " – ", "; "
_LONGEST_LISTED = 20  # words of a line that stands in a list


def excerpts_of(document: Document) -> tuple[Excerpt, ...]:
    """Return what a document says in running text, in reading order; what is struck through is left out."""
    found: list[Excerpt] = []
    signs = 0
    for excerpt in _excerpts(document):
        signs += len(excerpt.text)
        if len(found) >= _MOST or signs > _MOST_SIGNS:
            break
        found.append(excerpt)
    return tuple(found)


def _excerpts(document: Document) -> Iterator[Excerpt]:
    above = _Above()
    lines: list[Paragraph] = []
    for block in document.blocks:
        if lines and not (isinstance(block, Paragraph) and block.bullet):
            yield from _joined(lines, above)
            lines = []
        if isinstance(block, Table):
            yield from _rows(block, above)
        elif isinstance(block, Heading) or _is_heading(block):
            above.take(block)
        elif not block.is_struck:
            lines.append(block)
    yield from _joined(lines, above)


@dataclass(slots=True)
class _Above:
    """What stands over a text: the heading, and the line that leads to it ("Møtearenaer:")."""

    heading: str | None = None
    lead: str | None = None

    def take(self, block: Heading | Paragraph) -> None:
        if block.text.endswith(":") and self.heading:
            self.lead = block.text.rstrip(" :")
        else:
            self.heading, self.lead = block.text, None

    def over(self, more: str | None = None) -> str | None:
        return _JOINT.join(filter(None, (self.heading, self.lead, more)))[:_LONGEST_HEADING] or None

    @property
    def is_contents(self) -> bool:
        return fold(self.heading or "").strip(" .:") in word_set("plans", "excerpts", "contents")


def _is_heading(line: Paragraph) -> bool:
    """Whether a line may be a heading, though nothing but its length says so."""
    is_short = len(line.text.split()) <= _FEW_WORDS and not line.text.endswith(_ENDS_A_SENTENCE)
    return is_short and not line.bullet and not line.is_struck


def _joined(lines: list[Paragraph], above: _Above) -> Iterator[Excerpt]:
    """A paragraph, with the list that follows it where it has one."""
    if lines:
        rest = _LISTED.join(line.text.rstrip(" ;,") for line in lines[1:])
        joint = _LISTED if lines[0].bullet and rest else " "
        yield from _excerpt(f"{lines[0].text}{joint}{rest}", above, lines[0].place)


def _rows(table: Table, above: _Above) -> Iterator[Excerpt]:
    """The lines of the cells; what is short in the first cell stands over the others of its row."""
    for row in table.rows:
        cells = [cell for cell in row.cells if not cell.continues and cell.text]
        label = cells[0].text if len(cells) > 1 and len(cells[0].text.split()) <= _FEW_WORDS else None
        for cell in cells[1:] if label else cells:
            lines = [line.text for line in cell.paragraphs if not line.is_struck]
            is_list = len(lines) > 1 and all(len(line.split()) <= _LONGEST_LISTED for line in lines)
            for text in [_LISTED.join(lines)] if is_list else lines:
                yield from _excerpt(text, above, row.place, label)


def _excerpt(text: str, above: _Above, place: Place, label: str | None = None) -> Iterator[Excerpt]:
    said, heading = text.strip(), above.over(label)
    if above.is_contents or _CONTENTS.search(said):
        return
    if said and (label or above.lead or len(said.split()) >= _SHORTEST):
        yield Excerpt(text=said[:_LONGEST], heading=heading, source=place.words, source_line=place.line)
