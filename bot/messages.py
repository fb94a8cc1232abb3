"""What comes in from a platform, and what goes out to it: the same on all of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256

from bot.history import Change
from bot.model import Item, Language, Platform


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who sent a message, as the platform knows them.

    `account` is the platform's own id, with the workspace where ids are not unique without it
    ("T1:U7"). `name` is what the platform shows. Both None: the local administrator, who has the
    machine and so may change everything.
    """

    platform: Platform
    account: str | None = None
    name: str | None = None

    @property
    def is_local_administrator(self) -> bool:
        return self.platform is Platform.COMMAND_LINE and self.account is None and self.name is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message, from anywhere; a press on a button is a message like any other.

    `now` carries the organisation's time zone. `channel` is the platform's id of a shared channel, None
    in a direct talk. `conversation` is what follow-ups hang on. `language` is the one that its sender has chosen to be
    answered in, which the core fills in; None: they are answered as they write.
    """

    text: str
    now: datetime
    sender: Sender
    organisation: str | None = None
    conversation: str | None = None
    channel: str | None = None
    language: Language | None = None


class FormName(StrEnum):
    """What can be filled in, where a platform has forms; each becomes one typed command."""

    COMPLETE = "complete"
    MOVE = "move"
    SET_DATE = "set_date"
    WRITE = "write"
    NEW_ITEM = "new_item"
    SETTLE = "settle"
    DIGEST = "digest"
    MEASURE_OF_MESSAGE = "measure_of_message"


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """`says` is the message that a press sends; `describes` tells buttons with one label apart when heard.

    Where the platform has forms, a press opens `form` for what has the key `key` instead.
    """

    label: str
    says: str
    describes: str | None = None
    form: FormName | None = None
    key: str = ""


class PartKind(StrEnum):
    HEADING = "heading"
    ROW = "row"
    TEXT = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One line of an answer; its text is literal, never markup. `item` is the key of the row's item."""

    kind: PartKind
    text: str
    item: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Inclusive days that an answer is about; None is an open side."""

    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A named part of an answer with the items in it: what `digest preview` tells."""

    name: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An answer: the whole of it as plain words in `text`, and line by line in `parts`.

    `is_silent`: it is a digest that tells nothing new, where such are not to be posted.
    """

    text: str
    parts: tuple[Part, ...]
    intent: str
    language: Language
    period: Period | None = None
    items: tuple[Item, ...] = ()
    changes: tuple[Change, ...] = ()
    buttons: tuple[Button, ...] = ()
    sections: tuple[Section, ...] = ()
    is_silent: bool = False

    @property
    def mark(self) -> str:
        """What all replies have in common that are read and pressed alike, and in every process."""
        return sha256(repr((self.text, self.parts, self.buttons)).encode()).hexdigest()[:32]

    @property
    def buttons_to_say(self) -> tuple[Button, ...]:
        """Those that a platform without forms has: one that only opens a form says what another one says already."""
        said = {button.says for button in self.buttons if button.form is None}
        return tuple(button for button in self.buttons if button.form is None or button.says not in said)
