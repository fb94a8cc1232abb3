"""`planvakt person`: who is known here, all that is kept of one, and erasing it."""

from __future__ import annotations

import argparse
import dataclasses
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bot.answers.facts import Facts
from bot.errors import NotFound
from bot.model import FORMER, Language
from bot.render import render
from handlers.bootstrap import Installation, installation
from handlers.cli import sentence
from storage.database import OrganisationStore
from storage.privacy import Kept


def list_persons(chosen: argparse.Namespace) -> int:
    """Print everybody with the number that tells two of one name apart."""
    with _here(chosen) as (running, store):
        everyone = [store.privacy.kept(person) for person in store.people.everyone()]
        if chosen.json:
            rows = [{"id": one.person.id, "name": one.person.name, "accounts": _accounts(one)} for one in everyone]
            print(json.dumps(rows, ensure_ascii=False, indent=1))
        else:
            _print(running, "person_list", everyone=everyone)
    return 0


def export_person(chosen: argparse.Namespace) -> int:
    """Print all that is kept of one person."""
    with _here(chosen) as (running, store):
        kept = store.privacy.kept(store.privacy.person(chosen.name))
        if chosen.json:
            print(json.dumps(_json(kept), ensure_ascii=False, indent=1, default=_plain))
        else:
            _print(running, "person_kept", kept=kept, zone=running.settings.time_zone)
    return 0


def erase_person(chosen: argparse.Namespace) -> int:
    """Erase one person; without --yes tell what that would be, change nothing, and return 1."""
    with _here(chosen) as (running, store):
        try:
            person = store.privacy.person(chosen.name)
        except NotFound as nobody:  # asked a second time, it is as it should be
            print(sentence(nobody))
            return 0
        if chosen.yes:
            _print(running, "person_erased", kept=store.privacy.erase(person, running.now()), is_done=True)
            return 0
        _print(running, "person_erased", kept=store.privacy.kept(person), is_done=False)
    return 1


@contextmanager
def _here(chosen: argparse.Namespace) -> Iterator[tuple[Installation, OrganisationStore]]:
    with installation() as running:
        yield running, running.database.of(chosen.organisation)


def _print(running: Installation, template: str, **values: object) -> None:
    print(render(Facts(template=template, values=values), "person", Language.NB, running.now().date()).text)


def _accounts(kept: Kept) -> list[str]:
    return [f"{one.platform}:{one.account}" for one in kept.accounts]


def _json(kept: Kept) -> dict[str, object]:
    """As it is kept, but for the others who are named in the history."""
    told = {name: getattr(kept, name) for name in ("accounts", "roles", "conversations", "documents", "settings")}
    done = [
        {name: getattr(entry, name) for name in ("step", "at", "platform", "subject", "field", "before", "after")}
        for entry in kept.history
        if entry.by.id == kept.person.id
    ]
    given = [
        {name: getattr(entry, name) for name in ("at", "subject", "before", "after")}
        for entry in kept.history
        if entry.by.id != kept.person.id
    ]
    return {"id": kept.person.id, "name": kept.person.name, **told, "did": _named(done), "was_given": _named(given)}


def _named(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    """Nobody who is erased has a name."""
    return [{key: None if value == FORMER else value for key, value in row.items()} for row in rows]


def _plain(value: object) -> object:
    """What JSON has no word for."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {each.name: getattr(value, each.name) for each in dataclasses.fields(value)}
    as_iso: Callable[[], str] | None = getattr(value, "isoformat", None)
    return str(value) if as_iso is None else as_iso()
