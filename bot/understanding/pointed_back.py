"""A message that points into the list that was shown last, as a frame: "hvor er den andre?", "og det siste?", "ja"."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.errors import NotUnderstood, UnknownBreak
from bot.messages import Period
from bot.model import Book, Item, Language
from bot.school_calendar import seen_from
from bot.understanding.commands import points
from bot.understanding.followup import Turn, is_part
from bot.understanding.frame import Asked, Frame, Intent
from bot.understanding.names import names_of
from bot.understanding.picking import Pick, list_shown, pick_first, pick_in
from bot.understanding.pointing import point
from bot.understanding.question import frame_of
from bot.understanding.sentence import take_apart
from bot.understanding.short_answers import said_yes
from bot.understanding.subject import ABOUT_ONE, ONE_MEETING, WHY

_MARKING = frozenset({Intent.MARK_DONE, Intent.MARK_STARTED})
_ASKS_OF_IT = ABOUT_ONE | ONE_MEETING | {Intent.LIST_OCCURRENCES, Intent.CONFLICTS}


def chosen_words(text: str, language: Language, before: Frame | None, book: Book, today: date) -> str | None:
    """Return the message that was offered to choose from and is meant: "ja", "nummer 2", "den i april"."""
    if before is None or not before.choices:
        return None
    if said_yes(text):
        return before.choices[0] if len(before.choices) == 1 else None
    pick = pick_in(text)
    if pick is not None and pick.place is not None:
        turn = _turn(pick.rest, language, before, book, today)
        return pick.of(before.choices)[0] if turn and _is_alone(turn) else None
    turn = _turn(text, language, before, book, today)
    meant = _then(turn, _items(before.shown, book)) if turn else ()
    if len(meant) == 1 and len(before.choices) == len(before.shown):
        return before.choices[before.shown.index(meant[0].id)]
    return None


def pointed_back(text: str, language: Language, before: Frame | None, book: Book, today: date) -> Frame | None:
    """Return what is asked of a place in the list that was shown, or None. Raises EndOfList past its end."""
    if before is None:
        return None
    pick = pick_in(text)
    source = list_shown(before, pick)
    turn = _turn(pick.rest if pick else text, language, before, book, today)
    if source is None or turn is None or is_part(text, before):
        return None
    if pick is None:
        meant = tuple(item.id for item in _then(turn, _items(source.shown, book)))
        return _those(meant, source, turn, language) if meant else None
    if turn.sentence.rest or turn.sentence.asked or (pick.place is None and not _is_of_all(turn, pick)):
        return None
    if not _is_alone(turn):
        return _asked_of(pick, source, turn, language)
    if not source.shown and source.shown_plans:
        return Frame(intent=Intent.PLANS, language=language, plans=pick.of(source.shown_plans), earlier=before)
    return _alone(_meant(pick, source, book), source, turn, language)


def about_what_was_shown(command: Frame, before: Frame | None) -> Frame:
    """Return the command about what the last answer showed, where its words only point: "marker den som ferdig"."""
    shown, offered = (before.shown, before.offered) if before else ((), ())
    command = replace(command, earlier=before)
    pick = pick_first(command.argument)
    listed = list_shown(before, pick) if pick else None
    if pick is not None and listed is not None and listed.shown:
        return replace(command, argument="" if pick.is_alone else pick.rest, items=pick.of(listed.shown))
    if points(command.argument):
        return replace(command, argument="", items=shown, offered=offered)
    if points(command.argument.partition(" ")[0].strip('"')):
        return replace(command, items=shown, offered=offered)
    return command


def _turn(text: str, language: Language, before: Frame, book: Book, today: date) -> Turn | None:
    names = names_of(book)
    try:
        sentence = take_apart(text, names, language, seen_from(today, book, text))
    except (NotUnderstood, UnknownBreak):
        return None
    return Turn(sentence=sentence, pointed=point(sentence, names), before=before, book=book, today=today)


def _is_alone(turn: Turn) -> bool:
    return not turn.sentence.rest and turn.sentence.asked is None and turn.is_linking()


def _is_of_all(turn: Turn, pick: Pick) -> bool:
    """Whether all that was shown is meant, and not all that there is."""
    return pick.is_two or not _is_alone(turn) or turn.before.intent in ABOUT_ONE


def _alone(ids: tuple[int, ...], source: Frame, turn: Turn, language: Language) -> Frame:
    """ "Den første": what was asked of another, or else what it holds."""
    before = turn.before
    picked = Frame(intent=Intent.CONTENT_OF, language=language, items=ids, is_picked=True, earlier=before)
    if before.intent in _MARKING and turn.says("and_then"):
        return replace(before, argument="", items=ids)
    if before.intent in ABOUT_ONE:
        return replace(picked, intent=before.intent, state=before.state, kinds=before.kinds)
    return replace(picked, intent=Intent.CONFLICTS, state=WHY) if source.intent is Intent.CONFLICTS else picked


def _those(ids: tuple[int, ...], source: Frame, turn: Turn, language: Language) -> Frame | None:
    """ "Den i mars" is one to tell of; "hvilke av dem er på fredag?" is a part of the list."""
    if not turn.says("of_them"):
        return _alone(ids, source, turn, language)
    is_of_meetings = source.intent in (Intent.EVENTS_IN_SPAN, Intent.LIST_OCCURRENCES)
    return replace(source, items=ids, audience=(), shown=(), offered=(), earlier=source) if is_of_meetings else None


def _asked_of(pick: Pick, source: Frame, turn: Turn, language: Language) -> Frame | None:
    """ "Hvem er det første for?": a question of its own about what is pointed to."""
    try:
        frame = frame_of(turn.sentence, turn.pointed, language, turn.before)
    except NotUnderstood:
        return None
    if frame.intent not in _ASKS_OF_IT or not source.shown or (pick.place is None and frame.intent not in ABOUT_ONE):
        return None
    picked = replace(frame, items=_meant(pick, source, turn.book), kinds=(), is_picked=True, earlier=turn.before)
    if frame.intent is Intent.CONFLICTS:
        return replace(picked, state=WHY)
    return picked if frame.intent in ABOUT_ONE else replace(picked, intent=Intent.TIME_OR_PLACE_OF, state=None)


def _meant(pick: Pick, source: Frame, book: Book) -> tuple[int, ...]:
    """What is meant of what was shown: counted from the end, what has no certain days is left out of account."""
    exact = tuple(item.id for item in _items(source.shown, book) if not item.span.precision.is_vague)
    return pick.of(exact if pick.place is not None and pick.place < 0 and exact else source.shown)


def _then(turn: Turn, shown: tuple[Item, ...]) -> tuple[Item, ...]:
    """Of what was shown that of the time that is all the message says: "den i august", "den på tirsdag"."""
    asked = turn.sentence.asked
    is_that = turn.says("it") and not turn.says("what", "happen")
    is_only_that = turn.is_linking() and (is_that or turn.says("of_them"))
    if asked is None or turn.sentence.rest or not is_only_that:
        return ()
    return tuple(item for item in shown if _is_at(item, asked)) or tuple(
        item for item in shown if _is_like(item, asked.period)
    )


def _is_at(item: Item, asked: Asked) -> bool:
    first, last = asked.period.start or date.min, asked.period.end or date.max
    return item.span.is_dated and item.span.overlaps(first, last)


def _is_like(item: Item, period: Period) -> bool:
    """Whether it is on the same weekday as one day, or in the same month as a whole one."""
    day, first, last = item.span.start, period.start, period.end
    if day is None or first is None or last is None:
        return False
    if first == last:
        return day.weekday() == first.weekday()
    return first.day == 1 and (last - first).days < 31 and day.month == first.month


def _items(ids: tuple[int, ...], book: Book) -> tuple[Item, ...]:
    return tuple(book.by_id[number] for number in ids if number in book.by_id)
