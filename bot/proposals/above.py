"""What stands above a line at hand: goals and areas, the time of a heading, the week whose days the lines are."""

from __future__ import annotations

from dataclasses import replace

from bot.documents.document import Heading
from bot.proposals.columns import Column
from bot.proposals.lines import leading_time, timed_line, within_day
from bot.proposals.sections import below_heading
from bot.proposals.set_apart import TimedLine
from bot.proposals.slots import Slot, slot_of
from bot.proposals.surroundings import Surroundings
from bot.proposals.weekdays import leading_weekdays, whole_week

_FEW_WORDS = 5


class Above:
    """Follows the headings from the top of the document; `around` is what they come to."""

    def __init__(self, around: Surroundings) -> None:
        self.around = self._outside = around
        self._timed_level: int | None = None
        self._goal_is_outer = False

    def leave(self, heading: Heading) -> None:
        """Let a heading end the time that one of its level or a lower one named: a new sheet, a new chapter."""
        if self._timed_level is not None and heading.level <= self._timed_level:
            outside = self._outside
            self.around = replace(
                self.around,
                section=outside.section,
                section_days=outside.section_days,
                month=outside.month,
                heading=outside.heading,
                is_week=outside.is_week,
            )
            self._timed_level = None
        below = below_heading(heading.text, self.around)
        if (below.section, below.heading) != (self.around.section, self.around.heading):
            self._timed_level = heading.level

    def enter(self, column: Column, title: str) -> None:
        """Go in below a goal or an area; which of them is the outer one is seen from which came first."""
        if column is Column.GOAL:
            self._goal_is_outer = self.around.area is None or self._goal_is_outer
            area = None if self._goal_is_outer else self.around.area
            self.around = replace(self.around, goal=title, area=area, audience=())
        else:
            goal = self.around.goal if self._goal_is_outer else None
            self.around = replace(self.around, area=title, goal=goal, audience=())

    def week_of(self, text: str) -> Surroundings | None:
        """Return what stands around the lines below one that begins with a week or a month and says little else."""
        timed = leading_time(text, self.around)
        if timed is None or len(timed.slots) > 1 or len(timed.text.split()) > _FEW_WORDS:
            return None
        below = self.around.under(timed.slots[0].span.text or "")
        return below if below and below.heading else None

    def on_weekday(self, text: str) -> TimedLine | None:
        """Return a line that begins with a weekday of the week that stands above ("Tirsdag: …")."""
        if not self.around.is_week or not self.around.heading:
            return None
        if rest := whole_week(text):
            own = timed_line(rest, self.around, is_listed=True)
            return own if own and own.text else TimedLine(slots=self.of_heading(), text=rest)
        found = leading_weekdays(text)
        slot = slot_of(f"{self.around.heading} {found[0]}", self.around) if found else None
        if found is None or slot is None or not found[1]:
            return None
        return within_day(slot, found[1], self.around)

    def of_heading(self) -> tuple[Slot, ...]:
        """Return the month or week that stands above."""
        slot = slot_of(self.around.heading, self.around) if self.around.heading else None
        return (slot,) if slot else ()
