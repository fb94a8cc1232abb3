"""The weekly digest as it is posted and shown: one path to both."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from bot.answers.acting import zone_of
from bot.answers.asking import Asking
from bot.answers.collisions import Pair, pairs_of
from bot.answers.digest_news import Recent
from bot.answers.evaluation import evaluation_soon
from bot.answers.facts import Facts, Press
from bot.digest import Subscription, monday_of
from bot.digest_contents import MOST_ROWS, Digest, Wishes, digest_of, same_meeting
from bot.digest_target import about, in_plans
from bot.kept import Kept
from bot.messages import FormName, Period, Reply, Section, Sender
from bot.model import Book, Item, Kind, Person, Status
from bot.permissions import may_administer
from bot.ports import Store
from bot.render import render
from bot.roles import owners_of
from bot.understanding.commands import all_plans, means_all_plans, typed
from bot.understanding.frame import Intent

_MOST_BUTTONS = 10
_MOST_NAMED = 5
_MOST_PAIRS = 3
_PARTS = ("week", "month", "due", "late", "changed", "waiting", "next_week")


def digest_reply(recent: Recent, book: Book, subscription: Subscription, now: datetime) -> Reply:
    """Return the digest of the ISO week that `now` lies in, in the subscription's zone and language.

    It says the same at any moment of the week, as long as nothing in the plans is otherwise. One that is posted can be
    turned off below it; who may is asked when somebody presses.
    """
    facts = digest_facts(recent, book, subscription, now)
    if subscription.id is not None:
        off = Press(name="digest_off", says=typed(Intent.DIGEST_OFF, subscription.language))
        facts = replace(facts, buttons=(*facts.buttons, off))
    today = now.astimezone(ZoneInfo(subscription.zone)).date()
    tells_nothing = subscription.is_quiet and facts.values["is_empty"]
    reply = render(facts, Intent.DIGEST_SHOW, subscription.language, today, book)
    return replace(reply, is_silent=bool(tells_nothing))


def digest_show(asking: Asking) -> Facts:
    """Show the digest as it is posted here, in the language that it was asked for in; in one's own talk one's own."""
    subscription = replace(subscription_here(asking) or first_settings(asking), language=asking.frame.language)
    rows = None if means_all_plans(asking.frame.argument) else MOST_ROWS
    recent = Recent(asking.store, (subscription,))
    facts = digest_facts(recent, asking.book, subscription, asking.message.now, rows)
    if not may_set(asking):
        return facts
    says = typed(Intent.DIGEST_HERE, asking.frame.language)
    return replace(facts, buttons=(*facts.buttons, Press(name="digest_settings", says=says, form=FormName.DIGEST)))


def may_set(asking: Asking) -> bool:
    """Whether the asker may change the digest of the channel that the message came from."""
    return asking.message.channel is not None and may_administer(asking.asker, None, asking.book)


def subscription_here(asking: Asking) -> Subscription | None:
    """Return the settings of the channel that the message came from; in somebody's own talk those of their own."""
    message = asking.message
    place = message.channel or message.sender.account
    return None if place is None else asking.store.digests.subscription(message.sender.platform, place)


def own_subscription(asking: Asking) -> Subscription | None:
    """Return the settings of the asker's own digest."""
    sender = asking.message.sender
    return None if sender.account is None else asking.store.digests.subscription(sender.platform, sender.account)


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


def last_came(asking: Asking, subscription: Subscription | None) -> datetime | None:
    """Return when the newest digest of these settings was posted; None where none ever was."""
    if subscription is None or subscription.id is None:
        return None
    return asking.store.digests.came_before((subscription.id,), asking.message.now).get(subscription.id)


def digest_facts(
    recent: Recent, book: Book, subscription: Subscription, now: datetime, rows: int | None = MOST_ROWS
) -> Facts:
    """Return what the digest of that week tells; without a number of rows all of it."""
    book = in_plans(book, subscription.target)
    monday = monday_of(now.astimezone(ZoneInfo(subscription.zone)).date())
    owner = owner_of(recent.store, subscription)
    wishes = Wishes(about=about(book, subscription, owner), waiting=_waiting(book, subscription, owner), rows=rows)
    digest = digest_of(book, monday, recent.news(subscription, monday), wishes)
    names = _names()[subscription.language]
    sections = tuple(
        Section(name=names[part], items=items) for part in _PARTS if (items := getattr(digest, part)) or part == "week"
    )
    period = Period(start=digest.first, end=digest.last)
    everything = typed(Intent.DIGEST_SHOW, subscription.language, all_plans(subscription.language))
    pairs = _colliding(book, digest)
    values = {
        "digest": digest,
        "period": period,
        "names": names,
        "book": book,
        "coming": _named(digest.next_week),
        "evaluations": evaluation_soon(book, book.plans, digest.first),
        "collisions": pairs[:_MOST_PAIRS],
        "more_collisions": len(pairs[_MOST_PAIRS:]),
        "everything": everything,
        "is_empty": digest.tells_nothing_new,
        "target": subscription.target,
    }
    rest = (Press(name="more_rows", says=everything, values={"count": digest.left_out}),) if digest.left_out else ()
    return Facts(
        template="digest",
        values=values,
        period=period,
        items=digest.items,
        buttons=(*rest, *_done_buttons(subscription, digest)),
        sections=sections,
    )


def owner_of(store: Store, subscription: Subscription) -> Person | None:
    """Return whose own digest it is; None where it is a channel's."""
    if not subscription.is_own:
        return None
    return store.people.find(Sender(platform=subscription.platform, account=subscription.channel))


def _waiting(book: Book, subscription: Subscription, owner: Person | None) -> frozenset[int]:
    """The plans of which it is told what has no date yet: an owner's own, or those of a channel that wants it."""
    if subscription.shows_waiting:
        return frozenset(book.plan_by_id)
    own = (plan for plan in book.plans if owner is not None and owner in owners_of(plan, book))
    return frozenset(plan.id for plan in own)


_collisions: Kept[tuple[Pair, ...]] = Kept(most=32)


def _colliding(book: Book, digest: Digest) -> tuple[Pair, ...]:
    """This week's meetings that surely collide with one of this digest, in whatever plan."""
    whole, shown = book.whole or book, {item.id for item in digest.week}
    pairs = _collisions.of(whole, digest.first, lambda: _sure_collisions(whole, digest.first, digest.last))
    return tuple(pair for pair in pairs if not shown.isdisjoint((pair.one.id, pair.other.id)))


def _sure_collisions(book: Book, first: date, last: date) -> tuple[Pair, ...]:
    near = (item for item in book.items if item.kind is Kind.EVENT and not item.is_off)
    pairs = pairs_of(item for item in near if item.span.overlaps(first, last))
    return tuple(
        pair for pair in pairs if pair.collides and not pair.is_maybe and first <= pair.day <= last and _is_sure(pair)
    )


def _is_sure(pair: Pair) -> bool:
    """Whether the plans themselves say that they collide: by hours, or by groups."""
    both = (pair.one, pair.other)
    is_one = same_meeting(pair.one) == same_meeting(pair.other)
    is_told = all(item.time_start is not None for item in both) or all(item.audience for item in both)
    return is_told and not is_one


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
