"""Why something is in a digest, or is not: what the plan says of it, and what the digest is about."""

from __future__ import annotations

from bot.answers.asking import Asking
from bot.answers.choosing import item_to_show, items_meant
from bot.answers.digest_news import Recent
from bot.answers.digests import digest_facts, first_settings, owner_of, subscription_here
from bot.answers.facts import Facts
from bot.answers.scope import is_over
from bot.digest import Subscription
from bot.digest_contents import Digest
from bot.digest_target import about, in_plans
from bot.model import Item, Status

_PARTS = ("week", "month", "due", "late", "changed", "waiting", "next_week")


def digest_why(asking: Asking) -> Facts:
    """Tell in which part of this week's digest here an item stands, and why; or why it does not."""
    settings = subscription_here(asking) or first_settings(asking)
    facts = digest_facts(Recent(asking.store, (settings,)), asking.near, settings, asking.message.now, None)
    digest, names = facts.values["digest"], facts.values["names"]
    assert isinstance(digest, Digest)
    item = _meant(asking, digest)
    if isinstance(item, Facts):
        return item
    part = _part(digest, item)
    values = {
        "item": item,
        "plan": asking.book.plan_of(item),
        "part": part,
        "names": names,
        "was": digest.moved.get(item.id),
        "lacks": None if part else _lacks(asking, settings, item),
        "target": settings.target,
        "is_own": settings.is_own,
    }
    return Facts(template="digest_why", values=values, items=(item,))


def _meant(asking: Asking, digest: Digest) -> Item | Facts:
    """The one item that is meant: of several with the name, the one that stands in the digest."""
    inside = [item for item in items_meant(asking) if _part(digest, item)]
    return inside[0] if len(inside) == 1 else item_to_show(asking)


def _part(digest: Digest, item: Item) -> str | None:
    """Where in the digest the item stands."""
    return next((name for name in _PARTS if item.id in {one.id for one in getattr(digest, name)}), None)


def _lacks(asking: Asking, settings: Subscription, item: Item) -> str:
    """Why it is in no part; the first thing that keeps it out."""
    if not item.kind.is_markable:
        return "kind"
    if item.plan_id not in asking.near.plan_by_id:
        return "not_followed"
    if item.is_off:
        return "off"
    if is_over(asking.book.plan_of(item), asking.today):
        return "over"
    within = in_plans(asking.near, settings.target)
    if item.plan_id not in within.plan_by_id or not about(within, settings, owner_of(asking.store, settings))(item):
        return "target"
    if item.status is Status.DONE:
        return "done"
    return "time" if item.span.is_dated else "no_date"
