"""Entries that stand as text: a title, and labelled fields beside or below it ("Frist: … – Ansvarlig: …")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from bot.documents.document import Heading, Paragraph
from bot.model import Entry
from bot.proposals.columns import Column, exactly
from bot.proposals.draft import Draft
from bot.proposals.drafts import entries_of, milestones_in
from bot.proposals.labels import has_number
from bot.proposals.lexicon import fold, word_set, words
from bot.proposals.people import is_groups
from bot.proposals.sentences import neat
from bot.proposals.slots import Slot, slots_in
from bot.proposals.surroundings import Surroundings
from bot.proposals.topics import topic_of

# The words before a colon; a label is the last of them, at a line's beginning, behind a sign, or with a capital.
_LABEL = re.compile(r"([A-ZÆØÅa-zæøå][\w/]*(?:\s[\w/]+){0,3})\.?\s*:(?=\s|$)\s*")
_BEFORE_LABEL = "(;,.|/–—-"
_ENDS = " \t;,.|/–—-()"
_QUOTES = ("«", "“", "”", '"')
_IN_BRACKETS = re.compile(r"\(([^()]+)\)[\s.]*$")
# Brackets or the last piece of a line that say who is responsible: "(ansv. Berit)", "– ansv. rektor", "v/ Marit".
_RESPONSIBLE = re.compile(
    r"\s*\((?:ansv\w*\.?\s+|v/\s*)([^():]+)\)|\s*[–—,-]?\s+(?:ansv\w*\.?\s+|v/\s*)([^(),:;]{2,60})$", re.IGNORECASE
)
_ORDINAL = re.compile(r"\d\.\s*$")
_CHECKBOX = re.compile(r"^\[[ xX]?\]\s*")
_OF_WORK = (Column.WHEN, Column.RESPONSIBLE, Column.WHO, Column.STATUS)
_FIELDS = (
    Column.WHEN,
    Column.CLOCK,
    Column.RESPONSIBLE,
    Column.WHO,
    Column.AUDIENCE,
    Column.RESOURCES,
    Column.COMMENT,
    Column.STATUS,
    Column.PLACE,
    Column.MILESTONE,
    Column.MEASURE,
    Column.WHAT,
    Column.GOAL,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """What stands after a label: what it is, the label itself, the words."""

    kind: Column
    label: str
    text: str


def fields_in(text: str) -> tuple[str, tuple[Field, ...]]:
    """Return what stands before the first label of a line, and the labelled fields."""
    found = [label for match in _LABEL.finditer(text) if (label := _label(match, text))]
    if not found:
        return text, ()
    ends = [label.start for label in found[1:]] + [len(text)]
    fields = tuple(
        Field(kind=label.kind, label=label.text, text=text[label.end : end].strip(_ENDS))
        for label, end in zip(found, ends, strict=True)
    )
    before = text[: found[0].start].strip(_ENDS)
    sentence = _responsible().match(before)
    if sentence is None:
        return before, fields
    return "", (Field(kind=Column.RESPONSIBLE, label="", text=sentence[1]), *fields)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A label in a line, from its first sign to where its words begin."""

    kind: Column
    text: str
    start: int
    end: int


def _label(match: re.Match[str], text: str) -> _Found | None:
    """Return the label that the last words before a colon are, the longest that is known."""
    said = match[1].split()
    for count in range(len(said), 0, -1):
        label = " ".join(said[-count:])
        start = match.start(1) + match[1].rindex(label) if label in match[1] else match.start(1)
        is_apart = not text[:start].strip() or text[:start].rstrip()[-1] in _BEFORE_LABEL or label[0].isupper()
        kind = exactly(label)
        if kind in _FIELDS and is_apart and not _is_counted(label, text[:start]):
            return _Found(kind=kind, text=label, start=start, end=match.end())
    return None


@cache
def _responsible() -> re.Pattern[str]:
    said = "|".join(map(re.escape, words("columns", "responsible", "said")))
    return re.compile(rf"^([^.:;]{{2,60}}?)\s(?:{said})\.?$", re.IGNORECASE)


def _is_counted(label: str, before: str) -> bool:
    """Whether a word is no label, but the name of something with a number before it: "5. trinn: …"."""
    return _ORDINAL.search(before) is not None and fold(label) in word_set("plans", "parts", "words")


def has_checkbox(text: str) -> bool:
    return _CHECKBOX.match(text) is not None


def without_checkbox(text: str) -> str:
    return _CHECKBOX.sub("", text)


def is_told_below(blocks: Sequence[Heading | Paragraph], at: int) -> bool:
    """Whether the line at a place only says when or by whom something is to be done, that stands above it."""
    if at >= len(blocks):
        return False
    title, fields, kind = title_and_fields(blocks[at].text)
    return not title and kind is None and any(one.kind in _OF_WORK for one in fields)


@dataclass(slots=True)
class Record:
    """An entry under way: its title, when it is, and the fields that have been read so far.

    `is_sure` is not set for a line that is an entry only if fields follow below it.
    """

    title: Paragraph
    column: Column
    around: Surroundings
    slots: tuple[Slot, ...] = ()
    notes: list[str] = field(default_factory=list)
    fields: list[Field] = field(default_factory=list)
    is_sure: bool = True

    @property
    def has_field_of_work(self) -> bool:
        return any(one.kind in _OF_WORK for one in self.fields)

    def is_told_by(self, line: Paragraph) -> bool:
        """Whether a plain line stands between a numbered title and the fields that belong to the title."""
        if self.fields or self.slots or line.bullet or has_number(line):
            return False
        return has_number(self.title)

    def entries(self) -> Iterator[Entry]:
        """Yield what the record has come to; nothing where it turned out to be only a line."""
        if not self.is_sure and not self.has_field_of_work:
            return
        topic = topic_of(self.title, self.notes)
        if topic is None:
            return
        slots = self.slots
        for one in self._of(Column.WHEN):
            slots = slots or slots_in(one.text, self.around).slots
        draft = Draft(
            column=self._column(),
            around=self.around,
            slots=slots,
            responsible=self._texts(Column.RESPONSIBLE, Column.WHO),
            audience=self._texts(Column.AUDIENCE),
            remarks=self._texts(Column.CLOCK, Column.COMMENT),
            notes=tuple(f"{one.label}: {one.text}" for one in self._of(Column.STATUS)),
            resources="; ".join(self._texts(Column.RESOURCES)) or None,
            places=self._texts(Column.PLACE),
            milestones=milestones_in(" ".join(self._texts(Column.MILESTONE))),
        )
        yield from entries_of(draft, [topic])

    def _column(self) -> Column:
        """What has a deadline or somebody responsible is to be done."""
        stems = words("columns", "to_do", "stems")
        is_work = any(stem in fold(one.label) for one in self._of(Column.WHEN) for stem in stems)
        return Column.MEASURE if is_work and self.column is Column.WHAT else self.column

    def _of(self, *kinds: Column) -> list[Field]:
        return [one for one in self.fields if one.kind in kinds]

    def _texts(self, *kinds: Column) -> tuple[str, ...]:
        return tuple(one.text for one in self._of(*kinds) if one.text)


def _without_names(text: str) -> tuple[str, tuple[Field, ...]]:
    """Return a line without the brackets it ends in, where they name somebody: who does it, or all that come to it."""
    if (told := _RESPONSIBLE.search(text)) and told.start():
        left = f"{text[: told.start()]} {text[told.end() :]}".strip()
        return left, (Field(kind=Column.RESPONSIBLE, label="", text=(told[1] or told[2]).strip(" .")),)
    found = _IN_BRACKETS.search(text)
    # Behind a quotation the brackets name where it is from.
    is_quoted = text.lstrip().startswith(_QUOTES)
    if found is None or is_quoted or ":" in found[1] or not is_groups(found[1]):
        return text, ()
    is_all = fold(found[1]).split()[0] in word_set("people", "everyone")
    kind = Column.AUDIENCE if is_all else Column.RESPONSIBLE
    return text[: found.start()].rstrip(), (Field(kind=kind, label="", text=found[1].strip()),)


def title_and_fields(text: str) -> tuple[str, list[Field], Column | None]:
    """Return a line's title, its fields, and what the title is, where a label says it ("Tiltak: …")."""
    text, named = _without_names(without_checkbox(text))
    before, labelled = fields_in(text)
    fields = (*labelled, *named)
    if before or not fields or fields[0].kind not in (Column.MEASURE, Column.WHAT, Column.GOAL):
        return neat(before), list(fields), None
    return fields[0].text, list(fields[1:]), fields[0].kind


def title_and_people(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a line's title and who it says is responsible; the line as it is where its labels tell other things."""
    title, fields, kind = title_and_fields(text)
    if kind or not title or any(one.kind not in (Column.RESPONSIBLE, Column.WHO) for one in fields):
        return text, ()
    return title, tuple(one.text for one in fields)
