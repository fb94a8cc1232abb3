"""All that an answer may look at: what was asked, by whom, and the organisation's plans."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.messages import Message
from bot.model import Book, Person
from bot.ports import Store
from bot.understanding.frame import Frame


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """One message that has been read; `book` is the plans as they were when it came."""

    message: Message
    asker: Person
    frame: Frame
    book: Book
    store: Store

    @property
    def today(self) -> date:
        return self.message.now.date()
