"""The address that a phone's calendar subscribes to: of a channel's plans, or of all for one person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.answers.acting import author_of
from bot.answers.asking import Asking
from bot.answers.facts import Facts, Press
from bot.calendar_feed import CalendarFeed, FeedOf
from bot.digest import Subscription
from bot.digest_target import about, in_plans
from bot.errors import NotAllowed, PlanvaktError
from bot.history import Change, HistoryEntry
from bot.model import Book, Item
from bot.permissions import may_administer
from bot.ports import Store
from bot.understanding.commands import typed
from bot.understanding.frame import Intent

PATH = "/kalender"


def calendar_feed(asking: Asking) -> Facts:
    """Tell the address, made where there is none yet. Raises PlanvaktError where we have no address of our own."""
    address = _address(asking)
    feed = asking.store.calendar_feeds.find(_of(asking))
    if feed is not None:
        return _told(asking, "calendar_feed", address, feed)
    return _renewed(asking, "calendar_feed")


def shown_in(store: Store, book: Book, of: FeedOf) -> Callable[[Item], bool] | None:
    """Return what a channel's calendar holds of the plans that it follows: what its digest is about; None where all."""
    digest = digest_of_channel(store, of)
    if digest is None:
        return None
    within = in_plans(book, digest.target)
    is_about = about(within, digest, None)
    return lambda item: item.plan_id in within.plan_by_id and is_about(item)


def digest_of_channel(store: Store, of: FeedOf) -> Subscription | None:
    """Return the settings of the channel's digest, where it has one."""
    if of.platform is None or of.channel is None:
        return None
    digest = store.digests.subscription(of.platform, of.channel)
    return digest if digest is not None and digest.is_active else None


def calendar_feed_renew(asking: Asking) -> Facts:
    """Give out a new address, and let the old one lead nowhere. Raises NotAllowed."""
    return _renewed(asking, "calendar_feed_renewed")


def calendar_feed_off(asking: Asking) -> Facts:
    """Let the address lead nowhere. Raises NotAllowed."""
    _ask_permission(asking)
    entry = asking.store.calendar_feeds.remove(_of(asking), author_of(asking))
    says = typed(Intent.CALENDAR_FEED, asking.frame.language)
    changes = (_change(entry),) if entry else ()
    return Facts(template="calendar_feed_off", values={"was_there": bool(entry), "says": says}, changes=changes)


def _renewed(asking: Asking, template: str) -> Facts:
    address = _address(asking)
    _ask_permission(asking)
    author = author_of(asking)
    feed, entry = asking.store.calendar_feeds.renew(_of(asking, author.person.id), author)
    return replace(_told(asking, template, address, feed), changes=(_change(entry),))


def _told(asking: Asking, template: str, address: str, feed: CalendarFeed) -> Facts:
    says = typed(Intent.CALENDAR_FEED_RENEW, asking.frame.language)
    digest = digest_of_channel(asking.store, feed.of)
    values = {
        "address": f"{address}{PATH}/{feed.name}.ics",
        "is_of_channel": feed.of.channel is not None,
        "only": digest.target.words if digest else (),
    }
    return Facts(template=template, values=values, buttons=(Press(name="calendar_feed_renew", says=says),))


def _of(asking: Asking, person: int | None = None) -> FeedOf:
    """Whose calendar it is; `person` is who asks, where they have only just been recorded."""
    message = asking.message
    if message.channel is not None:
        return FeedOf(platform=message.sender.platform, channel=message.channel)
    return FeedOf(person=person or asking.asker.id)


def _address(asking: Asking) -> str:
    if asking.address is None:
        raise PlanvaktError("calendar_no_address")
    return asking.address


def _ask_permission(asking: Asking) -> None:
    """One's own calendar is one's own; a channel's is set up by who may set up its digest."""
    if asking.message.channel is not None and not may_administer(asking.asker, None, asking.book):
        raise NotAllowed("calendar_not_allowed")


def _change(entry: HistoryEntry) -> Change:
    return Change(item=None, field=entry.field, before=entry.before, after=entry.after, by=entry.by.name)
