"""One short question back, where a name fits several meetings and the answer would not be the same for each."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import cache
from importlib.resources import files

from bot.answers.asking import Asking
from bot.answers.facts import Facts, Press
from bot.answers.scope import first_day, latest_day, occasions, soonest_first
from bot.answers.telling import asked_words, plans_of, short_title
from bot.model import Item, Kind
from bot.understanding.frame import Intent
from bot.understanding.names import names_of
from bot.understanding.words import plain, words_of
from bot.wording import span_in_words

_MOST = 5
_SOON = timedelta(days=6)  # what is on within a week is what people mean

# What the answer is, where that is all that is asked.
_ASKED: Mapping[tuple[Intent, str | None], Callable[[Item], object]] = {
    (Intent.TIME_OR_PLACE_OF, "place"): lambda item: item.location,
    (Intent.TIME_OR_PLACE_OF, "clock"): lambda item: (item.time_start, item.time_end),
    (Intent.TIME_OR_PLACE_OF, "length"): lambda item: (item.time_start, item.time_end, item.comment),
    (Intent.CONTENT_OF, "agenda"): lambda item: item.comment,
    (Intent.AUDIENCE_OF, None): lambda item: item.audience,
    (Intent.RESPONSIBLE_FOR, None): lambda item: item.responsible,
}


def asked_back(asking: Asking) -> Facts | None:
    """Return the question which one is meant, with a button for each; None where that is clear, or all the same."""
    frame = asking.frame
    told = _ASKED.get((frame.intent, frame.state))
    is_clear = frame.is_next or frame.is_picked or frame.when is not None or frame.earlier is not None
    if told is None or is_clear or not frame.items:
        return None
    meetings = _meetings(asking)
    if len(meetings) < 2 or len({told(item) for item in meetings}) < 2 or _is_one_of_them(asking, meetings):
        return None
    offered = meetings[:_MOST]
    values = {"words": asked_words(asking), "items": offered, "plans": plans_of(asking, offered)}
    presses = tuple(_press(item, asking) for item in offered)
    return Facts(template="which_meeting", values=values, items=offered, buttons=presses)


def _meetings(asking: Asking) -> tuple[Item, ...]:
    """The next one of each title and for each group that is still to come."""
    coming = soonest_first(
        item
        for item in occasions(asking)
        if item.kind is Kind.EVENT and item.span.is_dated and latest_day(item, asking.book) >= asking.today
    )
    return soonest_first(
        {(plain(item.title), item.audience): item for item in reversed(coming) if not item.is_off}.values()
    )


def _is_one_of_them(asking: Asking, meetings: tuple[Item, ...]) -> bool:
    """Whether one of them is clearly meant: it is called just that, or it alone is soon."""
    words = words_of(asked_words(asking))
    titled = {hit.thing.id for hit in names_of(asking.book).titles.find(words) if hit.cover >= 1 and hit.score >= 1}
    soon = [item for item in meetings if first_day(item) <= asking.today + _SOON]
    return len(soon) == 1 or any(item.id in titled for item in meetings)


def _press(item: Item, asking: Asking) -> Press:
    frame = asking.frame
    said = _questions()[frame.state or frame.intent][frame.language]
    when = ", ".join(filter(None, (span_in_words(item.span, frame.language, asking.today), item.region)))
    values = {"when": when, "title": short_title(item.title)}
    return Press(name="which", says=said.format(key=item.key), values=values, is_choice=True)


@cache
def _questions() -> dict[str, dict[str, str]]:
    table: dict[str, dict[str, str]] = tomllib.loads(
        files("bot").joinpath("norwegian/commands.toml").read_text("utf-8")
    )["asked_back"]
    return table
