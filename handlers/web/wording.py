"""The page's own words, from words.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from handlers.contract import Json

FILE = Path(__file__).parent / "words.toml"


@cache
def words() -> dict[str, dict[str, Json]]:
    """Return the words by written standard and name, as they are sent to the page."""
    return tomllib.loads(FILE.read_text("utf-8"))


def served_at(address: str) -> str:
    """Return the sentence that tells where the page is."""
    return str(words()["nb"]["served"]).format(address=address)
