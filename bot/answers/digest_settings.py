"""Setting a weekly digest: a channel's, which only administrators and owners may, or one's own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from bot.answers.acting import author_of
from bot.answers.asking import Asking
from bot.answers.digest_news import Recent
from bot.answers.digest_targets import target_of
from bot.answers.digests import digest_facts, first_settings, own_subscription, owner_of, subscription_here
from bot.answers.facts import Facts, Press
from bot.days_off import days_off
from bot.digest import SETTINGS, TARGET, DaysOff, Subscription
from bot.due import next_day
from bot.errors import BadDate, NotAllowed
from bot.followed import only
from bot.history import Change
from bot.model import CHATS, Book
from bot.permissions import may_administer
from bot.ports import Store
from bot.roles import roles_held_by
from bot.time.reading import read_sentence
from bot.understanding.breaks import ask_for_unknown
from bot.understanding.commands import typed
from bot.understanding.digest_words import SaidSettings, read_settings
from bot.understanding.frame import Intent
from bot.understanding.language import language_of

_FROM_OFF = ("days_off", "is_quiet", "shows_waiting")


def digest_here(asking: Asking) -> Facts:
    """Have a digest posted in this channel every week. Raises BadDate and NotAllowed."""
    said = read_settings(asking.frame.argument)
    if asking.message.channel is None:
        own = own_subscription(asking)
        return digest_to_me(asking) if own and own.is_active else no_channel(asking)
    ask_digest_permission(asking)
    return _set_as_said(asking, subscription_here(asking), first_settings(asking), said)


def digest_to_me(asking: Asking) -> Facts:
    """Have a digest of their own sent to whoever asks, of what concerns their roles. Raises BadDate."""
    said, sender = read_settings(asking.frame.argument), asking.message.sender
    if sender.account is None or not may_have_own(asking):
        return Facts(template="digest_no_account", buttons=(_shows(asking),))
    first = replace(first_settings(asking), channel=sender.account, is_own=True)
    return _set_as_said(asking, own_subscription(asking), first, said)


def may_have_own(asking: Asking) -> bool:
    """Whether the asker can be written to alone, where they are."""
    sender = asking.message.sender
    return sender.account is not None and sender.platform in CHATS


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


def settings_said(said: SaidSettings, known: Subscription, book: Book) -> Subscription:
    """Return the settings with what was said of them; whatever was not is as before. Raises BadDate."""
    told = {
        "weekday": said.weekday,
        "at": said.at,
        "language": said.language,
        "zone": said.zone,
        "days_off": said.days_off,
        "is_quiet": said.is_quiet,
        "shows_waiting": said.shows_waiting,
        "target": None if said.only is None else target_of(said.only, book),
    }
    changed: dict[str, Any] = {name: value for name, value in told.items() if value is not None}
    return replace(known, is_active=True, paused_until=None, **changed)


def _set_as_said(asking: Asking, before: Subscription | None, first: Subscription, said: SaidSettings) -> Facts:
    spoken = language_of(asking.message.text, before.language if before else asking.frame.language)
    chosen = asking.message.language
    if first.is_own and chosen is not None:  # what was said of the digest itself since then holds
        spoken = before.language if before and before.is_active else chosen
    known = replace(before or first, language=spoken)
    return _set(asking, before, settings_said(said, known, asking.near), "digest_set")


def _set(asking: Asking, before: Subscription | None, wanted: Subscription, template: str) -> Facts:
    """Write the settings, repeat them in plain words, and show whoever set them what comes."""
    changes = _changes(before, wanted, asking)
    written = asking.store.digests.subscribe(wanted, author_of(asking)) if changes else wanted
    starts = typed(Intent.DIGEST_TO_ME if wanted.is_own else Intent.DIGEST_HERE, asking.frame.language)
    preview = _preview(asking, written) if template == "digest_set" and _is_alone(asking) else None
    shows = _shows(asking)
    values = {
        **(preview.values if preview else {}),
        **in_words(asking.store, asking.book, written, asking.message.now),
        "is_same": not changes,
        "is_shown": preview is not None,
        "shows": shows.says,
        "starts": starts,
    }
    return Facts(template=template, values=values, changes=changes, buttons=() if preview else (shows,))


def in_words(store: Store, book: Book, settings: Subscription, now: datetime) -> dict[str, object]:
    """Return what the settings are told with: themselves, when the next one comes, and whose roles it is about."""
    last = store.digests.last_day(settings) if settings.id is not None else None
    return {
        "setting": settings,
        "next_on": next_day(settings, last, now, days_off(book)),
        "roles": _roles(store, book, settings),
    }


def _is_alone(asking: Asking) -> bool:
    """Whether nobody else reads the answer: to a command, or in one's own talk."""
    return asking.message.channel is None or asking.message.text.lstrip().startswith("/")


def _preview(asking: Asking, written: Subscription) -> Facts:
    """What this week's would be, in the language of the answer."""
    followed = () if written.is_own else asking.store.channels.followed(written.platform, written.channel)
    shown = replace(written, language=asking.frame.language)
    return digest_facts(Recent(asking.store, (shown,)), only(asking.book, followed), shown, asking.message.now)


def _roles(store: Store, book: Book, settings: Subscription) -> tuple[str, ...]:
    """The roles that somebody's own digest is about; none where it is about what they said."""
    owner = owner_of(store, settings)
    if owner is None or settings.target.groups or settings.target.meetings:
        return ()
    return tuple(dict.fromkeys(role.name for role in roles_held_by(owner, book)))


def _changes(before: Subscription | None, wanted: Subscription, asking: Asking) -> tuple[Change, ...]:
    """Each setting that becomes another; of a channel without settings all of them."""
    old, new = _as_texts(before), _as_texts(wanted)
    return tuple(
        Change(item=None, field=name, before=old.get(name), after=new.get(name), by=asking.asker.name)
        for name in (*SETTINGS, *TARGET)
        if old.get(name) != new.get(name)
    )


def _as_texts(settings: Subscription | None) -> dict[str, str]:
    """What is set; what is left out, or is off from the beginning, is no setting."""
    if settings is None:
        return {}
    plain = {name: getattr(settings, name) for name in SETTINGS}
    told = {name: str(value) for name, value in plain.items() if value is not None and name not in _FROM_OFF}
    told |= {
        name: str(value) for name, value in plain.items() if name in _FROM_OFF and value not in (False, DaysOff.POST)
    }
    return told | {name: ", ".join(said) for name in TARGET if (said := getattr(settings.target, name))}


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
    """Raises NotAllowed unless the asker may set a channel's digest; one's own is one's own."""
    if asking.message.channel is not None and not may_administer(asking.asker, None, asking.book):
        raise NotAllowed("digest_not_allowed")


def no_channel(asking: Asking) -> Facts:
    """Tell that a digest is set in the channel that it is to come in."""
    starts, own = (typed(one, asking.frame.language) for one in (Intent.DIGEST_HERE, Intent.DIGEST_TO_ME))
    return Facts(template="digest_no_channel", values={"starts": starts, "own": own}, buttons=(_shows(asking),))


def _none_here(asking: Asking) -> Facts:
    if asking.message.channel is None:
        return no_channel(asking)
    return Facts(template="digest_none", values={"starts": typed(Intent.DIGEST_HERE, asking.frame.language)})


def _shows(asking: Asking) -> Press:
    return Press(name="digest_show", says=typed(Intent.DIGEST_SHOW, asking.frame.language))
