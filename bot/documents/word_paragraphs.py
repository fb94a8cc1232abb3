"""The text of Word's paragraphs, line by line, as a reader sees it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from bot.documents.document import Paragraph, Place, plain
from bot.documents.markup import says_something, unbulleted
from bot.documents.word_styles import Style

_AROUND_BLOCKS = {qn(tag) for tag in ("w:sdt", "w:sdtContent", "w:customXml", "w:ins", "w:moveTo", "w:smartTag")}
_AROUND_RUNS = _AROUND_BLOCKS | {qn("w:hyperlink"), qn("w:fldSimple"), qn("w:dir"), qn("w:bdo")}
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
    """One line of a paragraph as it stands; `strong` is what of its beginning is bold, `is_struck` of all of it."""

    text: str
    strong: str
    is_struck: bool = False


def said(paragraph: BaseOxmlElement, style: Style, place: Place) -> Iterator[tuple[str, Paragraph]]:
    """Yield each line of a paragraph as it stands, and as a paragraph of the document."""
    label = f"{style.label} " if style.label else ""
    for line in lines_of(paragraph):
        depth, words = unbulleted(line.text)
        text = plain(label + words)
        if not says_something(words):
            continue
        strong = plain(label + line.strong) if line.strong else ""
        yield (
            line.text,
            Paragraph(
                text=text,
                place=place,
                bullet=max(depth, style.depth),
                number=style.number,
                strong=min(len(strong), len(text)),
                is_struck=line.is_struck,
            ),
        )
        label = ""


def lines_of(paragraph: BaseOxmlElement) -> Iterator[Line]:
    """Yield the lines between forced breaks; struck-out words are left out where others stand beside them."""
    runs = list(_runs(paragraph))
    is_struck = not any(text.strip() and not struck for text, _, struck in runs)
    if not is_struck:
        runs = [run for run in runs if not run[2]]
    text, strong, is_strong = "", "", True
    for words, bold, _ in runs:
        is_strong = is_strong and (bold or not words.strip())
        for index, part in enumerate(words.split("\n")):
            if index:
                yield Line(text=text, strong=strong, is_struck=is_struck)
                text, strong, is_strong = "", "", bold
            text += part
            strong += part if is_strong else ""
    yield Line(text=text, strong=strong, is_struck=is_struck)


def _runs(parent: BaseOxmlElement) -> Iterator[tuple[str, bool, bool]]:
    """Yield text, whether it is bold, whether it is struck out; what is hidden is left out."""
    for child in parent.iterchildren():
        if child.tag == qn("w:r"):
            properties = child.find(qn("w:rPr"))
            struck = _is_on(properties, "w:strike") or _is_on(properties, "w:dstrike")
            if not _is_on(properties, "w:vanish"):
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
