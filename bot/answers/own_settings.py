"""What somebody has chosen for themselves: reminders, their own digest and calendar, and the language of answers."""

from __future__ import annotations

from bot.answers.asking import Asking
from bot.answers.digest_settings import may_have_own
from bot.answers.digests import own_subscription
from bot.answers.facts import Facts, Press
from bot.answers.own_language import language_presses
from bot.answers.reminding import as_all_press, own_days_press
from bot.calendar_feed import FeedOf
from bot.understanding.commands import typed
from bot.understanding.frame import Intent


def own_settings(asking: Asking) -> Facts:
    """Show the asker's own settings, with what changes each. The secret address of a calendar is not told."""
    known, language = asking.store.reminders.known(), asking.frame.language
    chosen = asking.store.person_settings.of(asking.asker)
    is_on = asking.asker.id not in known.off
    feeds = asking.store.calendar_feeds
    has_feed = asking.asker.id is not None and feeds.find(FeedOf(person=asking.asker.id)) is not None
    is_own = asking.message.channel is None
    digest = own_subscription(asking)
    values = {
        "is_on": is_on,
        "digest": digest if digest is not None and digest.is_active else None,
        "has_account": may_have_own(asking),
        "days": tuple(map(str, known.days_of(asking.asker.id))),
        "has_own_days": chosen.days is not None,
        "chosen": chosen.language,
        "has_feed": has_feed,
        "has_address": asking.address is not None,
    }
    wanted = [("reminders_off", Intent.REMINDERS_OFF) if is_on else ("reminders_on", Intent.REMINDERS_ON)]
    if is_own and may_have_own(asking):  # in a channel "av" would be about the channel's digest
        wanted.append(("digest_off", Intent.DIGEST_OFF) if values["digest"] else ("digest_to_me", Intent.DIGEST_TO_ME))
    if is_own and asking.address is not None:  # in a channel these would be about the channel's calendar
        wanted += _of_calendar(has_feed)
    buttons = tuple(Press(name=name, says=typed(intent, language)) for name, intent in wanted)
    if is_on:
        buttons = (buttons[0], as_all_press(asking) if chosen.days else own_days_press(asking), *buttons[1:])
    return Facts(
        template="own_settings", values=values, buttons=(*buttons, *language_presses(chosen.language, language))
    )


def _of_calendar(has_feed: bool) -> list[tuple[str, Intent]]:
    if not has_feed:
        return [("calendar_feed_new", Intent.CALENDAR_FEED)]
    shown = ("calendar_feed_address", Intent.CALENDAR_FEED)
    return [shown, ("calendar_feed_renew", Intent.CALENDAR_FEED_RENEW), ("calendar_feed_off", Intent.CALENDAR_FEED_OFF)]
