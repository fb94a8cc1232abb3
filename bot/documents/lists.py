"""Lines that belong together: sentences that a line's end has cut, and lists with numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from bot.documents.document import Paragraph

_NUMBERED = re.compile(r"^(\d{1,2})[.)]\s+(?=\S)")
_LONG = 60
_SMALL = 3


def joined(lines: Iterable[Paragraph]) -> tuple[Paragraph, ...]:
    """Put lines together that a line's end has cut: the next goes on in lower case after, or with, a small word."""
    made: list[Paragraph] = []
    for line in lines:
        if made and not line.bullet and _goes_on(made[-1].text, line.text):
            made[-1] = replace(made[-1], text=f"{made[-1].text} {line.text}")
        else:
            made.append(line)
    return tuple(made)


def _goes_on(before: str, after: str) -> bool:
    if not after[0].islower() or before[-1] in ".:;!?" or any(map(str.isdigit, " ".join(after.split()[:2]))):
        return False
    is_cut = len(before) >= _LONG or before[-1] in "-,/"
    return is_cut or min(len(before.split()[-1]), len(after.split()[0])) <= _SMALL


def numbered(lines: Iterable[Paragraph]) -> tuple[Paragraph, ...]:
    """Take the numbers off a list that counts from one; other numbers at the beginning of a line are words."""
    made = list(lines)
    at = 0
    while at < len(made):
        end = at
        while end < len(made) and (found := _NUMBERED.match(made[end].text)) and int(found[1]) == end - at + 1:
            end += 1
        if end - at >= 2:
            for index in range(at, end):
                text = _NUMBERED.sub("", made[index].text)
                made[index] = replace(made[index], text=text, number=index - at + 1, bullet=made[index].bullet or 1)
        at = max(end, at + 1)
    return tuple(made)
