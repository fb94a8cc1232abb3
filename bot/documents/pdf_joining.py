"""Lines of a cell or a column to paragraphs: what wraps is put together, by how the lines are set and what they say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from bot.documents.document import Paragraph, Place, plain
from bot.documents.markup import says_something
from bot.documents.pdf_cuts import is_cut, is_small, put_together
from bot.documents.pdf_habits import MARKS, Habits, is_abbreviated, is_rest
from bot.documents.pdf_lines import Line, is_bullet, without_bullet

_SPACE = 0.25
_HANGING = 0.3
# In distances of lines: what is farther down is a paragraph of its own. In points: what is set farther in.
_FAR = 1.15
_INDENT = 3.0

_DASH = re.compile(r"^[–—-]\s")
_NUMBER = re.compile(r"^(?:\d{1,2}[.)]\s+[A-ZÆØÅ]|\d{1,2}\)\s|[a-z]\)\s)")
_LABEL = re.compile(r"^[A-ZÆØÅ][\w/-]*(?: \d{1,2})?:(?:\s|$)")
# What is told of next: "Modul 2:" or "19." at a line's end.
_NUMBERED = re.compile(r"\s(?:\S+ \d{1,2}:|\d{1,2}\.)$")
_TITLE_CASE = re.compile(r"^[A-ZÆØÅ][\w-]*[a-zæøå]")
_TYING = "-/–"
_OPENING = '«"“('
_CLOSING = ",.;:)!?"
_SMALL_WORD = re.compile(r"(?:^|\s)[a-zæøå]{1,3}$")
_INNER_LABEL = re.compile(r"\S [A-ZÆØÅ][\w/-]*(?: \d{1,2})?:(?:\s|$)")
_INNER_SENTENCE = re.compile(r"[a-zæøå)][.!?] [A-ZÆØÅ]")


def paragraphs_of(lines: Sequence[Line], right: float, place: Place, habits: Habits) -> tuple[Paragraph, ...]:
    """Return the paragraphs that lines come to; the last sign of a full line stands at `right`."""
    column = _Column(lines, right, habits)
    made: list[list[Line]] = []
    texts: list[str] = []
    for line in lines:
        joint = column.joint(made[-1], line) if made else None
        if joint is None:
            made.append([line])
            texts.append(line.text)
        else:
            made[-1].append(line)
            texts[-1] = put_together(texts[-1], line.text, joint, habits)
    depths = _depths([group[0] for group in made])
    found = (_paragraph(group, text, depths, place) for group, text in zip(made, texts, strict=True))
    return tuple(paragraph for paragraph in found if paragraph)


class _Column:
    """Lines below each other, and what they show of how this column is set."""

    def __init__(self, lines: Sequence[Line], right: float, habits: Habits) -> None:
        self._right = right
        self._habits = habits
        wrapped = [(before, after) for before, after in pairwise(lines) if is_rest(after)]
        distances = [(after.base - before.base) / after.size for before, after in wrapped if after.base > before.base]
        self._pitch = max(min(distances, default=habits.pitch), 1.0)
        below_bullets = [after.left - before.left for before, after in wrapped if is_bullet(before.text)]
        dashes = Counter(round(line.left) for line in lines if _DASH.match(line.text))
        self._listed_dashes = {left for left, count in dashes.items() if count > 1}
        abbreviated = sum(map(is_abbreviated, lines))
        self._lists_abbreviated = abbreviated > 2 and abbreviated * 2 >= len(lines)
        items = sum(line.text[0].isdigit() or is_bullet(line.text) for line in lines) + abbreviated
        self._is_list = items * 2 >= len(lines)
        self._hangs = not any(distance < _INDENT for distance in below_bullets)
        self._has_labels = any(_INNER_LABEL.search(line.text) for line in lines)
        self._has_sentences = any(_INNER_SENTENCE.search(line.text) for line in lines)

    def joint(self, above: Sequence[Line], line: Line) -> str | None:
        """Return what stands between a paragraph so far and its next line: a space or nothing; None where it ends."""
        before = above[-1]
        room = self._right - before.right
        needed = _SPACE * line.size + line.first + 1.0
        if self._begins(above, line, has_room=room > needed):
            return None
        if is_cut(before, line, room, self._habits):
            return ""
        if _is_tied(before.text, line.text):
            return " " if before.is_spaced and before.text[-1] in _TYING else ""
        goes_on = _goes_on(before.text, line.text)
        is_listed = is_bullet(above[0].text)
        if _is_open(before) or (is_listed and self._hangs) or self._is_rest(before, line, has_room=room > needed):
            return " "
        if room > needed:
            # A word may be kept with the next one, and be moved down with it; the space before it tells.
            return " " if goes_on and before.is_spaced and self._habits.keeps_spaces else None
        if before.is_spaced or goes_on or is_listed:
            return " "
        # Where a full line has no room for the space after it, its program may have dropped that.
        is_told = self._habits.keeps_spaces and room > _HANGING * before.size
        return None if is_told or self._looks_new(before.text, line.text) else " "

    def _is_rest(self, before: Line, line: Line, *, has_room: bool) -> bool:
        """Whether a line in small letters can only be the rest of the one before."""
        if not line.text[0].islower():
            return False
        is_new = has_room and is_abbreviated(line)
        return (self._is_list and not is_new) or is_small(line.text.split()[0])

    def _begins(self, above: Sequence[Line], line: Line, *, has_room: bool) -> bool:
        """Whether a line begins a paragraph by how it looks: a number, a bullet, farther down, or out from a list."""
        before = above[-1]
        is_dash = round(line.left) not in self._listed_dashes and _is_dash_between(line.text, before.text)
        if _NUMBER.match(line.text) or (is_bullet(line.text) and not is_dash):
            return True
        if self._lists_abbreviated and is_abbreviated(line):
            return True
        if line.base - before.base > self._pitch * line.size * _FAR or abs(line.size - before.size) > 1.0:
            return True
        if not is_bullet(above[0].text) or line.text[0].islower() or _is_tied(before.text, line.text):
            return False
        if has_room and _LABEL.match(line.text):
            return True
        is_wrapped = self._habits.keeps_spaces and before.is_spaced and not has_room
        return self._hangs and line.left < above[0].left + _INDENT and not is_wrapped

    def _looks_new(self, before: str, after: str) -> bool:
        """Whether a full line that is followed by a capital or a figure is the end of its paragraph.

        Inside a sentence only names have a capital: those that the document has inside lines, or behind another one.
        """
        last, first = before.split()[-1], after.split()[0].strip(MARKS)
        if _SMALL_WORD.search(before) or before[-1] in ",–(&+" or _NUMBERED.search(before):
            return False
        if after[0] in _OPENING and before[-1].isalpha():
            return False
        if first[:1].isdigit():
            return last[-1].isdigit() and len(first) != 4
        if before[-1] in ":;" or _LABEL.match(after):
            return not self._has_labels
        if before[-1] in ".!?":
            return not self._has_sentences
        if not _TITLE_CASE.match(first) or self._habits.knows(first):
            return self._habits.knows(first.lower())
        return not (" " in before and _TITLE_CASE.match(last))


def _is_open(before: Line) -> bool:
    """Whether a sentence cannot end after a line: a comma or a small word stands there."""
    last = before.text.split()[-1]
    return last[-1] == "," or is_small(last)


def _is_tied(before: str, after: str) -> bool:
    """Whether two lines are one word, or a sign and the word it belongs to: "17–" and "19.30", a word and ", "."""
    is_dash = before[-1] in _TYING and before[-2:-1].strip() != ""
    return is_dash or before[-1] == "(" or after[0] in _CLOSING


def _goes_on(before: str, after: str) -> bool:
    """Whether a line begins as the middle of a sentence does: in small letters, or with a number to a word."""
    if after[0].isdigit() or not any(sign.isalnum() for sign in after):
        return before[-1].isalpha()
    return after[0].islower() or is_bullet(after) or (before.isupper() and after.isupper())


def _is_dash_between(text: str, before: str) -> bool:
    """Whether a dash at the beginning of a line only stands between two words or figures."""
    if not _DASH.match(text) or _DASH.match(before):
        return False
    following = text[1:].lstrip()[:1]
    if before[-1] in ".," or before[-1].isdigit() or following.islower():
        return True
    return following.isdigit() and any(sign.isdigit() for sign in before)


def _depths(firsts: Sequence[Line]) -> dict[float, int]:
    """Return how deep in a list each place that bullets begin at is."""
    found: dict[float, int] = {}
    depth, last = 0, float("-inf")
    for left in sorted({line.left for line in firsts if is_bullet(line.text)}):
        depth += left - last > _INDENT
        last = left
        found[left] = depth
    return found


def _paragraph(group: Sequence[Line], text: str, depths: dict[float, int], place: Place) -> Paragraph | None:
    """Return a paragraph without its bullet; None where nothing is left of it."""
    is_listed = is_bullet(text) and group[0].left in depths
    words = plain(without_bullet(text) if is_listed else text)
    if not says_something(words):
        return None
    is_strong = all(line.strong >= len(line.text) for line in group)
    return Paragraph(
        text=words,
        place=place,
        bullet=depths[group[0].left] if is_listed else 0,
        strong=len(words) if is_strong else min(group[0].strong, len(words)),
        is_struck=all(line.is_struck for line in group),
    )
