"""The text of Word's paragraphs, line by line, and what their styles say of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

_AROUND_BLOCKS = {qn(tag) for tag in ("w:sdt", "w:sdtContent", "w:customXml", "w:ins", "w:moveTo", "w:smartTag")}
_AROUND_RUNS = _AROUND_BLOCKS | {qn("w:hyperlink"), qn("w:fldSimple"), qn("w:dir"), qn("w:bdo")}
_HEADING = re.compile(r"^(?:heading|overskrift)\s*(\d)", re.I)
_TITLE = re.compile(r"^(?:title|tittel)$", re.I)
_CONTENTS = re.compile(r"^(?:toc|innh)\w*\s*\d|innholdsfortegnelse|table of contents", re.I)
_LIST = re.compile(r"^(?:list|punktliste|nummerert liste|liste)\b", re.I)
_BREAKS = {qn("w:br"), qn("w:cr")}
_OFF = {"0", "false", "off", "none"}


def flat(parent: BaseOxmlElement) -> Iterator[BaseOxmlElement]:
    """Yield what stands in a body, row or cell, content controls and tracked insertions opened."""
    for child in parent.iterchildren():
        if child.tag in _AROUND_BLOCKS:
            yield from flat(child)
        else:
            yield child


def boxes(paragraph: BaseOxmlElement) -> Iterator[BaseOxmlElement]:
    """Yield the text boxes of a paragraph; the copy that is kept for old versions of Word is left out."""
    for box in paragraph.iter(qn("w:txbxContent")):
        above = {ancestor.tag for ancestor in box.iterancestors()}
        if not any(str(tag).endswith("}Fallback") for tag in above):
            yield box


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a paragraph as it stands; `strong` is what of its beginning is bold."""

    text: str
    strong: str


def lines_of(paragraph: BaseOxmlElement) -> Iterator[Line]:
    """Yield the lines between forced breaks; struck-out words are left out where others stand beside them."""
    runs = list(_runs(paragraph))
    if any(text.strip() and not struck for text, _, struck in runs):
        runs = [run for run in runs if not run[2]]
    text, strong, is_strong = "", "", True
    for words, bold, _ in runs:
        is_strong = is_strong and (bold or not words.strip())
        for index, part in enumerate(words.split("\n")):
            if index:
                yield Line(text=text, strong=strong)
                text, strong, is_strong = "", "", bold
            text += part
            strong += part if is_strong else ""
    yield Line(text=text, strong=strong)


def _runs(parent: BaseOxmlElement) -> Iterator[tuple[str, bool, bool]]:
    """Yield text, whether it is bold, whether it is struck out."""
    for child in parent.iterchildren():
        if child.tag == qn("w:r"):
            properties = child.find(qn("w:rPr"))
            struck = _is_on(properties, "w:strike") or _is_on(properties, "w:dstrike")
            yield "".join(_signs(child)), _is_on(properties, "w:b"), struck
        elif child.tag in _AROUND_RUNS:
            yield from _runs(child)


def _signs(run: BaseOxmlElement) -> Iterator[str]:
    for child in run.iterchildren():
        if child.tag == qn("w:t"):
            yield (child.text or "").replace("\n", " ")
        elif child.tag == qn("w:tab"):
            yield "\t"
        elif child.tag in _BREAKS:
            yield "\n"
        elif child.tag == qn("w:noBreakHyphen"):
            yield "-"


def _is_on(properties: BaseOxmlElement | None, name: str) -> bool:
    found = None if properties is None else properties.find(qn(name))
    return found is not None and str(found.get(qn("w:val"), "1")).casefold() not in _OFF


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """What the style of a paragraph makes of it: a heading's level, depth and number in a list."""

    heading: int | None = None
    depth: int = 0
    number: int | None = None
    is_contents: bool = False


class Styles:
    """The styles of a document; asked for each paragraph in turn, for it counts numbered lists."""

    def __init__(self, document: WordDocument) -> None:
        self._names = {style.style_id: style.name or "" for style in document.styles}
        self._lists = {
            style.style_id: found
            for style in document.styles
            if (found := style.element.find(f"{qn('w:pPr')}/{qn('w:numPr')}")) is not None
        }
        self._numbered = _numbered_levels(document)
        self._counts: Counter[tuple[str, int]] = Counter()

    def of(self, paragraph: BaseOxmlElement) -> Style:
        properties = paragraph.find(qn("w:pPr"))
        identity = _value(properties, "w:pStyle") or ""
        name = self._names.get(identity, "") or identity
        if _CONTENTS.search(name):
            return Style(is_contents=True)
        if _TITLE.match(name):
            return Style(heading=0)
        if found := _HEADING.match(name) or _HEADING.match(identity):
            return Style(heading=int(found[1]))
        level = _value(properties, "w:outlineLvl")
        if level is not None and level.isdecimal() and int(level) < 9:
            return Style(heading=int(level) + 1)
        return self._in_list(properties, identity, is_list=_LIST.match(name) is not None)

    def _in_list(self, properties: BaseOxmlElement | None, identity: str, *, is_list: bool) -> Style:
        numbering = None if properties is None else properties.find(qn("w:numPr"))
        if numbering is None:
            numbering = self._lists.get(identity)
        number_id = _value(numbering, "w:numId")
        if number_id is None or number_id == "0":
            return Style(depth=int(is_list and number_id is None))
        written = _value(numbering, "w:ilvl") or "0"
        level = int(written) if written.isdecimal() else 0
        if (number_id, level) not in self._numbered:
            return Style(depth=level + 1)
        self._counts[number_id, level] += 1
        for deeper in range(level + 1, 9):
            self._counts[number_id, deeper] = 0
        return Style(depth=level + 1, number=self._counts[number_id, level])


def _value(parent: BaseOxmlElement | None, name: str) -> str | None:
    found = None if parent is None else parent.find(qn(name))
    return None if found is None else found.get(qn("w:val"))


def _numbered_levels(document: WordDocument) -> set[tuple[str, int]]:
    """Return the lists and levels whose items have figures."""
    try:
        numbering: Any = document.part.numbering_part.element
    except (KeyError, NotImplementedError):
        return set()
    abstract = {
        found.get(qn("w:abstractNumId")): {
            int(level.get(qn("w:ilvl"), "0"))
            for level in found.findall(qn("w:lvl"))
            if _value(level, "w:numFmt") == "decimal"
        }
        for found in numbering.findall(qn("w:abstractNum"))
    }
    return {
        (number.get(qn("w:numId")), level)
        for number in numbering.findall(qn("w:num"))
        for level in abstract.get(_value(number, "w:abstractNumId"), ())
    }
