"""The text of one line or cell, with HTML or Markdown marks in it, as plain paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from html import unescape
from html.parser import HTMLParser

from bot.documents.document import Paragraph, Place, plain
from bot.documents.lists import numbered

_TAG = re.compile(
    r"<!doctype html|</?(html|head|title|body|meta|link|main|section|article|header|footer|nav|tbody|thead|dl|dt|dd"
    r"|p|br|b|i|u|em|strong|s|strike|del|ins|ul|ol|li|div|span|sup|sub|h[1-6]|a|font|table|t[rdh])\b[^<>]*>",
    re.I,
)
_BREAKS = {
    "title",
    "body",
    "section",
    "article",
    "header",
    "footer",
    "dt",
    "dd",
    "p",
    "br",
    "li",
    "div",
    "ul",
    "ol",
    "tr",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
}
_STRUCK = {"s", "strike", "del"}
_STRONG = {"b", "strong", "h1", "h2", "h3", "h4", "h5", "h6"}
_FIELD = re.compile(r"\[(?:bookmark|image|bilde|ref)\b[^\]]*\]", re.I)
_LINK = re.compile(r"!?\[([^\]\[]*)\]\((?:[^()\s]|\([^()]*\))*\)")
_EMPHASIS = re.compile(r"(?<![\w*_])(\*{1,3}|_{1,3})(?=\S)(.+?)(?<=\S)\1(?![\w*_])")
_STRIKE = re.compile(r"~~(?=\S)(.+?)(?<=\S)~~")
_CODE = re.compile(r"`([^`]*)`")
_BULLET = re.compile(r"^\s*([·•▪◦○●■‣∙*\-–—]|\uf0b7)\s+(?=\S)")
# Between the bullets of a list that was put on one line.
_INSIDE = re.compile(r"\s+(?=[·•▪◦○●■‣]\s)")
# A line with more signs of emphasis than this has none: to pair them would take for ever.
_MOST_SIGNS = 100
_UNREAD = tuple(
    (re.compile(begin, re.I), re.compile(end, re.I))
    for begin, end in (("<!--", "-->"), (r"<script\b", "</script>"), (r"<style\b", "</style>"))
)
_DEEPER = "◦○"


def has_html(text: str) -> bool:
    return _TAG.search(text) is not None


def bare(text: str) -> str:
    """Return a text without what converters and Markdown put around words."""
    text = _LINK.sub(r"\1", _FIELD.sub("", text))
    if sum(map(text.count, "*_")) <= _MOST_SIGNS:
        text = _EMPHASIS.sub(r"\2", text)
    return plain(_CODE.sub(r"\1", text))


def unbulleted(text: str) -> tuple[int, str]:
    """Return how deep in a list the text's bullet puts it, 0 without one, and the text without it."""
    indent = len(text) - len(text.lstrip(" \t\u00a0"))
    depth = 0
    while found := _BULLET.match(text):
        depth = 2 if found[1] in _DEEPER and not depth else max(depth, 1 + min(indent // 2, 3))
        text = text[found.end() :]
    return depth, text


def says_something(text: str) -> bool:
    """Whether there is a letter, a figure or a sign that stands for something."""
    return any(sign.isalnum() or sign in "?–-" for sign in text)


def one_paragraph(text: str, place: Place) -> Paragraph | None:
    """Return a line as a paragraph, its bullet taken off; None where nothing is left of it.

    Struck-out words are left out where others stand beside them.
    """
    depth, text = unbulleted(text)
    rest = _STRIKE.sub("", text)
    is_struck = rest != text and not says_something(rest)
    text = _STRIKE.sub(r"\1", text) if is_struck else rest
    words = bare(text)
    if not says_something(words):
        return None
    return Paragraph(text=words, place=place, bullet=depth, strong=_strong(text, words), is_struck=is_struck)


def without_unread(text: str) -> str:
    """Return a text without what HTML does not show: comments, scripts and styles; its lines stay where they are."""
    for begin, end in _UNREAD:
        made, at = "", 0
        while (start := begin.search(text, at)) and (stop := end.search(text, start.end())):
            made += text[at : start.start()] + "\n" * text.count("\n", start.start(), stop.end())
            at = stop.end()
        text = made + text[at:]
    return text


def _strong(text: str, words: str) -> int:
    """Return how many of the first characters Markdown makes bold."""
    found = re.match(r"\s*(\*\*|__)(?=\S)(.+?)(?<=\S)\1", text)
    return min(len(bare(found.group(2))), len(words)) if found else 0


def paragraphs(text: str, place: Place) -> tuple[Paragraph, ...]:
    """Return the paragraphs of a cell that is one line of a file, HTML read."""
    if not has_html(text):
        pieces = _INSIDE.split(text) if _BULLET.match(text) else [text]
        return tuple(found for piece in pieces if (found := one_paragraph(unescape(piece), place)))
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return numbered(
        replace(found, bullet=max(found.bullet, line.depth), strong=min(line.strong, len(found.text)))
        for line in reader.lines
        if (found := one_paragraph(line.text, place)) is not None
    )


@dataclass(slots=True)
class _Line:
    """A line under way: its text so far, how deep in lists, how much of its beginning is bold."""

    depth: int = 0
    text: str = ""
    strong: int = 0


class _Reader(HTMLParser):
    """Cuts HTML into lines at block tags; unknown or unclosed tags do no harm."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines = [_Line()]
        self._depth = 0
        self._bold = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("ul", "ol"):
            self._depth += 1
        if tag in _STRONG:
            self._bold += 1
        if tag in _STRUCK:
            self.lines[-1].text += "~~"
        if tag in _BREAKS:
            self.lines.append(_Line(depth=self._depth if tag == "li" else 0))

    def handle_endtag(self, tag: str) -> None:
        if tag in ("ul", "ol"):
            self._depth = max(0, self._depth - 1)
        if tag in _STRONG:
            self._bold = max(0, self._bold - 1)
        if tag in _STRUCK:
            self.lines[-1].text = f"{self.lines[-1].text.rstrip()}~~"
        if tag in _BREAKS:
            self.lines.append(_Line())

    def handle_data(self, data: str) -> None:
        line = self.lines[-1]
        if self._bold and line.strong == len(plain(line.text)):
            line.strong = len(plain(line.text + data))
        line.text += data
