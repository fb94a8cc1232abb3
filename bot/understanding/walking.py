"""A few words said when a doubt was just asked about: "torsdag", "9. februar", "hopp over"."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.model import Book, Item, Language
from bot.proposals.weekdays import weekday, with_whole_weekday
from bot.time.reading import Context, read_cell
from bot.understanding.commands import is_skipping, way_to_settle
from bot.understanding.frame import Frame, Intent
from bot.understanding.short_answers import without_answering
from bot.understanding.subject import WHY
from bot.wording import day_to_type, weekday_in_words

_WALK = (Intent.CHECK_DOUBTS, Intent.SKIP_DOUBT, Intent.SETTLE_DOUBT)
_LONGEST = 40


def answer_to_doubt(text: str, language: Language, before: Frame | None, book: Book) -> Frame | None:
    """Return the message as an answer to the doubt that was asked about, or None where it is no such.

    Only what can mean nothing else is one: a day that was offered, or the words of a button.
    """
    if before is None or len(text) > _LONGEST:
        return None
    text = without_answering(text)
    item = _asked_about(before, book) or _told_of(text, before, book)
    if item is None:
        return None
    frame = Frame(intent=Intent.SETTLE_DOUBT, language=language)
    if is_skipping(text):
        return replace(frame, intent=Intent.SKIP_DOUBT, argument=item.key)
    day = _offered_day(text, item)
    if day is not None:
        return replace(frame, argument=f"{item.key} {day_to_type(day, language)}")
    return replace(frame, argument=f"{item.key} {text}") if way_to_settle(text) else None


def _told_of(text: str, before: Frame, book: Book) -> Item | None:
    """The one of several that were told to be doubtful whose day the words are."""
    if before.intent is not Intent.CONFLICTS or before.state == "collide":
        return None
    shown = [book.by_id[number] for number in before.shown if number in book.by_id]
    meant = [item for item in shown if item.doubts and not item.cancelled and _offered_day(text, item)]
    return meant[0] if len(meant) == 1 else None


def _asked_about(before: Frame, book: Book) -> Item | None:
    """The item whose doubt was asked about: the last one shown, or the one that was asked why it is in doubt."""
    is_why = before.intent is Intent.CONFLICTS and before.state == WHY and len(before.shown) == 1
    if (before.intent not in _WALK and not is_why) or not before.shown:
        return None
    item = book.by_id.get(before.shown[-1])
    return item if item is not None and item.doubts and not item.cancelled else None


def _offered_day(text: str, item: Item) -> date | None:
    """The one of the two days of a doubtful weekday that the words mean."""
    span = item.span
    if span.start is None or span.other is None:
        return None
    meant = [day for day in (span.start, span.other) if means_day(text, day)]
    return meant[0] if len(meant) == 1 else None


def means_day(text: str, day: date) -> bool:
    """Whether the words are that day, or its weekday alone."""
    bare = text.strip(" .!?")
    if weekday(bare) is not None or bare.casefold() == weekday_in_words(day, Language.EN).casefold():
        names = {weekday(weekday_in_words(day, Language.NB)), weekday_in_words(day, Language.EN).casefold()}
        return (weekday(bare) or bare.casefold()) in names
    context = Context(reference=day, month=day.month, year=day.year)
    when = read_cell(with_whole_weekday(text.strip(" !?")), context)
    return when is not None and when.start == when.end == day and not when.conflict
