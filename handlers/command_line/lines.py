"""JSON lines on standard input, each an object with a text."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from io import TextIOWrapper
from typing import Any

from bot.errors import BadLine


def lines() -> Iterator[tuple[int, str]]:
    """Yield each line that has something in it with its number; a byte that is no UTF-8 is a replaced character."""
    if isinstance(sys.stdin, TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")
    for number, line in enumerate(sys.stdin or (), 1):
        if line.strip():
            yield number, line


def object_of(line: str, number: int) -> dict[str, Any]:
    """Return the object that a line is. Raises BadLine where it is none, or has no text."""
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        raise BadLine(number=number) from None
    if not isinstance(found, dict) or not isinstance(found.get("text"), str):
        raise BadLine(number=number)
    return found
