"""A few words said when a doubt was just asked about: "torsdag", "9. februar", "hopp over"."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.model import Book, Item, Language
from bot.proposals.weekdays import weekday, with_whole_weekday
from bot.time.reading import Context, read_cell
from bot.understanding.commands import is_skipping, way_to_settle
from bot.understanding.frame import Frame, Intent
from bot.wording import day_to_type, weekday_in_words

_WALK = (Intent.CHECK_DOUBTS, Intent.SKIP_DOUBT, Intent.SETTLE_DOUBT)
_LONGEST = 40


def answer_to_doubt(text: str, language: Language, before: Frame | None, book: Book) -> Frame | None:
    """Return the message as an answer to the doubt that was asked about, or None where it is no such.

    Only what can mean nothing else is one: a day that was offered, or the words of a button.
    """
    item = _asked_about(before, book)
    if item is None or len(text) > _LONGEST:
        return None
    frame = Frame(intent=Intent.SETTLE_DOUBT, language=language)
    if is_skipping(text):
        return replace(frame, intent=Intent.SKIP_DOUBT, argument=item.key)
    day = _offered_day(text, item)
    if day is not None:
        return replace(frame, argument=f"{item.key} {day_to_type(day, language)}")
    return replace(frame, argument=f"{item.key} {text}") if way_to_settle(text) else None


def _asked_about(before: Frame | None, book: Book) -> Item | None:
    if before is None or before.intent not in _WALK or not before.shown:
        return None
    item = book.by_id.get(before.shown[-1])
    return item if item is not None and item.doubts and not item.cancelled else None


def _offered_day(text: str, item: Item) -> date | None:
    """The one of the two days of a doubtful weekday that the words mean."""
    span = item.span
    if span.start is None or span.other is None:
        return None
    meant = [day for day in (span.start, span.other) if _means(text, day)]
    return meant[0] if len(meant) == 1 else None


def _means(text: str, day: date) -> bool:
    bare = text.strip(" .!?")
    if weekday(bare) is not None or bare.casefold() == weekday_in_words(day, Language.EN).casefold():
        names = {weekday(weekday_in_words(day, Language.NB)), weekday_in_words(day, Language.EN).casefold()}
        return (weekday(bare) or bare.casefold()) in names
    context = Context(reference=day, month=day.month, year=day.year)
    when = read_cell(with_whole_weekday(text.strip(" !?")), context)
    return when is not None and when.start == when.end == day and not when.conflict
