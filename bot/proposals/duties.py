"""Who has which duties: tables of roles, and lists below them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.documents.document import Heading, Paragraph
from bot.model import Doubt, Entry
from bot.proposals.columns import Column
from bot.proposals.draft import Draft
from bot.proposals.drafts import entries_of
from bot.proposals.grid import GridRow
from bot.proposals.layout import Columns
from bot.proposals.people import is_groups
from bot.proposals.slots import Slot, slot_found
from bot.proposals.surroundings import Surroundings
from bot.proposals.topics import topics
from bot.time.reading import find

_FEWEST_ROLES, _LONGEST_ROLE = 3, 6
_ACTORS = (Column.ACTOR, Column.WHO, Column.ROLE, Column.RESPONSIBLE, Column.AUDIENCE, Column.TOPIC)


def role_lists(blocks: Sequence[Heading | Paragraph]) -> frozenset[int]:
    """Return the places of headings that each name a role, with a list of what it does below.

    None unless there are three of them: one alone may as well be whom a list is for.
    """
    found = [at for at, block in enumerate(blocks) if _names_role(block) and _has_list(blocks, at)]
    return frozenset(found) if len(found) >= _FEWEST_ROLES else frozenset()


def _names_role(block: Heading | Paragraph) -> bool:
    is_line = isinstance(block, Heading) or (not block.bullet and len(block.text.split()) <= _LONGEST_ROLE)
    return is_line and not block.text.isupper() and is_groups(block.text.rstrip(" :"))


def _has_list(blocks: Sequence[Heading | Paragraph], at: int) -> bool:
    below = blocks[at + 1 : at + 3]
    return len(below) > 1 and all(isinstance(block, Paragraph) and block.bullet > 0 for block in below)


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
