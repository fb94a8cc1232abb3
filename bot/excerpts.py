"""The running text of a plan in pieces that can be quoted: what it says outside its items."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """A paragraph, a list with what leads to it, or a row of a table, in the plan's own words.

    `heading` is the nearest above it; `source` and `source_line` tell where it stands, as an entry does.
    """

    text: str
    heading: str | None = None
    source: str | None = None
    source_line: int | None = None
