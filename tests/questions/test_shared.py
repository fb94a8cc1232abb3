"""The questions beside the repository, scored by their own program on the plans as they are read in."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from bot.core import Bot
from bot.history import Author
from bot.messages import Message, Reply, Sender
from bot.model import Item, Platform
from bot.proposals.revision import Revision
from handlers.reading import read_plan
from storage.database import Database
from tests.questions.plans import OSLO

SHARED = Path(__file__).parents[3] / "shared"
ENOUGH = 0.9
SENDER = Sender(platform=Platform.COMMAND_LINE)

pytestmark = pytest.mark.skipif(not SHARED.exists(), reason="the shared questions are not beside the repository")


def test_most_shared_questions_are_answered_right(tmp_path: Path) -> None:
    score = the_scorer()
    cases = [json.loads(line) for line in (SHARED / "questions/dev.jsonl").read_text("utf-8").splitlines()]
    database = Database(f"sqlite:///{tmp_path / 'planvakt.db'}")
    database.bring_up_to_date()
    wrong = {case["text"]: found for case in cases if (found := score.check(case, answer(database, case)))}
    database.close()
    assert 1 - len(wrong) / len(cases) >= ENOUGH, wrong


def answer(database: Database, case: Mapping[str, Any]) -> dict[str, Any]:
    """The answer as the command line gives it; each set of plans, and each command, is an organisation of its own."""
    organisation = " ".join([*case["plans"], case["id"] if case["intent"] == "command" else ""])
    store, now = database.of(organisation), datetime.fromisoformat(case["now"]).replace(tzinfo=OSLO)
    for name in () if store.plans.book().plans else case["plans"]:
        proposed = read_plan((SHARED / f"plans/{name}.txt").read_bytes(), f"{name}.txt")
        author = Author(person=store.people.record(SENDER), platform=SENDER.platform, at=now)
        store.plans.take_in(proposed, Revision(plan=None, added=proposed.entries), author)
    bot = Bot(database)
    for text in [*case["previous"], case["text"]]:
        reply = bot.reply(
            Message(text=text, now=now, sender=SENDER, organisation=organisation, conversation=case["id"])
        )
    return dict(as_json(reply))


def as_json(reply: Reply) -> Iterator[tuple[str, Any]]:
    yield "text", reply.text
    yield "language", reply.language.value
    yield "items", [{"title": item.title, **days(item)} for item in reply.items]
    yield "changes", list(reply.changes)
    if reply.period:
        yield "span", {"start": iso(reply.period.start), "end": iso(reply.period.end)}


def days(item: Item) -> dict[str, str | None]:
    return {"start": iso(item.span.start), "end": iso(item.span.end)}


def iso(day: Any) -> str | None:
    return day.isoformat() if day else None


def the_scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("shared_question_score", SHARED / "questions/score.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
