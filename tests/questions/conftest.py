"""The invented plans in one database for all questions, which change nothing in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.core import Bot
from bot.model import Book
from storage.database import Database
from tests.questions.plans import take_in_plans


@pytest.fixture(scope="session")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """The database that is asked."""
    database = Database(f"sqlite:///{tmp_path_factory.mktemp('questions') / 'planvakt.db'}")
    database.bring_up_to_date()
    take_in_plans(database.of(None))
    yield database
    database.close()


@pytest.fixture(scope="session")
def bot(asked: Database) -> Bot:
    return Bot(asked)


@pytest.fixture(scope="session")
def book(asked: Database) -> Book:
    return asked.of(None).plans.book()
