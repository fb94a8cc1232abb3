"""The cells of one row, each under its heading, and what they say of the things in the row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from bot.documents.document import Paragraph
from bot.model import Doubt, Milestones, Span
from bot.proposals.clocks import clock_times
from bot.proposals.columns import CONTENT, Column, meaning
from bot.proposals.draft import Draft
from bot.proposals.drafts import milestones_in
from bot.proposals.grid import GridCell, GridRow
from bot.proposals.layout import Columns
from bot.proposals.lexicon import fold, word_set, words
from bot.proposals.regions import by_region
from bot.proposals.slots import Slot, slot_of, slots_in
from bot.proposals.surroundings import Surroundings
from bot.proposals.weekdays import leading_weekdays

_LABELLED = (Column.STATUS, Column.ROLE)
_WEEK = 7
_DASHES = " –—-"


class RowCells:
    """A row of a table, asked by what its columns are."""

    def __init__(self, row: GridRow, columns: Columns, around: Surroundings) -> None:
        self.row = row
        self._columns = columns
        self._around = around
        self._cells = self._placed()

    def paragraphs(self, *kinds: Column) -> tuple[Paragraph, ...]:
        """Return what stands in all columns of these kinds, from left to right."""
        return tuple(
            paragraph
            for column in self._columns.where(*kinds)
            if column in self._cells
            for paragraph in self._cells[column].paragraphs
        )

    def own(self, *kinds: Column) -> tuple[Paragraph, ...]:
        """Return the same without what a merged cell says further up."""
        return tuple(
            paragraph
            for column in self._columns.where(*kinds)
            if column in self._cells and not self._cells[column].is_inherited
            for paragraph in self._cells[column].paragraphs
        )

    def text(self, *kinds: Column) -> str:
        return " ".join(paragraph.text for paragraph in self.paragraphs(*kinds))

    def _texts(self, *kinds: Column) -> tuple[str, ...]:
        return tuple(paragraph.text for paragraph in self.paragraphs(*kinds))

    @cached_property
    def content(self) -> tuple[Column, tuple[Paragraph, ...]] | None:
        """What the row is about: the first column of content with words in it."""
        for column in self._columns.where(*self._columns.content):
            if column in self._cells and self._cells[column].paragraphs:
                return self._columns.kinds[column], self._cells[column].paragraphs
        return None

    @property
    def done_by(self) -> tuple[str, ...]:
        """Who does what the row is about, where one heading asks for both: "Hva / hvem" over "Rydde / rektor"."""
        if not self.content or not self._asks_for_both():
            return ()
        return tuple(piece for line in self.content[1] for piece in line.text.split(" / ")[1:])

    def _asks_for_both(self) -> bool:
        heading = next((self._heading(column) for column in self._cells if self._is_content(column)), "")
        parts = heading.split("/")
        return len(parts) > 1 and meaning(parts[-1]) in (Column.WHO, Column.RESPONSIBLE)

    @cached_property
    def week(self) -> str:
        """The week of the row, as a time: "Uke 34", also where the column says only "34"."""
        text = self.text(Column.WEEK)
        if not text or slot_of(text, self._around):
            return text
        heading = next((self._columns.headings.get(column, "") for column in self._columns.where(Column.WEEK)), "")
        return f"{heading.split()[0]} {text}" if heading else text

    @cached_property
    def when(self) -> tuple[Paragraph, ...]:
        """What the row says of its time, the weekday put to the date or the week that it belongs to."""
        said = self._until_last_day(self._said_when()) or self._from_and_until()
        written = self.text(Column.WEEKDAY)
        if not written or len(said) > 1:
            return said or self._weeks()
        weekday = " ".join(leading_weekdays(written) or (written,)).strip()
        before = said[0].text if said else self.week or (self._around.heading if self._around.is_week else "")
        place = said[0].place if said else self.row.first
        for text in (weekday if _has_figure(weekday) else "", f"{weekday} {before}", f"{before} {weekday}"):
            if text and before and slot_of(text, self._around):
                return (Paragraph(text=text, place=place),)
        return said or self._weeks() or (Paragraph(text=written, place=place),)

    def _weeks(self) -> tuple[Paragraph, ...]:
        """Return the weeks of a row that name several: no heading of what follows, but when the row is."""
        slot = slot_of(self.week, self._around) if self.week else None
        if slot is None or slot.span.start is None or slot.span.end is None:
            return ()
        is_several = (slot.span.end - slot.span.start).days >= _WEEK
        return (Paragraph(text=self.week, place=self.row.first),) if is_several else ()

    def _said_when(self) -> tuple[Paragraph, ...]:
        """Return the cells for time; a deadline of the row's own goes before the period that it lies in."""
        columns = [column for column in self._columns.where(Column.WHEN) if self._has(column)]
        own = [column for column in columns if not self._cells[column].is_inherited] or columns
        stems = words("columns", "to_do", "stems")
        deadlines = [column for column in own if any(stem in fold(self._heading(column)) for stem in stems)]
        chosen = deadlines if len(deadlines) == 1 and len(columns) > 1 else own
        return tuple(paragraph for column in chosen for paragraph in self._cells[column].paragraphs)

    def _until_last_day(self, said: tuple[Paragraph, ...]) -> tuple[Paragraph, ...]:
        """Put the last day, that stands in a column of its own, to the first."""
        last = self.text(Column.UNTIL)
        both = f"{said[0].text} – {last}" if len(said) == 1 and last and last != said[0].text else ""
        return (replace(said[0], text=both),) if both and slot_of(both, self._around) else said

    def _from_and_until(self) -> tuple[Paragraph, ...]:
        """Return the first and the last day, that stand in columns of their own, as one time."""
        days = dict.fromkeys(text for text in (self.text(Column.FROM), self.text(Column.UNTIL)) if text)
        return (Paragraph(text=" – ".join(days), place=self.row.first),) if days else ()

    @property
    def by_region(self) -> tuple[Slot, ...]:
        """The times of the row that stand in columns of their own, one for each region.

        A cell over several regions is for all of them; an empty one is still to be filled, a dash says that there
        is none. Nothing where no region has a time.
        """
        columns = [column for column in self._columns.where(Column.REGION_TIME) if column in self._cells]
        found = [(column, slots_in(self._cells[column].text, self._around).slots) for column in columns]
        if not any(slots for _, slots in found):
            return ()
        return tuple(slot for column, slots in found for slot in self._of_region(column, slots))

    def _of_region(self, column: int, slots: Sequence[Slot]) -> Iterator[Slot]:
        cell = self._cells[column]
        if cell.width > 1:
            yield from slots
        elif slots:
            yield from (replace(slot, region=self._heading(column)) for slot in slots)
        elif not cell.text or cell.text.strip(_DASHES):
            empty = Slot(span=Span(text=cell.text or None), region=self._heading(column))
            yield empty.doubted(Doubt.PLACEHOLDER_DATE)

    @cached_property
    def listed(self) -> tuple[Paragraph, ...]:
        """The list that stands in the cell for time, under a time that is common to it."""
        said = self.paragraphs(Column.WHEN)
        first = next((index for index, paragraph in enumerate(said) if paragraph.bullet), 0)
        return said[first:] if first and by_region(said, self._around) is None else ()

    def draft(self, kind: Column, around: Surroundings) -> Draft:
        """Return what the row says of everything in it, but for when."""
        other_content = [column for column in self._columns.where(*CONTENT) if not self._is_content(column)]
        notes = [f"{self._heading(column)}: {self._cells[column].text}" for column in self._labelled()]
        notes += [self._cells[column].text for column in other_content if self._has(column)]
        return Draft(
            column=kind,
            around=around,
            responsible=(*self._texts(Column.RESPONSIBLE), *self.done_by),
            audience=self._texts(Column.AUDIENCE),
            remarks=(*self._clock(), *self._remarks()),
            notes=tuple(note.removeprefix(": ") for note in notes),
            resources="; ".join(self._texts(Column.RESOURCES)) or None,
            places=self._texts(Column.PLACE),
            region=self.text(Column.REGION) or None,
            milestones=self._milestones(),
        )

    def _has(self, column: int) -> bool:
        return column in self._cells and bool(self._cells[column].paragraphs)

    def _is_content(self, column: int) -> bool:
        return self.content is not None and self._has(column) and self._cells[column].paragraphs is self.content[1]

    def _clock(self) -> Iterator[str]:
        """Yield clock times, marked as such: under their heading "09.00" needs no more; from and until are one."""
        said = self._texts(Column.CLOCK)
        sign = words("columns", "clock", "sign")[0]
        marked = [text if clock_times(text)[0] else f"{sign} {text}" for text in said]
        both = f"{sign} {'–'.join(said)}"
        times = clock_times(both)[0]
        yield from (both,) if len(said) == 2 and times and times[1] else marked

    def _labelled(self) -> list[int]:
        """Return the columns whose words need their heading to be understood."""
        special = [column for column in self._columns.where(Column.COMMENT) if not self._is_remark(column)]
        return [column for column in sorted((*self._columns.where(*_LABELLED), *special)) if self._has(column)]

    def _is_remark(self, column: int) -> bool:
        """Whether anything may stand in a column: "Kommentar", "Merknad", or no heading at all."""
        heading = fold(self._heading(column))
        return not heading or heading in word_set("columns", "comment", "anything")

    @property
    def remarks(self) -> tuple[Paragraph, ...]:
        """What stands in the columns for clock times and remarks: all that a row without content says."""
        return self.paragraphs(Column.CLOCK, Column.COMMENT)

    def _remarks(self) -> Iterator[str]:
        for column in self._columns.where(Column.COMMENT):
            if self._has(column) and self._is_remark(column):
                yield from (paragraph.text for paragraph in self._cells[column].paragraphs)

    def _heading(self, column: int) -> str:
        return self._columns.headings.get(column, "")

    def _milestones(self) -> Milestones:
        text = self.text(Column.MILESTONE)
        return milestones_in(text) if text and self._columns.has(*CONTENT) else ()

    def _placed(self) -> Mapping[int, GridCell]:
        """Return the cells by column. Where a cell for time holds more than a time, it was merged with those beside it:

        then the cells behind it stand at the row's end, under the last headings, though the file may have them
        further left.
        """
        cells = dict(self.row.cells)
        whens = self._columns.where(Column.WHEN)
        if not whens or whens[0] not in cells or any(cell.width > 1 for cell in cells.values()):
            return cells
        last = max(self._columns.kinds)
        behind = [cells[column] for column in sorted(cells) if column > whens[0]]
        while behind and not behind[-1].paragraphs:
            behind.pop()
        if len(behind) >= last - whens[0] or not self._is_more_than_time(cells[whens[0]]):
            return cells
        kept = {column: cell for column, cell in cells.items() if column <= whens[0]}
        return kept | {last - len(behind) + 1 + index: cell for index, cell in enumerate(behind)}

    def _is_more_than_time(self, cell: GridCell) -> bool:
        if slot_of(cell.text, self._around) or by_region(cell.paragraphs, self._around):
            return False
        return any(paragraph.bullet for paragraph in cell.paragraphs)


def _has_figure(text: str) -> bool:
    return any(map(str.isdigit, text))
