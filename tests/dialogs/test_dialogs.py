"""What is said, and what is answered, turn by turn, over a real database."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.core import Bot
from bot.messages import Message, Reply, Sender
from bot.model import Book, Platform
from handlers.reading import read_plan
from storage.database import Database
from tests.dialogs.plans import take_in_plans

HERE = Path(__file__).parent
NOW = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Europe/Oslo"))
DIALOGS = [
    pytest.param(dialog["turn"], HERE / f"{dialog.get('plans', 'plans')}.toml", id=f"{file.stem}: {dialog['name']}")
    for file in sorted(HERE.glob("*.toml"))
    for dialog in tomllib.loads(file.read_text("utf-8")).get("dialog", ())
]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("turns", "plans"), DIALOGS)
def test_dialog(database: Database, turns: list[Mapping[str, Any]], plans: Path) -> None:
    take_in_plans(database.of(None), plans)
    for turn in turns:
        book = database.of(None).plans.book()
        reply = answer(Bot(database), turn, book)
        if "given" in turn:
            assert reply.changes, reply.text
            continue
        told = f"{turn.get('say')}\n{reply.text}\n{[button.says for button in reply.buttons]}"
        after = database.of(None).plans.book()
        assert changes_of(reply, book, after) == turn.get("changes", []), told
        assert [piece for piece in turn.get("has", ()) if piece not in reply.text] == [], told
        assert [piece for piece in turn.get("lacks", ()) if piece in reply.text] == [], told
        assert set(with_keys(turn.get("buttons", ()), after)) <= set(pressed(reply)), told
        assert reply.intent == turn.get("intent", reply.intent), told
        assert reply.language == turn.get("language", reply.language), told
        items = [f"{item.title} {item.span.start}" for item in reply.items]
        assert all(title in item for title, item in zip(turn.get("items", items), items, strict=True)), told


def pressed(reply: Reply) -> Iterable[str]:
    """What the buttons say; those that take back an act also without its number."""
    says = [button.says for button in reply.buttons]
    return (*says, *(re.sub(r"(?<=angre|.undo) \d+$", "", said) for said in says))


def answer(bot: Bot, turn: Mapping[str, Any], book: Book) -> Reply:
    """What is said to a message, or to a file that is handed in: `document` is its text, `file` its name here."""
    message = a_message(turn, book)
    if "document" not in turn and "file" not in turn:
        return bot.reply(message)
    content = (HERE / turn["file"]).read_bytes() if "file" in turn else turn["document"].encode("utf-8")
    return bot.refusal_to_read_in(message) or bot.read_in(message, read_plan(content, "plan.md"))


def changes_of(reply: Reply, *books: Book) -> list[dict[str, str]]:
    """The changes as the tables write them: an item by its newest title, and what is nothing left out."""
    titles = {item.key: item.title for book in books for item in book.items}
    return [
        {
            name: value
            for name, value in {
                "item": titles.get(change.item or ""),
                "field": change.field,
                "from": change.before,
                "to": change.after,
                "by": change.by,
            }.items()
            if value is not None
        }
        for change in reply.changes
    ]


def a_message(turn: Mapping[str, Any], book: Book) -> Message:
    platform = Platform(turn.get("platform", "command_line"))
    return Message(
        text=with_keys([(turn.get("given") or turn.get("say", "")).replace("{many}", "veldig " * 400)], book)[0],
        now=turn["at"].astimezone(NOW.tzinfo) if "at" in turn else NOW,
        sender=Sender(platform=platform, account=turn.get("account"), name=turn.get("as")),
        conversation=turn.get("conversation"),
        channel=turn.get("channel"),
    )


def with_keys(texts: Iterable[str], book: Book) -> list[str]:
    """The texts with the key of an item wherever its title and first day stand in braces."""
    keys = {f"{item.title} {item.span.start}": item.key for item in book.items}
    return [re.sub(r"\{([^}]*)\}", lambda found: keys[found[1]], text) for text in texts]
