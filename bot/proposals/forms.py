"""Forms of two columns, one for each measure: a label on the left, its words on the right."""

from __future__ import annotations

from collections.abc import Sequence

from bot.documents.document import Paragraph
from bot.proposals.columns import exactly
from bot.proposals.grid import GridRow

_LEAST = 2


def is_form(rows: Sequence[GridRow]) -> bool:
    """Whether every row is a known label beside words that are none; headings over columns stand beside each other."""
    labels = {exactly(row.text(min(row.cells))) for row in rows if row.cells}
    if None in labels or len(labels) < _LEAST or any(len(row.cells) > _LEAST for row in rows):
        return False
    return not any(exactly(row.text(max(row.cells))) for row in rows if len(row.cells) == _LEAST)


def form_line(row: GridRow) -> Paragraph | None:
    """Return a row of a form as a line ("Frist: 1. mai"), or None where nothing is filled in."""
    label, words = row.text(min(row.cells)).rstrip(" :"), row.text(max(row.cells))
    if len(row.cells) < _LEAST or not words:
        return None
    return Paragraph(text=f"{label}: {words}", place=row.first)
