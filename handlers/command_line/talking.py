"""`planvakt say` and `planvakt digest preview`: the same answers as in a chat."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from bot.digest import Subscription
from bot.errors import NotFound
from bot.messages import Message, Sender
from bot.model import Platform
from bot.ports import Store
from handlers.bootstrap import Installation, installation
from handlers.clock import moment
from handlers.command_line.lines import lines, object_of
from handlers.contract import answer_json, digest_json

if TYPE_CHECKING:
    from bot.messages import Button


def say(chosen: argparse.Namespace) -> int:
    """Answer one message, or one JSON line after the other."""
    with installation() as running:
        if chosen.stdin or chosen.text is None:
            return _answer_lines(running, chosen)
        message = _message(running, chosen, {"text": chosen.text})
        # Where --as names two persons, nobody acts as one of them by chance: this raises NotOne.
        running.database.of(message.organisation).people.find(message.sender)
        reply = running.bot.reply(message)
        if chosen.json:
            book = running.database.of(message.organisation).plans.book()
            print(json.dumps(answer_json(reply, book), ensure_ascii=False))
        else:
            print("\n".join([reply.text, *_button_lines(reply.buttons_to_say)]))
    return 0


def _answer_lines(running: Installation, chosen: argparse.Namespace) -> int:
    for number, line in lines():
        asked = _asked(line, number)
        message = _message(running, chosen, asked)
        reply = running.bot.reply(message)
        book = running.database.of(message.organisation).plans.book()
        print(json.dumps(answer_json(reply, book, asked.get("id")), ensure_ascii=False), flush=True)
    return 0


def _asked(line: str, number: int) -> Mapping[str, str]:
    """Return a line's own words; what is null is as if not said. Raises BadLine."""
    found = object_of(line, number)
    return {str(key): str(value) for key, value in found.items() if value is not None}


def _message(running: Installation, chosen: argparse.Namespace, asked: Mapping[str, str]) -> Message:
    """What a line leaves out is as the command says."""
    return Message(
        text=asked["text"],
        now=moment(asked.get("now") or chosen.at, running.settings.zone),
        sender=Sender(platform=Platform.COMMAND_LINE, name=asked.get("as", chosen.person)),
        organisation=chosen.organisation,
        conversation=asked.get("conversation") or chosen.conversation,
    )


def _button_lines(buttons: tuple[Button, ...]) -> list[str]:
    """Return the buttons as a terminal can show them: what they are called, and what to say instead."""
    return [f"[{button.label}] {button.says}" for button in buttons]


def preview_digest(chosen: argparse.Namespace) -> int:
    """Show the digest of the ISO week that a moment lies in, by the way that posts it."""
    with installation() as running:
        store = running.database.of(chosen.organisation)
        now = moment(chosen.at, running.settings.zone)
        reply = running.bot.digest(store, _subscription(store, chosen.channel), now)
        if chosen.json:
            print(json.dumps(digest_json(reply, store.plans.book()), ensure_ascii=False))
        else:
            print(reply.text)
    return 0


def _subscription(store: Store, channel: str | None) -> Subscription:
    """Return the channel's settings, or those that a channel has at first. Raises NotFound."""
    if channel is None:
        return Subscription(id=None, platform=Platform.COMMAND_LINE, channel="")
    for subscription in store.digests.subscriptions():
        if channel.lstrip("#") in (subscription.channel, subscription.channel_name):
            return subscription
    raise NotFound("channel_not_found", name=channel)
