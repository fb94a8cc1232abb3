"""The weekly digest as it is posted and shown: one path to both."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from bot.answers.acting import zone_of
from bot.answers.asking import Asking
from bot.answers.evaluation import evaluation_soon
from bot.answers.facts import Facts, Press
from bot.digest import Digest, Subscription, digest_of, monday_of
from bot.messages import FormName, Period, Reply, Section
from bot.model import Book, Item, Status
from bot.permissions import may_administer
from bot.render import render
from bot.understanding.commands import typed
from bot.understanding.frame import Intent

_MOST_BUTTONS = 10
_MOST_NAMED = 5
_PARTS = ("week", "month", "due", "late", "next_week")


def digest_reply(book: Book, subscription: Subscription, now: datetime) -> Reply:
    """Return the digest of the ISO week that `now` lies in, in the subscription's zone and language."""
    facts = _digest_facts(book, subscription, now)
    today = now.astimezone(ZoneInfo(subscription.zone)).date()
    return render(facts, Intent.DIGEST_SHOW, subscription.language, today)


def digest_show(asking: Asking) -> Facts:
    """Show the digest as it is posted in this channel, in the language that it was asked for in."""
    subscription = replace(subscription_here(asking) or first_settings(asking), language=asking.frame.language)
    facts = _digest_facts(asking.book, subscription, asking.message.now)
    if asking.message.channel is None or not may_administer(asking.asker, None, asking.book):
        return facts
    says = typed(Intent.DIGEST_HERE, asking.frame.language)
    return replace(facts, buttons=(*facts.buttons, Press(name="digest_settings", says=says, form=FormName.DIGEST)))


def subscription_here(asking: Asking) -> Subscription | None:
    """Return the settings of the channel that the message came from."""
    message = asking.message
    if message.channel is None:
        return None
    return asking.store.digests.subscription(message.sender.platform, message.channel)


def first_settings(asking: Asking) -> Subscription:
    """Return what a channel has before anybody has set anything: the message's zone and language."""
    message = asking.message
    return Subscription(
        id=None,
        platform=message.sender.platform,
        channel=message.channel or "",
        zone=zone_of(asking),
        language=asking.frame.language,
    )


def _digest_facts(book: Book, subscription: Subscription, now: datetime) -> Facts:
    today = now.astimezone(ZoneInfo(subscription.zone)).date()
    digest = digest_of(book, monday_of(today))
    names = _names()[subscription.language]
    sections = tuple(
        Section(name=names[part], items=items) for part in _PARTS if (items := getattr(digest, part)) or part == "week"
    )
    period = Period(start=digest.first, end=digest.last)
    return Facts(
        template="digest",
        values={
            "digest": digest,
            "period": period,
            "names": names,
            "book": book,
            "coming": _named(digest.next_week),
            "evaluations": evaluation_soon(book, book.plans, digest.first),
        },
        period=period,
        items=tuple(dict.fromkeys((*digest.week, *digest.month, *digest.due, *digest.late))),
        buttons=_done_buttons(subscription, digest),
        sections=sections,
    )


def _named(items: Iterable[Item]) -> tuple[tuple[str, ...], int]:
    """The first few titles, each once, and how many there are beyond them."""
    titles = tuple(dict.fromkeys(item.title for item in items))
    return titles[:_MOST_NAMED], len(titles[_MOST_NAMED:])


def _done_buttons(subscription: Subscription, digest: Digest) -> tuple[Press, ...]:
    """Those who are late first; what is done already has no button."""
    wanted = (item for item in (*digest.late, *digest.due, *digest.week) if item.status is not Status.DONE)
    return tuple(
        Press(
            name="done_item",
            says=typed(Intent.MARK_DONE, subscription.language, item.key),
            values={"item": item},
        )
        for item in tuple(dict.fromkeys(wanted))[:_MOST_BUTTONS]
    )


@cache
def _names() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("bot").joinpath("norwegian/digest.toml").read_text("utf-8"))
