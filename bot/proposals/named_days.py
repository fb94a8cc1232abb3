"""Days that stand as lines below what they are: "Planleggingsdager", then a day a line."""

from __future__ import annotations

from collections.abc import Sequence

from bot.documents.document import Heading, Paragraph
from bot.proposals.kinds import names_event
from bot.proposals.slots import Slot, slots_in
from bot.proposals.surroundings import Surroundings

_LONGEST = 60
_LEAST = 2


def days_below(blocks: Sequence[Heading | Paragraph], at: int, around: Surroundings) -> tuple[Slot, ...]:
    """Return the days on the lines below a short line that names an event; none where fewer than two lines are days."""
    title = blocks[at].text
    if len(title) > _LONGEST or not names_event(title) or any(map(str.isdigit, title)):
        return ()
    found: list[Slot] = []
    for block in blocks[at + 1 :]:
        timed = slots_in(block.text, around)
        if timed.words or len(timed.slots) != 1 or not timed.slots[0].is_exact:
            break
        found.extend(timed.slots)
    return tuple(found) if len(found) >= _LEAST else ()
