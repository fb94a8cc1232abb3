"""What a thread is about: the question that lists, beneath those that only ask of what it listed."""

from __future__ import annotations

from dataclasses import replace

from bot.model import Book, Item
from bot.understanding.frame import Frame, Intent

FOLLOWING = "following"
"""The state of a question for what comes after what was shown."""
BESIDE = "beside"
"""The state of a question for what else is on the days of its items."""
WHY = "why"
"""The state of a question for what makes its items doubtful."""

ONE_MEETING = frozenset({Intent.NEXT_OCCURRENCE, Intent.LAST_OCCURRENCE})
ABOUT_ONE = frozenset(
    {Intent.AUDIENCE_OF, Intent.TIME_OR_PLACE_OF, Intent.CONTENT_OF, Intent.RESPONSIBLE_FOR, Intent.SOURCE}
)
LISTS = frozenset(
    {
        Intent.EVENTS_IN_SPAN,
        Intent.LIST_OCCURRENCES,
        Intent.MEASURES_BY_STATUS,
        Intent.COUNT,
        Intent.CONFLICTS,
        Intent.DUTIES_OF_ROLE,
        Intent.MILESTONES,
        Intent.GOALS,
        Intent.MODULES,
    }
)


def is_aside(frame: Frame) -> bool:
    """Whether it leaves the subject as it was: it asks of what was shown, or is a command."""
    if frame.intent not in LISTS | ONE_MEETING | ABOUT_ONE:
        return True
    return frame.earlier is not None and (frame.intent in ABOUT_ONE or frame.state == WHY)


def main_question(before: Frame) -> Frame | None:
    """Return the newest question of the thread that is no aside."""
    return next((frame for frame in before.thread if not is_aside(frame)), None)


def shown_before(before: Frame, book: Book) -> tuple[Item, ...]:
    """Return what the newest answer showed that showed anything, or else offered."""
    for frame in before.thread:
        ids = frame.shown or frame.offered
        items = tuple(book.by_id[number] for number in ids if number in book.by_id)
        if items:
            return items
    return ()


def without_place(question: Frame) -> Frame:
    """Return the question without what hangs on the days of what was shown."""
    if question.state == BESIDE:
        return replace(question, state=None, items=())
    return replace(question, state=None) if question.state == FOLLOWING else question
