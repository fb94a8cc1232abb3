"""What an answer is made of, before it is put into words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.history import Change
from bot.messages import Period, Section
from bot.model import Item


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """A button before it has a label: `name` is its label's name in norwegian/buttons.toml."""

    name: str
    says: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """A template's name and what fills it; `items` are the plan items the answer speaks of."""

    template: str
    values: Mapping[str, object] = field(default_factory=dict)
    period: Period | None = None
    items: tuple[Item, ...] = ()
    changes: tuple[Change, ...] = ()
    buttons: tuple[Press, ...] = ()
    sections: tuple[Section, ...] = ()
