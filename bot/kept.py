"""What is worked out from a book, kept for the next one who asks."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from bot.model import Book

T = TypeVar("T")


class Kept(Generic[T]):
    """Keeps the last `most` values, each of one book and one key; many threads may ask at once."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[tuple[int, Hashable], tuple[Book, T]] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, book: Book, key: Hashable, make: Callable[[], T]) -> T:
        """Return the value of this very book and the key, made if it is not kept.

        Whoever asks for one while it is made may make it too; all of them are given the same object.
        """
        at = (id(book), key)
        with self._lock:
            known = self._kept.get(at)
            if known is not None and known[0] is book:
                self._kept.move_to_end(at)
                return known[1]
        made = make()
        with self._lock:
            known = self._kept.get(at)
            if known is None or known[0] is not book:
                known = self._kept[at] = (book, made)
            self._kept.move_to_end(at)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
            return known[1]
