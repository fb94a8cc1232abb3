"""Tables of roles: who has which duties."""

from __future__ import annotations

from collections.abc import Iterator

from bot.model import Doubt, Entry
from bot.proposals.columns import Column
from bot.proposals.draft import Draft
from bot.proposals.drafts import entries_of
from bot.proposals.grid import GridRow
from bot.proposals.layout import Columns
from bot.proposals.slots import Slot, slot_found
from bot.proposals.surroundings import Surroundings
from bot.proposals.topics import topics
from bot.time.reading import find

_ACTORS = (Column.ACTOR, Column.WHO, Column.ROLE, Column.RESPONSIBLE, Column.AUDIENCE, Column.TOPIC)


class DutyRows:
    """Reads the rows of a role table; a row without a name goes on with the one above."""

    def __init__(self, columns: Columns, around: Surroundings) -> None:
        self.columns = columns
        self.around = around
        self._actor: tuple[str, ...] = ()
        named = [column for kind in _ACTORS for column in columns.where(kind)]
        self._name_column = named[0] if named else 0

    def entries(self, row: GridRow) -> Iterator[Entry]:
        """Yield each duty of a row."""
        if self._name_column in row.cells and row.text(self._name_column):
            self._actor = (row.text(self._name_column),)
        notes = tuple(
            f"{self.columns.headings.get(column, '')}: {row.text(column)}"
            for column in self.columns.where(Column.ROLE)
            if column != self._name_column and row.text(column)
        )
        for column in self.columns.where(Column.DUTY):
            cell = row.cells.get(column)
            for duty in topics(cell.paragraphs, is_each=True) if cell else ():
                deadline = deadline_in(duty.title, self.around)
                draft = Draft(
                    column=Column.DUTY,
                    around=self.around,
                    slots=(deadline,) if deadline else (),
                    responsible=self._actor,
                    notes=notes,
                )
                yield from entries_of(draft, [duty])


def deadline_in(text: str, around: Surroundings) -> Slot | None:
    """Return the deadline that a sentence names ("innen 15. august hvert år"); other times in it tell no date."""
    founds = [(found, when) for found in find(text) if (when := around.resolve(found.value))]
    comes_back = any(when.recurring for _, when in founds)
    for found, when in founds:
        if when.is_dated and (when.recurring or (when.start is None and when.end)):
            slot = slot_found(when, found.text)
            return slot.doubted(Doubt.RECURRING) if comes_back else slot
    return None
