"""Whatever is asked and done in one organisation, nothing of another is told, and nothing of another is changed.

`pytest tests/attack/test_neighbours.py --hypothesis-profile=long` tries a hundred times as much.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import redirect_stdout
from dataclasses import replace
from io import StringIO
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.answers.registry import ANSWERS
from bot.answers.reminders import reminder_reply, reminders_of
from bot.calendar_feed import FeedOf
from bot.messages import FormName, Reply
from bot.model import Platform
from handlers.cli import main
from tests.attack.neighbours import (
    CHANNEL,
    NOW,
    OURS,
    PEOPLE,
    THEIRS,
    WORDS,
    Neighbours,
    both,
    commands,
    one_of_each,
    opened,
    questions,
)

SECRET = WORDS[THEIRS].casefold()
EXAMPLES = 400 if settings.get_current_profile_name() == "long" else 3
SAID = sorted({*commands(), *questions()})
ACTS = st.tuples(st.sampled_from(PEOPLE), st.sampled_from(SAID), st.integers(0, 9))
_NUMBERS = count()


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("neighbours") / "both.db"
    both(file)
    return file


@pytest.fixture
def neighbours(template: Path, tmp_path: Path) -> Iterator[Neighbours]:
    found = opened(template, tmp_path / f"{next(_NUMBERS)}.db")
    yield found
    found.database.close()


def is_kept(told: object) -> None:
    """What was told has nothing of the others."""
    assert SECRET not in repr(told).casefold(), told


def filled_in(neighbours: Neighbours, text: str) -> str:
    """With the keys of what has the others' word: we have them too, for something of ours."""
    keys = [item.key for item in neighbours.database.of(THEIRS).plans.book().items if WORDS[THEIRS] in item.title]
    return text.replace("{event}", keys[0]).replace("{measure}", keys[1])


def act(neighbours: Neighbours, user: str, text: str, pressed: int) -> Reply:
    """Say something, and press one of the buttons under what is told."""
    reply = neighbours.said(OURS, filled_in(neighbours, text), user)
    is_kept(reply)
    if reply.buttons:
        button = reply.buttons[pressed % len(reply.buttons)]
        is_kept(neighbours.said(OURS, button.says, user))
    return reply


def everything_else(neighbours: Neighbours) -> Iterator[object]:
    """What is told without being asked in words: forms, digests, reminders, calendars."""
    book = neighbours.database.of(THEIRS).plans.book()
    for user in PEOPLE:
        for name in FormName:
            for item in [item for item in book.items if WORDS[THEIRS] in item.title]:
                yield neighbours.bot.form(neighbours.message(OURS, "", user), name, item.key)
    ours = neighbours.ours
    for subscription in ours.digests.subscriptions():
        yield neighbours.bot.digest(ours, replace(subscription, paused_until=None), NOW)
    for reminder in reminders_of(ours, NOW):
        yield reminder_reply(reminder, ours.plans.book())
    feed = ours.calendar_feeds.find(FeedOf(platform=Platform.SLACK, channel=CHANNEL))
    if feed:
        yield neighbours.bot.calendar(ours, feed, NOW.date())
    yield ours.waiting.find(1, NOW), ours.waiting.find(2, NOW), ours.history.everything(), ours.people.everyone()


def exported(neighbours: Neighbours, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """What the command line prints of us."""
    monkeypatch.setenv("PLANVAKT_DATABASE_URL", neighbours.url)
    people = [str(person.id) for person in neighbours.ours.people.everyone()]
    theirs = [str(person.id) for person in neighbours.database.of(THEIRS).people.everyone()]
    asked = [["person", "export", who, "--json"] for who in [*people, *theirs, "Ola", WORDS[OURS]]]
    for words in [["history", "--json"], ["items", "--json"], ["person", "list", "--json"], *asked]:
        said = StringIO()
        with redirect_stdout(said):
            main([*words, "--organisation", OURS])
        yield said.getvalue()


def test_the_same_stands_in_both_under_the_same_keys(neighbours: Neighbours) -> None:
    ours, theirs = (neighbours.database.of(name).plans.book() for name in (OURS, THEIRS))
    assert [item.key for item in ours.items] == [item.key for item in theirs.items]
    assert [plan.title for plan in ours.plans] == [plan.title for plan in theirs.plans]
    held = {str(row[0]) for row in neighbours.rows_of(THEIRS) if SECRET in repr(row).casefold()}
    assert held >= {"item", "person", "history", "unit", "waiting_document", "conversation"}
    with pytest.raises(AssertionError):
        is_kept(neighbours.said(THEIRS, "hva skjer 2. desember?"))


def test_every_command_and_every_surface_keeps_to_its_own(
    neighbours: Neighbours, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = neighbours.rows_of(THEIRS)
    seen = {act(neighbours, PEOPLE[0], text, number).intent for number, text in enumerate(one_of_each())}
    for told in everything_else(neighbours):
        is_kept(told)
    for printed in exported(neighbours, monkeypatch):
        is_kept(printed)
    assert [intent for intent in ANSWERS if intent not in seen] == []
    assert neighbours.rows_of(THEIRS) == before


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(ACTS, min_size=6, max_size=12))
def test_whatever_is_said_keeps_to_its_own(template: Path, tmp_path: Path, acts: list[tuple[str, str, int]]) -> None:
    neighbours = opened(template, tmp_path / f"{next(_NUMBERS)}.db")
    before = neighbours.rows_of(THEIRS)
    for user, text, pressed in acts:
        act(neighbours, user, text, pressed)
    for told in everything_else(neighbours):
        is_kept(told)
    assert neighbours.rows_of(THEIRS) == before
    neighbours.database.close()
