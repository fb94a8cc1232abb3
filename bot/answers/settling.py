"""The doubts of a plan one at a time, gravest first: each with ways out, and the answer settles it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.answers.acting import author_of, item_change, zone_of
from bot.answers.acts import as_now, ask_permission, has_open_title, overtaken, which_day
from bot.answers.asking import Asking
from bot.answers.choosing import item_to_change
from bot.answers.doubts import GRAVEST_FIRST, conflicts, doubted_items, gravest
from bot.answers.facts import Facts, Press
from bot.answers.form_presses import settle_press, write_press
from bot.answers.marking import takes_back
from bot.answers.scope import current_plans, first_day
from bot.answers.timing import timing
from bot.answers.ways_out import CANCEL, DAY, NO_DATE, STANDS, left_by, presses_for, readings_of
from bot.errors import BadDate
from bot.history import HistoryEntry
from bot.messages import Period
from bot.model import Book, Doubt, Entry, Item
from bot.permissions import may_administer
from bot.roles import owners_of
from bot.understanding.commands import typed, way_to_settle
from bot.understanding.frame import Intent

_NONE: Mapping[str, object] = {"item": None, "is_again": False, "is_unfit": False}


def check_doubts(asking: Asking) -> Facts:
    """Ask of the gravest doubt; whoever may settle none gets them as a list, with who may."""
    asked = _walk(asking, asking.book)
    if asked:
        return _asked(asking, asked, asked[0])
    if any(may_administer(asking.asker, plan, asking.book) for plan in asking.book.plans):
        return Facts(template="doubt_asked", values={**_NONE, "left": 0})
    # A plan that has just been taken in is checked even if it is over.
    over = () if current_plans(asking) else tuple(plan.id for plan in asking.book.plans)
    listed = conflicts(replace(asking, frame=replace(asking.frame, plans=over)) if over else asking)
    plans = {item.plan_id: asking.book.plan_of(item) for item in listed.items}.values()
    owners = {owner.id: owner for plan in plans for owner in owners_of(plan, asking.book)}
    return replace(listed, values={**listed.values, "settlers": tuple(owners.values()), "is_check": True})


def skip_doubt(asking: Asking) -> Facts:
    """Ask of the doubt behind the one that the words name; the first again where it was the last."""
    if not asking.frame.argument:
        return check_doubts(asking)
    ask_permission(asking)
    item = item_to_change(asking, asking.frame.argument)
    if isinstance(item, Facts):
        return item
    asked = _walk(asking, asking.book)
    following = _behind(asked, item) or next(iter(asked), None)
    doubt, is_last = gravest(item), False
    if following is not None and doubt is not None:
        is_last = _rank(*following) <= _rank(item, doubt)
    found = _asked(asking, asked, following)
    return replace(found, values={**found.values, "is_again": is_last})


def settle_doubt(asking: Asking) -> Facts:
    """Take the answer that stands behind the key, and ask of the next doubt; the same once more changes nothing."""
    if not asking.frame.argument:
        return check_doubts(asking)
    ask_permission(asking)
    key, _, answer = (part.strip() for part in asking.frame.argument.partition(" "))
    item = item_to_change(asking, key, answer)
    if isinstance(item, Facts):
        return item
    ask_permission(asking, item)
    if item.cancelled:
        return _next(asking, item, None, ())
    if not answer:
        return _again(asking, item, is_unfit=False)
    way = way_to_settle(answer)
    if way == CANCEL:
        return _cancelled(asking, item)
    return _by_way(asking, item, way) if way else _by_day(asking, item, answer)


def _by_way(asking: Asking, item: Item, way: str) -> Facts:
    left = left_by(way, item)
    if left == item.doubts or (way in (STANDS, NO_DATE) and item.span.is_dated is (way == NO_DATE)):
        return _again(asking, item, is_unfit=True)
    is_sure = way in (STANDS, NO_DATE)
    span = replace(item.span, uncertain=False, other=None) if is_sure else item.span
    return _written(asking, item, replace(item, span=span, doubts=left), way)


def _by_day(asking: Asking, item: Item, answer: str) -> Facts:
    """The day that was said is the right one; what the plan writes stays beside it, unless what was said is vague."""
    when = timing(answer, asking.book.plan_of(item), asking.seen(answer))
    if when.readings:
        return which_day(asking, when, lambda day: f"{item.key} {day}", answer)
    if when.span is None:
        raise BadDate("not_a_date", words=answer)
    left = left_by(DAY, item)
    if left == item.doubts:
        is_so = (when.span.start, when.span.end) == (item.span.start, item.span.end)
        return _next(asking, item, None, ()) if is_so else _again(asking, item, is_unfit=True)
    entry = when.put_into(item, left)
    entry = replace(entry, span=replace(entry.span, repeats=item.span.repeats))
    text = entry.span.text if entry.span.precision.is_vague else item.span.text
    return _written(asking, item, replace(item, **_timed(entry, text)), DAY)


def _again(asking: Asking, item: Item, *, is_unfit: bool) -> Facts:
    """Ask of the item's doubt again, which the answer does not settle; what is settled already is said to be so."""
    doubt = gravest(item)
    if doubt is None:
        return _next(asking, item, None, ())
    found = _asked(asking, _walk(asking, asking.book), (item, doubt))
    return replace(found, values={**found.values, "is_unfit": is_unfit})


def _timed(entry: Entry, text: str | None) -> dict[str, Any]:
    return {
        "span": replace(entry.span, text=text),
        "time_start": entry.time_start,
        "time_end": entry.time_end,
        "doubts": entry.doubts,
    }


def _written(asking: Asking, item: Item, settled: Item, way: str) -> Facts:
    entries = asking.store.plans.correct(item, settled, author_of(asking))
    if not entries:
        return overtaken(asking, item)
    return _next(asking, item, way, entries)


def _cancelled(asking: Asking, item: Item) -> Facts:
    entry = asking.store.plans.cancel(item, author_of(asking))
    if entry is None:
        return _next(asking, item, None, ()) if as_now(asking, item).cancelled else overtaken(asking, item)
    return _next(asking, item, CANCEL, (entry,))


def _next(asking: Asking, before: Item, way: str | None, entries: tuple[HistoryEntry, ...]) -> Facts:
    """What was settled (`way` None: it was so before), and the doubt behind it."""
    now = as_now(asking, before)
    asked = _walk(asking, asking.store.plans.book())
    following = _asked(asking, asked, _behind(asked, before))
    history = asking.store.history.of_item(before.id)
    newest = next((one for one in history if one.field in ("doubts", "cancelled")), None)
    values = {
        **following.values,
        "way": way or "",
        "settled": now,
        "settled_days": Period(start=now.span.start, end=now.span.end),
        "newest": newest,
        "zone": zone_of(asking),
        "moves_settled": typed(Intent.MOVE_ITEM, asking.frame.language, now.key),
    }
    undo = (Press(name="undo", says=takes_back(asking, entries[0].step)),) if entries else ()
    return replace(
        following,
        template="doubt_settled",
        values=values,
        items=(now, *(item for item in following.items if item.id != now.id or not entries)),
        changes=tuple(map(item_change, entries)),
        buttons=(*following.buttons, *undo),
    )


def _walk(asking: Asking, book: Book) -> tuple[tuple[Item, Doubt], ...]:
    """What the asker may settle, in the order that it is asked in."""
    return tuple(
        (item, doubt)
        for item, doubt in doubted_items(asking, asking.near_in(book))
        if may_administer(asking.asker, book.plan_of(item), book)
    )


def _behind(asked: tuple[tuple[Item, Doubt], ...], item: Item) -> tuple[Item, Doubt] | None:
    """The first that comes after the item as it was; from the beginning where there is none, or it was in no doubt."""
    doubt = gravest(item)
    others = [one for one in asked if one[0].id != item.id or one[1] is not doubt]
    if doubt is None:
        return next(iter(others), None)
    later = (one for one in others if _rank(*one) > _rank(item, doubt))
    return next(later, next(iter(others), None))


def _rank(item: Item, doubt: Doubt) -> tuple[object, ...]:
    clock = item.time_start
    return (GRAVEST_FIRST.index(doubt), first_day(item), clock is None, clock.isoformat() if clock else "", item.id)


def _asked(asking: Asking, asked: tuple[tuple[Item, Doubt], ...], one: tuple[Item, Doubt] | None) -> Facts:
    """One doubt, with how many there are and the ways out of it."""
    if one is None:
        return Facts(template="doubt_asked", values={**_NONE, "left": len(asked)})
    item, doubt = one
    language, plan = asking.frame.language, asking.book.plan_of(item)
    values = {
        **_NONE,
        "item": item,
        "doubt": doubt,
        "left": len(asked),
        "readings": readings_of(item, doubt),
        "is_open": has_open_title(item),
        "days": Period(start=item.span.start, end=item.span.end),
        "period": Period(start=plan.period_start, end=plan.period_end),
        "moves": typed(Intent.MOVE_ITEM, language, item.key),
        "writes": typed(Intent.WRITE_ITEM, language, item.key),
    }
    skip = Press(name="skip", says=typed(Intent.SKIP_DOUBT, language, item.key))
    skips = (skip,) if len(asked) > 1 else ()
    fills = (
        write_press(item, language)
        if has_open_title(item) or doubt is Doubt.EMPTY_SLOT
        else settle_press(item, language)
    )
    buttons = (*presses_for(item, doubt, language), fills, *skips)
    return Facts(template="doubt_asked", values=values, items=(item,), buttons=buttons)
