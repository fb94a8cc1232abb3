"""Boxes side by side, each with a month or a quarter on top and what happens in it below: a wheel drawn as a table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.documents.document import Paragraph
from bot.model import Precision
from bot.proposals.grid import GridCell, GridRow
from bot.proposals.slots import slot_of
from bot.proposals.surroundings import Surroundings, school_year

_SOME_YEAR = school_year(date(2015, 8, 1))
_LEAST = 2
_MOST = 0.7
_VAGUE = (Precision.MONTH, Precision.WEEK, Precision.SEASON, Precision.RANGE)


def boxes_in(rows: Sequence[GridRow]) -> tuple[Paragraph, ...]:
    """Return the lines of the boxes, one box after another in the order of the rows; nothing where there are none."""
    cells = [cell for row in rows for _, cell in sorted(row.filled())]
    boxes = [cell for cell in cells if len(cell.paragraphs) > 1 and _is_time(cell)]
    if len(boxes) < _LEAST or len(boxes) < len(cells) * _MOST:
        return ()
    return tuple(line for cell in cells for line in cell.paragraphs)


def _is_time(cell: GridCell) -> bool:
    """Whether a box begins with a month, a week or a quarter, whatever the year."""
    slot = slot_of(cell.paragraphs[0].text, Surroundings.of_plan(_SOME_YEAR))
    return not cell.paragraphs[0].bullet and slot is not None and slot.span.precision in _VAGUE
