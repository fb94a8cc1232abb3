"""Entries that stand as text: a title, and labelled fields beside or below it ("Frist: … – Ansvarlig: …")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.documents.document import Paragraph
from bot.model import Entry
from bot.proposals.columns import Column, exactly
from bot.proposals.draft import Draft
from bot.proposals.drafts import entries_of, milestones_in
from bot.proposals.lexicon import fold, word_set, words
from bot.proposals.people import is_groups
from bot.proposals.sentences import neat
from bot.proposals.slots import Slot, slots_in
from bot.proposals.surroundings import Surroundings
from bot.proposals.topics import topic_of

# A label stands at a line's beginning, behind a sign, or begins with a capital.
_LABEL = re.compile(r"(?:^|(?<=[(;,.|–—-])\s?|\s(?=[A-ZÆØÅ]))([A-ZÆØÅa-zæøå][\w/ ]{1,28}?)\s*:(?=\s|$)\s*")
_ENDS = " \t;,.|–—-()"
_QUOTES = ("«", "“", "”", '"')
_IN_BRACKETS = re.compile(r"\(([^()]+)\)[\s.]*$")
_ORDINAL = re.compile(r"\d\.\s*$")
_CHECKBOX = re.compile(r"^\[[ xX]?\]\s*")
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
    found = [
        (match, kind)
        for match in _LABEL.finditer(text)
        if (kind := exactly(match[1])) in _FIELDS and not _is_counted(match[1], text[: match.start()])
    ]
    if not found:
        return text, ()
    ends = [match.start() for match, _ in found[1:]] + [len(text)]
    fields = tuple(
        Field(kind=kind, label=match[1], text=text[match.end() : end].strip(_ENDS))
        for (match, kind), end in zip(found, ends, strict=True)
        if kind
    )
    return text[: found[0][0].start()].strip(_ENDS), fields


def _is_counted(label: str, before: str) -> bool:
    """Whether a word is no label, but the name of something with a number before it: "5. trinn: …"."""
    return _ORDINAL.search(before) is not None and fold(label) in word_set("plans", "parts", "words")


def without_checkbox(text: str) -> str:
    return _CHECKBOX.sub("", text)


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
        return any(one.kind in (Column.WHEN, Column.RESPONSIBLE, Column.WHO, Column.STATUS) for one in self.fields)

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
