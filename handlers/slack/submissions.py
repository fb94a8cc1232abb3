"""Modals that are sent twice: Slack brings each press, and what it says is to be done once."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Coroutine
from typing import Any, Protocol, TypeVar

AT_MOST = 5_000


class HasView(Protocol):
    """What comes of a modal: what Slack is answered, None where it closes."""

    @property
    def view(self) -> dict[str, Any] | None: ...


T = TypeVar("T", bound=HasView)


class Submissions:
    """What has been sent, by the id and hash of its modal; one that stays open may be sent again."""

    def __init__(self) -> None:
        self._taken: OrderedDict[tuple[str, str], asyncio.Task[Any]] = OrderedDict()

    def once(self, key: tuple[str, str], start: Callable[[], Coroutine[Any, Any, T]]) -> tuple[asyncio.Task[T], bool]:
        """Return what is being done or has been for it, and whether this is the first time."""
        if key in self._taken:
            return self._taken[key], False
        task = asyncio.create_task(start())
        self._taken[key] = task
        task.add_done_callback(lambda _: self._forget_if_open(key, task))
        while len(self._taken) > AT_MOST:
            self._taken.popitem(last=False)
        return task, True

    def _forget_if_open(self, key: tuple[str, str], task: asyncio.Task[T]) -> None:
        failed = task.cancelled() or task.exception() is not None
        if failed or task.result().view is not None:
            self._taken.pop(key, None)
