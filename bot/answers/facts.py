"""What an answer is made of, before it is put into words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.breaks import SchoolBreak
from bot.history import Change
from bot.messages import FormName, Period, Section
from bot.model import Item, Language, Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """A button before it has a label: `name` is its label's name in norwegian/buttons.toml.

    `is_choice` is set where it answers what is asked back: "den andre" is the second of these. `form` is what it opens
    where the platform has forms, about what has the key `key`.
    """

    name: str
    says: str
    values: Mapping[str, object] = field(default_factory=dict)
    is_choice: bool = False
    form: FormName | None = None
    key: str = ""


class Why(StrEnum):
    """Why plans' ends are told: the plan that was named is over, none is current, or only these have what is asked."""

    NAMED = "named"
    NONE_CURRENT = "none_current"
    HAS_IT = "has_it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """Plans whose ends an empty answer tells of."""

    plans: tuple[Plan, ...]
    why: Why


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked of an item that was done: the answer is a remark of that field in bot.remarks."""

    field: str
    item: Item


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """A template's name and what fills it; `items` are the plan items the answer speaks of.

    `offered` are those of them that nobody asked for: told as the next there is. `listed_plans` are the plans of a
    list of plans. `ended` is told behind what the template says. `breaks` are those that the asked time hangs on: the
    answer ends with their days. `asks` is what the next message may answer. `language` is set where it is told in
    another one than was to be expected.
    """

    template: str
    values: Mapping[str, object] = field(default_factory=dict)
    period: Period | None = None
    items: tuple[Item, ...] = ()
    changes: tuple[Change, ...] = ()
    buttons: tuple[Press, ...] = ()
    sections: tuple[Section, ...] = ()
    offered: tuple[Item, ...] = ()
    listed_plans: tuple[Plan, ...] = ()
    ended: Ended | None = None
    breaks: tuple[SchoolBreak, ...] = ()
    asks: Question | None = None
    language: Language | None = None

    @property
    def choices(self) -> tuple[str, ...]:
        """The messages that are offered to choose from."""
        return tuple(press.says for press in self.buttons if press.is_choice)
