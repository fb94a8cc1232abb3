"""A small chart grammar: named rules over the readings of tokens, all ends of each symbol found once.

A pattern is symbols with spaces between: `[x y]` may be left out, `(a|b)` is a choice, and `name:symbol` hands
what the symbol says to the rule's function; all that is called `each`, or `joints`, comes in one tuple. A symbol
that has rules is a part; any other is a reading that the lexicon gives a token. No part may hold itself, so the
work for each token is bounded whatever the text.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.time.patterns import Step, expanded
from bot.time.tokens import Token

Build = Callable[..., Any]
Guard = Callable[[Sequence[Token], int, int], bool]
Place = int | tuple[int, ...]
"""Where among the captured values an argument stands; -1 is nowhere, several places make a tuple."""

_GATHERED = ("each", "joints")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What `build` makes of the captured parts is a `symbol`; None says that it is none after all."""

    symbol: str
    pattern: str
    build: Build
    guard: Guard | None = None


class Rules:
    """The rules of one grammar file, in the order in which they win over each other."""

    def __init__(self) -> None:
        self.all: list[Rule] = []

    def either(self, symbol: str, *patterns: str) -> None:
        """Say that a symbol is what `it` is in one of the patterns."""
        self.all.extend(Rule(symbol=symbol, pattern=pattern, build=_same) for pattern in patterns)

    def __call__(self, symbol: str, *patterns: str, guard: Guard | None = None) -> Callable[[Build], Build]:
        def add(build: Build) -> Build:
            self.all.extend(Rule(symbol=symbol, pattern=p, build=build, guard=guard) for p in patterns)
            return build

        return add


Leaf = tuple[int, Build, tuple[Place, ...], Guard | None]


@dataclass(slots=True)
class _Node:
    """A place in the tree of all patterns of one symbol."""

    readings: dict[str, _Node] = field(default_factory=dict)
    parts: dict[str, _Node] = field(default_factory=dict)
    leaves: list[Leaf] = field(default_factory=list)
    # Made ready from `parts` and `readings` when all rules are planted: what can follow here at all.
    begins: frozenset[str] = frozenset()
    steps: tuple[tuple[str, frozenset[str], _Node], ...] = ()


class Grammar:
    """Rules made ready: one tree a symbol, and the readings that each symbol can begin with."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = tuple(rules)
        self._symbols = {rule.symbol for rule in self.rules}
        self.trees = {symbol: _Node() for symbol in self._symbols}
        for rank, rule in enumerate(self.rules):
            asks = tuple(inspect.signature(rule.build).parameters)
            for steps in expanded(rule.pattern):
                self._plant(rank, rule, steps, asks)
        self.first: dict[str, frozenset[str]] = {}
        for symbol in self._symbols:
            self._find_first(symbol, ())
        for tree in self.trees.values():
            self._make_ready(tree)

    def _plant(self, rank: int, rule: Rule, steps: Sequence[Step], asks: Sequence[str]) -> None:
        node = self.trees[rule.symbol]
        for symbol, _ in steps:
            branches = node.parts if symbol in self._symbols else node.readings
            node = branches.setdefault(symbol, _Node())
        names = [name for _, name in steps]
        places = tuple(_place(name, names) for name in asks)
        node.leaves.append((rank, rule.build, places, rule.guard))

    def _find_first(self, symbol: str, above: tuple[str, ...]) -> frozenset[str]:
        if symbol in above:
            raise ValueError(f"{symbol} holds itself: {' > '.join(above)}")
        if symbol not in self.first:
            tree = self.trees[symbol]
            if tree.leaves:
                raise ValueError(f"{symbol} may be empty")
            first = set(tree.readings)
            for part in self._parts_below(tree):
                reach = self._find_first(part, (*above, symbol))
                if part in tree.parts:
                    first |= reach
            self.first[symbol] = frozenset(first)
        return self.first[symbol]

    def _make_ready(self, node: _Node) -> None:
        node.steps = tuple((symbol, self.first[symbol], child) for symbol, child in node.parts.items())
        node.begins = frozenset(node.readings).union(*(first for _, first, _ in node.steps))
        for child in (*node.parts.values(), *node.readings.values()):
            self._make_ready(child)

    def _parts_below(self, node: _Node) -> set[str]:
        below = set(node.parts)
        for child in (*node.parts.values(), *node.readings.values()):
            below |= self._parts_below(child)
        return below

    @property
    def readings(self) -> frozenset[str]:
        """Every reading that some pattern asks for."""
        return frozenset(
            symbol for rule in self.rules for steps in expanded(rule.pattern) for symbol, _ in steps
        ).difference(self._symbols)


def _same(it: Any) -> Any:
    return it


def _place(name: str, names: Sequence[str | None]) -> Place:
    if name in _GATHERED:
        return tuple(at for at, captured in enumerate(names) if captured == name)
    return names.index(name) if name in names else -1


Found = dict[int, tuple[int, Any]]
"""Token after the last → rank of the rule, and what it says."""


class Chart:
    """What has been found of one text so far."""

    def __init__(self, grammar: Grammar, tokens: Sequence[Token]) -> None:
        self._trees = grammar.trees
        self._tokens = tokens
        self._length = len(tokens)
        self._readings = [token.said.readings for token in tokens]
        # One more, for what would follow the last: nothing begins there.
        self._categories = [*(token.said.categories for token in tokens), frozenset[str]()]
        self._known: dict[tuple[str, int], Found] = {}

    def ends(self, symbol: str, at: int) -> Found:
        """Return what the symbol can be from token `at` on."""
        key = (symbol, at)
        found = self._known.get(key)
        if found is None:
            found = {}
            self._walk(self._trees[symbol], at, at, (), found)
            # Only now: another thread that reads the same text takes what is known for all that there is.
            self._known[key] = found
        return found

    def longest(self, symbol: str, at: int) -> tuple[int, Any] | None:
        """Return the end and the value of the longest such symbol at `at`."""
        found = self.ends(symbol, at)
        if not found:
            return None
        end = max(found)
        return end, found[end][1]

    def _walk(self, node: _Node, start: int, at: int, said: tuple[Any, ...], found: Found) -> None:
        for leaf in node.leaves:
            self._close(leaf, start, at, said, found)
        if at < self._length:
            if node.readings:
                self._walk_readings(node, start, at, said, found)
            if node.steps:
                self._walk_parts(node, start, at, said, found)

    def _walk_readings(self, node: _Node, start: int, at: int, said: tuple[Any, ...], found: Found) -> None:
        branches = node.readings
        for category, value, width in self._readings[at]:
            child = branches.get(category)
            if child is not None:
                end = at + width
                if child.leaves or not child.begins.isdisjoint(self._categories[end]):
                    self._walk(child, start, end, (*said, value), found)

    def _walk_parts(self, node: _Node, start: int, at: int, said: tuple[Any, ...], found: Found) -> None:
        categories = self._categories[at]
        for symbol, first, child in node.steps:
            if first.isdisjoint(categories):
                continue
            ends = self._known.get((symbol, at))
            if ends is None:
                ends = self.ends(symbol, at)
            for end, (_, value) in ends.items():
                if child.leaves or not child.begins.isdisjoint(self._categories[end]):
                    self._walk(child, start, end, (*said, value), found)

    def _close(self, leaf: Leaf, start: int, end: int, said: tuple[Any, ...], found: Found) -> None:
        rank, build, places, guard = leaf
        known = found.get(end)
        if known is not None and known[0] <= rank:
            return
        if guard is not None and not guard(self._tokens, start, end):
            return
        value = build(*[_argument(said, place) for place in places])
        if value is not None:
            found[end] = (rank, value)


def _argument(said: tuple[Any, ...], place: Place) -> Any:
    if isinstance(place, tuple):
        return tuple(said[at] for at in place)
    return said[place] if place >= 0 else None
