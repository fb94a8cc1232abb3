"""Transactions over what is the installation's own, and no organisation's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from storage.engine import WRITES, place
from storage.troubles import named_troubles


class Commons:
    """The way to rows that stand beside the organisations."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._writing = engine.execution_options(**{WRITES: True})

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A transaction that writes nothing. Raises DatabaseTrouble."""
        with named_troubles(place(self._engine.url)), Session(self._engine) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A transaction that leaves nothing if it fails. Raises DatabaseTrouble."""
        with named_troubles(place(self._engine.url)), Session(self._writing, expire_on_commit=False) as session:
            yield session
            session.commit()
