"""`planvakt digest set`, `list` and `off`: the settings of digests, for whoever has the machine."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from bot.answers.digest_news import Recent
from bot.answers.digest_settings import in_words, settings_said
from bot.answers.digests import digest_reply
from bot.answers.facts import Facts
from bot.digest import Subscription
from bot.errors import NotFound
from bot.followed import only
from bot.history import Author
from bot.messages import Sender
from bot.model import Book, Language, Platform
from bot.render import render
from bot.school_years import on_day
from bot.understanding.digest_words import read_settings
from handlers.bootstrap import installation
from handlers.clock import moment
from storage.database import OrganisationStore

# A channel as Slack has it, with its workspace: it may be set before anybody has written there.
_IN_SLACK = re.compile(r"T[A-Z0-9]+:[CG][A-Z0-9]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Acting:
    store: OrganisationStore
    book: Book
    author: Author
    zone: str


def set_digest(chosen: argparse.Namespace) -> int:
    """Set a channel's digest by what is said of it, and print the settings and what this week's would be."""
    with _acting(chosen) as acting:
        known = _known(acting, chosen.channel) or _first(acting, chosen.channel)
        followed = only(acting.book, acting.store.channels.followed(known.platform, known.channel))
        wanted = settings_said(read_settings(" ".join(chosen.words)), known, followed)
        written = acting.store.digests.subscribe(wanted, acting.author)
        _print(acting, written, is_set=True)
        shown, recent = replace(written, language=Language.NB), Recent(acting.store, (written,))
        print(digest_reply(recent, followed, shown, acting.author.at).text)
    return 0


def list_digests(chosen: argparse.Namespace) -> int:
    """Print a line for each digest that is set."""
    with _acting(chosen) as acting:
        for subscription in acting.store.digests.subscriptions():
            _print(acting, subscription, is_set=False)
    return 0


def stop_digest(chosen: argparse.Namespace) -> int:
    """Let no more digests come in a channel."""
    with _acting(chosen) as acting:
        known = _known(acting, chosen.channel)
        if known is None:
            raise NotFound("channel_not_found", name=chosen.channel)
        written = acting.store.digests.subscribe(replace(known, is_active=False, paused_until=None), acting.author)
        _print(acting, written, is_set=False)
    return 0


@contextmanager
def _acting(chosen: argparse.Namespace) -> Iterator[_Acting]:
    with installation() as running:
        store = running.database.of(chosen.organisation)
        now = moment(getattr(chosen, "at", None), running.settings.zone)
        sender = Sender(platform=Platform.COMMAND_LINE)
        author = Author(person=store.people.record(sender), platform=sender.platform, at=now)
        book = on_day(store.plans.book(), now.date())
        yield _Acting(store=store, book=book, author=author, zone=running.settings.zone.key)


def _known(acting: _Acting, name: str) -> Subscription | None:
    """The settings of a channel, by its id or its name."""
    bare = name.lstrip("#")
    found = acting.store.digests.subscriptions()
    return next((one for one in found if bare in (one.channel, one.channel_name)), None)


def _first(acting: _Acting, channel: str) -> Subscription:
    """What a channel has before anything is set. Raises NotFound for what is no channel's id."""
    if _IN_SLACK.fullmatch(channel) is None:
        raise NotFound("channel_not_found", name=channel)
    return Subscription(id=None, platform=Platform.SLACK, channel=channel, zone=acting.zone)


def _print(acting: _Acting, subscription: Subscription, *, is_set: bool) -> None:
    told = in_words(acting.store, acting.book, subscription, acting.author.at)
    place = subscription.channel_name or subscription.channel
    facts = Facts(template="digest_listed", values={**told, "place": place, "is_set": is_set})
    print(render(facts, "digest_listed", Language.NB, acting.author.at.date()).text)
