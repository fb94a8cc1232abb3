"""What the styles and lists of a Word document make of its paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

_HEADING = re.compile(r"^(?:heading|overskrift)\s*(\d)", re.I)
_TITLE = re.compile(r"^(?:title|tittel)$", re.I)
_CONTENTS = re.compile(r"^(?:toc|innh)\w*\s*\d|innholdsfortegnelse|table of contents", re.I)
_LIST = re.compile(r"^(?:list|punktliste|nummerert liste|liste)\b", re.I)
_COUNT = re.compile(r"%(\d)")
# A style is based on another, and that on another; a loop of them ends here.
_LONGEST_CHAIN = 10
_LEVELS = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """What the style of a paragraph makes of it: a heading's level, depth and number in a list.

    `label` is what Word writes before the words, where that says more than a number: "Mål 1:".
    """

    heading: int | None = None
    depth: int = 0
    number: int | None = None
    label: str = ""
    is_contents: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Level:
    """How the items of a list are numbered on one level: from which number on, and how that is written."""

    start: int
    pattern: str


class Styles:
    """The styles of a document; asked for each paragraph in turn, for it counts numbered lists."""

    def __init__(self, document: WordDocument) -> None:
        styles = document.styles.element.findall(qn("w:style"))
        self._styles = {style.get(qn("w:styleId")): style for style in styles}
        self._levels = _levels(document)
        self._counts: Counter[tuple[str, int]] = Counter()

    def of(self, paragraph: BaseOxmlElement) -> Style:
        properties = paragraph.find(qn("w:pPr"))
        identity = _value(properties, "w:pStyle") or ""
        chain = list(self._chain(identity))
        names = [_value(style, "w:name") or "" for style in chain] or [identity]
        if _CONTENTS.search(names[0]):
            return Style(is_contents=True)
        if _TITLE.match(names[0]):
            return Style(heading=0)
        if (heading := self._heading([*names, identity], properties, chain)) is not None:
            return Style(heading=heading)
        return self._in_list(properties, chain, is_list=any(map(_LIST.match, names)))

    def _chain(self, identity: str) -> Iterator[BaseOxmlElement]:
        """Yield a style, the one that it is based on, and so on."""
        for _ in range(_LONGEST_CHAIN):
            style = self._styles.get(identity)
            if style is None:
                return
            yield style
            identity = _value(style, "w:basedOn") or ""

    def _heading(
        self, names: list[str], properties: BaseOxmlElement | None, chain: list[BaseOxmlElement]
    ) -> int | None:
        """Return a heading's level; what is written at the paragraph goes before what its styles say."""
        level = _value(properties, "w:outlineLvl")
        if level is None and (found := next(filter(None, map(_HEADING.match, names)), None)):
            return int(found[1])
        levels = [level, *(_value(style.find(qn("w:pPr")), "w:outlineLvl") for style in chain)]
        written = next((found for found in levels if found is not None), "")
        return int(written) + 1 if written.isdecimal() and int(written) < _LEVELS else None

    def _in_list(self, properties: BaseOxmlElement | None, chain: list[BaseOxmlElement], *, is_list: bool) -> Style:
        places = [properties, *(style.find(qn("w:pPr")) for style in chain)]
        found = (place.find(qn("w:numPr")) for place in places if place is not None)
        numbering = next((one for one in found if one is not None), None)
        number_id = _value(numbering, "w:numId")
        if number_id is None or number_id == "0":
            return Style(depth=int(is_list and number_id is None))
        written = _value(numbering, "w:ilvl") or "0"
        level = min(int(written), _LEVELS) if written.isdecimal() else 0
        if (number_id, level) not in self._levels:
            return Style(depth=level + 1)
        number = self._counted(number_id, level)
        label = self._label(number_id, level)
        # Word makes a list of "14. mai", too: numbers that do not count from one are words, and so are words.
        if any(map(str.isalpha, label)) or self._levels[number_id, level].start > 1:
            return Style(depth=level, label=label)
        return Style(depth=level + 1, number=number)

    def _counted(self, number_id: str, level: int) -> int:
        """Return the next number on a level; the levels below begin anew."""
        self._counts[number_id, level] += 1
        for deeper in range(level + 1, _LEVELS):
            self._counts[number_id, deeper] = 0
        return self._number(number_id, level)

    def _number(self, number_id: str, level: int) -> int:
        start = self._levels[number_id, level].start if (number_id, level) in self._levels else 1
        return start + max(self._counts[number_id, level], 1) - 1

    def _label(self, number_id: str, level: int) -> str:
        pattern = self._levels[number_id, level].pattern
        return _COUNT.sub(lambda found: str(self._number(number_id, int(found[1]) - 1)), pattern)


def _value(parent: BaseOxmlElement | None, name: str) -> str | None:
    found = None if parent is None else parent.find(qn(name))
    return None if found is None else found.get(qn("w:val"))


def _levels(document: WordDocument) -> Mapping[tuple[str, int], _Level]:
    """Return the lists and levels whose items have figures."""
    try:
        numbering: BaseOxmlElement = document.part.numbering_part.element
    except (KeyError, NotImplementedError):
        return {}
    abstract = {found.get(qn("w:abstractNumId")): found for found in numbering.findall(qn("w:abstractNum"))}
    made: dict[tuple[str, int], _Level] = {}
    for number in numbering.findall(qn("w:num")):
        listed = abstract.get(_value(number, "w:abstractNumId"))
        for level in [] if listed is None else listed.findall(qn("w:lvl")):
            written = level.get(qn("w:ilvl"), "0")
            if written.isdecimal() and _value(level, "w:numFmt") == "decimal":
                made[number.get(qn("w:numId")), int(written)] = _level(number, level, written)
    return made


def _level(number: BaseOxmlElement, level: BaseOxmlElement, written: str) -> _Level:
    overrides = (found for found in number.findall(qn("w:lvlOverride")) if found.get(qn("w:ilvl")) == written)
    started = [_value(found, "w:startOverride") for found in overrides]
    start = next((found for found in [*started, _value(level, "w:start")] if found and found.isdecimal()), "1")
    return _Level(start=int(start), pattern=_value(level, "w:lvlText") or "")
