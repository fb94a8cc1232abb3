"""All that an answer may look at: what was asked, by whom, and the organisation's plans."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.followed import only
from bot.messages import Message
from bot.model import Book, Person
from bot.ports import Store
from bot.school_calendar import seen_from
from bot.time.reading import Context
from bot.understanding.frame import Frame


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """One message that has been read; `book` is the plans that it is answered from, as they were when it came.

    What changes something has them all in `book`, and looks its words up in `followed`: the plans that the channel
    follows, or that the message names. It is None where that is all of them.
    `address` is where our own pages are reached.
    """

    message: Message
    asker: Person
    frame: Frame
    book: Book
    store: Store
    followed: Book | None = None
    address: str | None = None

    @property
    def near(self) -> Book:
        """The plans that words are looked up in."""
        return self.followed or self.book

    def near_in(self, book: Book) -> Book:
        """Return the same part of a newer book."""
        return book if self.followed is None else only(book, self.followed.plan_by_id)

    def seen(self, words: str) -> Context:
        """What a time in the words is read against."""
        return seen_from(self.today, self.near, words)

    @property
    def today(self) -> date:
        return self.message.now.date()
