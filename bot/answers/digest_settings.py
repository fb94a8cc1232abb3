"""Setting a channel's weekly digest: here, paused, off; only administrators and owners may."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from bot.answers.acting import author_of
from bot.answers.asking import Asking
from bot.answers.digests import first_settings, subscription_here
from bot.answers.facts import Facts, Press
from bot.days_off import days_off
from bot.digest import Subscription
from bot.due import next_day
from bot.errors import BadDate, NotAllowed
from bot.history import Change
from bot.permissions import may_administer
from bot.time.reading import read_sentence
from bot.understanding.breaks import ask_for_unknown
from bot.understanding.commands import typed
from bot.understanding.frame import Intent
from bot.understanding.language import language_of
from bot.understanding.weekly import read_weekly

_SETTINGS = ("weekday", "at", "zone", "language", "is_active", "paused_until")


def digest_here(asking: Asking) -> Facts:
    """Have a digest posted in this channel every week. Raises BadDate and NotAllowed."""
    said = read_weekly(asking.frame.argument)
    if asking.message.channel is None:
        return no_channel(asking)
    ask_digest_permission(asking)
    before = subscription_here(asking)
    known = before or first_settings(asking)
    wanted = replace(
        known,
        weekday=known.weekday if said.weekday is None else said.weekday,
        at=known.at if said.at is None else said.at,
        language=language_of(asking.message.text, before.language if before else asking.frame.language),
        is_active=True,
        paused_until=None,
    )
    return _set(asking, before, wanted, "digest_set")


def digest_pause(asking: Asking) -> Facts:
    """Leave the channel's digests out until a day, the first they come again. Raises BadDate and NotAllowed."""
    before = subscription_here(asking)
    if before is None or not before.is_active:
        return _none_here(asking)
    ask_digest_permission(asking)
    return _set(asking, before, replace(before, paused_until=_first_day(asking)), "digest_paused")


def digest_off(asking: Asking) -> Facts:
    """Post no more digests in this channel. Raises NotAllowed."""
    before = subscription_here(asking)
    if before is None or not before.is_active:
        return _none_here(asking)
    ask_digest_permission(asking)
    return _set(asking, before, replace(before, is_active=False, paused_until=None), "digest_stopped")


def _set(asking: Asking, before: Subscription | None, wanted: Subscription, template: str) -> Facts:
    """Write the settings, and repeat them in plain words."""
    changes = _changes(before, wanted, asking)
    written = asking.store.digests.subscribe(wanted, author_of(asking)) if changes else wanted
    last = asking.store.digests.last_day(written) if written.id is not None else None
    shows, starts = _shows(asking), typed(Intent.DIGEST_HERE, asking.frame.language)
    values = {
        "digest": written,
        "coming": next_day(written, last, asking.message.now, days_off(asking.book)),
        "is_same": not changes,
        "shows": shows.says,
        "starts": starts,
    }
    return Facts(template=template, values=values, changes=changes, buttons=(shows,))


def _changes(before: Subscription | None, wanted: Subscription, asking: Asking) -> tuple[Change, ...]:
    """Each setting that becomes another; of a channel without settings all of them."""
    return tuple(
        Change(item=None, field=name, before=old, after=new, by=asking.asker.name)
        for name in _SETTINGS
        if (old := _text(getattr(before, name, None))) != (new := _text(getattr(wanted, name)))
    )


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _first_day(asking: Asking) -> date:
    """The first day that a digest is to come again. Raises BadDate."""
    words = asking.frame.argument
    if not words:
        raise BadDate("pause_until_when", says=typed(Intent.DIGEST_PAUSE, asking.frame.language))
    context = asking.seen(words)
    ask_for_unknown(words, context)
    read = read_sentence(words, context)
    when = read[1] if read else None
    day = when and (when.start or (when.end and when.end + timedelta(days=1)))
    if not day:
        raise BadDate("bad_date", words=words)
    if day <= asking.today:
        raise BadDate("pause_is_past", day=day)
    return day


def ask_digest_permission(asking: Asking) -> None:
    """Raises NotAllowed unless the asker may set a channel's digest."""
    if not may_administer(asking.asker, None, asking.book):
        raise NotAllowed("digest_not_allowed")


def no_channel(asking: Asking) -> Facts:
    """Tell that a digest is set in the channel that it is to come in."""
    starts = typed(Intent.DIGEST_HERE, asking.frame.language)
    return Facts(template="digest_no_channel", values={"starts": starts}, buttons=(_shows(asking),))


def _none_here(asking: Asking) -> Facts:
    if asking.message.channel is None:
        return no_channel(asking)
    return Facts(template="digest_none", values={"starts": typed(Intent.DIGEST_HERE, asking.frame.language)})


def _shows(asking: Asking) -> Press:
    return Press(name="digest_show", says=typed(Intent.DIGEST_SHOW, asking.frame.language))
