"""The table of how each kind of value is resolved; the resolve_* files fill it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from bot.time.frame import Frame
from bot.time.values import Value
from bot.time.when import When

Resolver = Callable[[Any, Frame], When | None]

_RESOLVERS: dict[type[Value], Resolver] = {}


def resolves(*kinds: type[Value]) -> Callable[[Resolver], Resolver]:
    """Say that a function resolves values of these kinds."""

    def register(resolver: Resolver) -> Resolver:
        for kind in kinds:
            _RESOLVERS[kind] = resolver
        return resolver

    return register


def resolved(value: Value, frame: Frame) -> When | None:
    """Return the days of a value in a frame; None where the frame does not tell."""
    return _RESOLVERS[type(value)](value, frame)


def kinds() -> Iterable[type[Value]]:
    """Return the kinds of value that have a resolver."""
    return _RESOLVERS.keys()
