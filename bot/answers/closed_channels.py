"""What the owners of plans are told when their channel's digest cannot be posted any more."""

from __future__ import annotations

from datetime import date

from bot.answers.facts import Facts
from bot.digest import Subscription
from bot.followed import only
from bot.messages import Reply
from bot.ports import Store
from bot.render import render
from bot.roles import owners_of
from bot.understanding.frame import Intent

MOST_TOLD = 5
# Why, by what the platform says; all else is "we may not".
_WHY = {
    "is_archived": "archived",
    "channel_not_found": "gone",
    "not_in_channel": "left",
    "not_installed": "revoked",
    "account_inactive": "revoked",
    "invalid_auth": "revoked",
    "token_expired": "revoked",
    "token_revoked": "revoked",
}


def owners_to_tell(store: Store, subscription: Subscription) -> tuple[str, ...]:
    """Return the accounts, on the channel's platform, of those who own a plan that it follows."""
    book = store.plans.book()
    book = only(book, store.channels.followed(subscription.platform, subscription.channel))
    owners = dict.fromkeys(owner.id for plan in book.plans for owner in owners_of(plan, book))
    accounts = {
        one.person_id: one.account
        for one in store.reminders.known().accounts
        if one.platform is subscription.platform and one.person_id in owners
    }
    return tuple(accounts[owner] for owner in owners if owner in accounts)[:MOST_TOLD]


def closed_reply(subscription: Subscription, fault: str, today: date) -> Reply:
    """Return what is told, in the digest's language."""
    values = {"digest": subscription, "why": why_closed(fault)}
    return render(Facts(template="digest_closed", values=values), Intent.DIGEST_SHOW, subscription.language, today)


def why_closed(fault: str) -> str:
    """Return archived, gone, left, revoked or refused."""
    return _WHY.get(fault, "refused")
