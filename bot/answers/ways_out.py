"""Which ways there are out of each kind of doubt, and what each of them settles."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from bot.answers.acts import has_open_title
from bot.answers.doubts import OF_DATES
from bot.answers.facts import Press
from bot.answers.timing import day_on_button, to_type
from bot.model import Doubt, Item, Language
from bot.time.when import Times
from bot.understanding.commands import typed, ways_to_settle
from bot.understanding.frame import Intent
from bot.wording import is_choice

DAY, STANDS, NO_DATE = "day", "stands", "no_date"
NOT_SET, LEAVE, BOTH, CANCEL = "not_set", "leave", "both", "cancel"

_DATED = frozenset(OF_DATES)
# Whoever says that there is no date yet has said nothing of a day that is there and looks wrong.
_OPEN = frozenset(
    {
        Doubt.TENTATIVE,
        Doubt.POSTPONED,
        Doubt.PLACEHOLDER_DATE,
        Doubt.AMBIGUOUS_DATE,
        Doubt.ALTERNATIVE_DATES,
        Doubt.IMPOSSIBLE_DATE,
    }
)
_SETTLED_BY: Mapping[str, frozenset[Doubt]] = {
    DAY: _DATED,
    STANDS: _DATED,
    NO_DATE: _DATED,
    NOT_SET: _OPEN,
    LEAVE: frozenset({Doubt.EMPTY_SLOT}),
    BOTH: frozenset({Doubt.DUPLICATE}),
}
_CHOICES = (Doubt.AMBIGUOUS_DATE, Doubt.ALTERNATIVE_DATES)
_NO_TIMES: Times = (None, None)


def left_by(way: str, item: Item) -> tuple[Doubt, ...]:
    """Return the doubts that are left when the item's are settled in that way."""
    settled = _SETTLED_BY[way]
    if way == LEAVE and has_open_title(item):
        settled = settled | {Doubt.TENTATIVE}
    return tuple(doubt for doubt in item.doubts if doubt not in settled)


def readings_of(item: Item, doubt: Doubt) -> tuple[date, ...]:
    """Return the days that the plan's words may mean, where it is known which; else none."""
    span = item.span
    if span.start is None:
        return ()
    if doubt is Doubt.WEEKDAY_MISMATCH and span.other is not None:
        return tuple(sorted({span.start, span.other}))
    if doubt in _CHOICES and is_choice(span) and span.end is not None and span.end > span.start:
        return (span.start, span.end)
    return ()


def presses_for(item: Item, doubt: Doubt, language: Language) -> tuple[Press, ...]:
    """Return a button for each way out of the doubt, the days to choose from first."""
    words = ways_to_settle(language)
    days = (
        Press(
            name="reading",
            says=typed(Intent.SETTLE_DOUBT, language, f"{item.key} {to_type(day, _NO_TIMES, language)}"),
            values={"day": day_on_button(day, language)},
        )
        for day in readings_of(item, doubt)
    )
    ways = (
        Press(name=f"settle_{way}", says=typed(Intent.SETTLE_DOUBT, language, f"{item.key} {words[way]}"))
        for way in _WAYS[doubt](item)
    )
    return (*days, *ways)


def _if_dated(item: Item) -> tuple[str, ...]:
    return (STANDS,) if item.span.is_dated else (NOT_SET,)


def _if_set(item: Item) -> tuple[str, ...]:
    """The date may be right, or still to be set."""
    if has_open_title(item):
        return (LEAVE,)
    return (STANDS, NOT_SET) if item.span.is_dated else (NOT_SET,)


def _is_one_day(item: Item) -> bool:
    """Whether a choice of days has been read as an item for each of them."""
    return item.span.is_dated and not readings_of(item, Doubt.ALTERNATIVE_DATES)


_WAYS: Mapping[Doubt, Callable[[Item], tuple[str, ...]]] = {
    Doubt.WEEKDAY_MISMATCH: lambda item: () if item.span.other else _if_dated(item),
    Doubt.IMPOSSIBLE_DATE: lambda item: (NOT_SET,),
    Doubt.OUT_OF_ORDER: _if_dated,
    Doubt.OUTSIDE_PERIOD: _if_dated,
    Doubt.WEEKEND_DATE: _if_dated,
    Doubt.AMBIGUOUS_DATE: lambda item: () if readings_of(item, Doubt.AMBIGUOUS_DATE) else _if_dated(item),
    Doubt.ALTERNATIVE_DATES: lambda item: (STANDS, CANCEL) if _is_one_day(item) else (NOT_SET,),
    Doubt.AMBIGUOUS_PAIRING: lambda item: (STANDS,) if item.span.is_dated else (NO_DATE,),
    Doubt.TENTATIVE: _if_set,
    Doubt.POSTPONED: _if_set,
    Doubt.PLACEHOLDER_DATE: _if_set,
    Doubt.EMPTY_SLOT: lambda item: (LEAVE,),
    Doubt.DUPLICATE: lambda item: (BOTH, CANCEL),
}
