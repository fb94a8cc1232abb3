"""`planvakt reminders preview`: what would be sent, by the way that sends it."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from datetime import datetime

from bot.answers.facts import Facts
from bot.answers.reminders import reminder_reply, reminders_of
from bot.messages import Sender
from bot.model import Language, Platform
from bot.ports import Store
from bot.reminders import Reminder
from bot.render import render
from bot.understanding.frame import Intent
from handlers.bootstrap import installation
from handlers.clock import moment
from handlers.contract import answer_json


def preview(chosen: argparse.Namespace) -> int:
    """Show each reminder that is due at a moment, also to those whom no chat platform knows yet. Raises NotOne."""
    with installation() as running:
        store = running.database.of(chosen.organisation)
        now = moment(chosen.at, running.settings.zone)
        due = _due(store, chosen.person, now)
        _print(store, due, as_json=chosen.json)
        if not due and not chosen.json:
            print(_nothing(chosen.person, now))
    return 0


def _due(store: Store, name: str | None, now: datetime) -> Sequence[Reminder]:
    due = reminders_of(store, now)
    if name is None:
        return due
    person = store.people.find(Sender(platform=Platform.COMMAND_LINE, name=name))
    return [reminder for reminder in due if reminder.person.id == person.id]


def _print(store: Store, due: Sequence[Reminder], *, as_json: bool) -> None:
    for reminder in due:
        reply, to = reminder_reply(reminder, store.plans.book()), reminder.account
        if as_json:
            said = answer_json(reply, store.plans.book())
            told = {"person": reminder.person.name, "account": to.account if to else None, **said}
            print(json.dumps(told, ensure_ascii=False))
        else:
            print(f"{reminder.person.name}{f' ({to.account})' if to else ''}:", reply.text, sep="\n", end="\n\n")


def _nothing(name: str | None, now: datetime) -> str:
    facts = Facts(template="reminders_none", values={"name": name, "now": now.date(), "clock": now.time()})
    return render(facts, Intent.REMINDERS, Language.NB, now.date()).text
