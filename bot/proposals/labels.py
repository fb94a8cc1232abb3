"""Headings and labels that say what stands below: "Mål:", "Milepæler høst 2023:", "Satsing 1.a Trygg hver dag"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from bot.documents.document import Paragraph
from bot.proposals.columns import Column, meaning
from bot.proposals.front import is_about_itself, is_reservation
from bot.proposals.lexicon import fold, word_set, words

_KINDS = {
    "goal": Column.GOAL,
    "focus_area": Column.AREA,
    "measure": Column.MEASURE,
    "milestone": Column.MILESTONE,
    "event": Column.WHAT,
    "responsibility": Column.DUTY,
    "module": Column.MODULE,
}
_LONGEST = 80
_LONGEST_HEADING = 70
_OWN_NUMBER = re.compile(r"^(?:[A-ZÆØÅ]?\d{1,2}(?:\.\d{1,2})*[.):]?|[A-ZÆØÅ][.)])\s")
_NUMBER = r"(\d+(?:\.\w+)*|[a-zæøåA-ZÆØÅ](?=[).:]))[).]?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What a label says its entries are; `rest` is what stands behind it in the line."""

    column: Column
    rest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered:
    """A line that begins with a label and a number is an entry itself; without words behind them `title` is empty.

    `is_apart`: a colon sets the label apart from the title. `when` stands in brackets behind the number.
    """

    column: Column
    label: str
    number: str
    title: str
    is_apart: bool
    when: str = ""


def label_of(text: str, *, is_heading: bool) -> Label | None:
    """Return the label that a line is: a heading of such words, or a short line that ends with a colon."""
    if len(text) > _LONGEST or not (is_heading or text.rstrip().endswith(":")):
        return None
    said = text.rstrip(" :")
    found = _labels().match(said)
    if found is None:
        return _asked(text) if is_heading else None
    rest = said[found.end() :].strip()
    if is_heading and rest and not _is_for(rest):
        return None
    return Label(column=_column(found[0]), rest=rest)


def _asked(text: str) -> Label | None:
    """Return the label that a heading is that asks: "Kva vil vi oppnå?" stands over goals."""
    what = meaning(text) if text.rstrip().endswith("?") else None
    if what in (Column.RESPONSIBLE, Column.WHO, Column.ACTOR):
        what = Column.DUTY
    return Label(column=what, rest="") if what in (Column.GOAL, Column.MEASURE, Column.DUTY) else None


def _is_for(rest: str) -> bool:
    """Whether the words behind a label only say whose or of when it is."""
    return fold(rest).split()[:1] in ([word] for word in words("plans", "labels", "for")) or any(map(str.isdigit, rest))


def numbered_of(text: str) -> Numbered | None:
    """Return the numbered label that a line begins with."""
    found = _labels().match(text)
    if found is None:
        return None
    number = re.match(rf"\s*{_NUMBER}(?:\s*\(([^()]*\d[^()]*)\))?(\s*[:–—-]\s*|\s+|$)", text[found.end() :])
    if number is None:
        return None
    return Numbered(
        column=_column(found[0]),
        label=found[0],
        number=number[1],
        title=text[found.end() + number.end() :].strip(),
        when=number[2] or "",
        is_apart=":" in number[3],
    )


def is_phase(text: str) -> bool:
    """Whether a line is a numbered phase, whatever words follow: "Fase 3: Spredning og avslutning"."""
    first, _, rest = text.partition(" ")
    return fold(first) in word_set("plans", "parts", "phases") and rest[:1].isdigit()


@cache
def _by_word() -> dict[str, Column]:
    return {word: column for name, column in _KINDS.items() for word in words("plans", "labels", name)}


def _column(word: str) -> Column:
    return _by_word()[fold(word)]


@cache
def _labels() -> re.Pattern[str]:
    ordered = sorted(_by_word(), key=len, reverse=True)
    return re.compile(r"(?:" + "|".join(re.escape(word) for word in ordered) + r")(?!\w)", re.IGNORECASE)


def has_number(line: Paragraph) -> bool:
    """Whether a line has a number or a letter of its own before its words: "1.4 …", "B. …"."""
    return line.number is not None or _OWN_NUMBER.match(line.text) is not None


def is_heading_line(text: str) -> bool:
    """Whether a paragraph looks like a heading: a few words, no sign at its end."""
    return len(text) <= _LONGEST_HEADING and text[-1] not in ".:;,!?" and (text[0].isupper() or text[0].isdigit())


def tells_of_document(text: str) -> bool:
    """Whether a line that is no numbered entry is about the document itself, or is its reservation."""
    return not numbered_of(text) and (is_about_itself(text) or is_reservation(text))
