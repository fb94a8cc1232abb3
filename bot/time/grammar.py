"""The grammar as a whole: all rules, in the order in which they win over each other."""

from __future__ import annotations

from functools import lru_cache

from bot.time import (
    grammar_cells,
    grammar_clock,
    grammar_dates,
    grammar_holidays,
    grammar_parts,
    grammar_ranges,
    grammar_recurring,
    grammar_relative,
    grammar_seasons,
    grammar_sides,
    grammar_weeks,
)
from bot.time.chart import Grammar

_FILES = (
    grammar_dates,
    grammar_weeks,
    grammar_relative,
    grammar_recurring,
    grammar_seasons,
    grammar_holidays,
    grammar_parts,
    grammar_clock,
    grammar_ranges,
    grammar_sides,
    grammar_cells,
)


@lru_cache(maxsize=1)
def grammar() -> Grammar:
    """Return the one grammar, made ready at its first use."""
    return Grammar(rule for file in _FILES for rule in file.rules.all)
