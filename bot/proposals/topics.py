"""What a cell is about: one title with its agenda, or several things that stand together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.documents.document import Paragraph, Place
from bot.proposals.lexicon import fold, word_set
from bot.proposals.sentences import Part, neat, numbered_parts, title_of

_CODE = re.compile(r"^[A-ZÆØÅ]{1,3}\.?\s?\d{1,2}(?:\.\d{1,2})?\.?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A title in the plan's own words, what it says besides, and where it stands; `part` where it is a numbered one.

    `is_struck`: all of it was struck out.
    """

    title: str
    place: Place
    notes: tuple[str, ...] = ()
    part: Part | None = None
    number: int | None = None
    is_struck: bool = False

    @property
    def is_code(self) -> bool:
        """Whether the title is the number of something whose words are missing ("S.1")."""
        return is_code(self.title)

    @property
    def is_open(self) -> bool:
        """Whether the title only holds the place of one ("Tema?")."""
        return fold(self.title) in word_set("kinds", "open_titles") and not self.title[-1].isalnum()


def is_code(text: str) -> bool:
    """Whether a text is a number for something and no more: "S.1", "B 2"."""
    return _CODE.match(text) is not None


def topic_of(paragraph: Paragraph, notes: Iterable[str] = ()) -> Topic | None:
    """Return what one paragraph is about; None where nothing is left of it."""
    title, besides = title_of(paragraph.text)
    if not title:
        return None
    return Topic(
        title=title,
        place=paragraph.place,
        notes=(*besides, *notes),
        number=paragraph.number,
        is_struck=paragraph.is_struck,
    )


def topics(paragraphs: Sequence[Paragraph], *, is_each: bool = False) -> tuple[Topic, ...]:
    """Return what a cell is about; `is_each`: every paragraph is a thing of its own, its bullets what it holds."""
    if len(paragraphs) == 1 and (parts := numbered_parts(paragraphs[0].text)):
        return tuple(Topic(title=part.title, place=paragraphs[0].place, part=part) for part in parts)
    if not paragraphs:
        return ()
    if all(paragraph.bullet for paragraph in paragraphs):
        return _outermost(paragraphs)
    groups = _groups(paragraphs)
    if is_each or _is_list_of_groups(groups):
        return tuple(topic for group in groups if (topic := _with_agenda(group)))
    topic = _with_agenda(paragraphs)
    return (topic,) if topic else ()


def each_of(paragraphs: Sequence[Paragraph]) -> tuple[Topic, ...]:
    """Return every paragraph as a thing of its own, bullets too."""
    return tuple(topic for paragraph in paragraphs if (topic := topic_of(paragraph)))


def _outermost(paragraphs: Sequence[Paragraph]) -> tuple[Topic, ...]:
    """Return the bullets of the outermost list; deeper ones say what those hold."""
    outermost = min(paragraph.bullet for paragraph in paragraphs)
    groups: list[list[Paragraph]] = []
    for paragraph in paragraphs:
        if paragraph.bullet == outermost or not groups:
            groups.append([])
        groups[-1].append(paragraph)
    return tuple(topic for group in groups if (topic := _with_agenda(group)))


def _groups(paragraphs: Sequence[Paragraph]) -> list[list[Paragraph]]:
    """Return each paragraph that is no bullet, with the bullets below it."""
    groups: list[list[Paragraph]] = []
    for paragraph in paragraphs:
        if not paragraph.bullet or not groups:
            groups.append([])
        groups[-1].append(paragraph)
    return groups


def _is_list_of_groups(groups: Sequence[Sequence[Paragraph]]) -> bool:
    """Whether each of several titles has bullets of its own, and none is only a part of the first."""
    titles = [group[0].text for group in groups]
    return len(groups) > 1 and all(len(group) > 1 for group in groups) and not any(map(_is_inside, titles))


def _is_inside(title: str) -> bool:
    return fold(title).split()[:1] != [] and fold(title).split()[0] in word_set("plans", "parts", "inside")


def _with_agenda(paragraphs: Sequence[Paragraph]) -> Topic | None:
    return topic_of(paragraphs[0], (neat(paragraph.text) for paragraph in paragraphs[1:]))
