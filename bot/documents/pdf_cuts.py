"""Words that the end of a line cuts, with a hyphen or without, and how lines are put together."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from bot.documents.pdf_habits import MARKS, Habits
from bot.documents.pdf_lines import Line, without_bullet

_HYPHEN = re.compile(r"([\w/]+)-$")
# What follows the first word: "bekymring/undring".
_WORD = re.compile(r"(?<=\w)\W.*$")
_AFTER_HYPHEN = re.compile(r"-[^\W\d]")
# In sizes: how wide a space may be. In signs: what is rather the end of a word than a word.
_SPACE = 0.27
_SHORT = 4
_SUSPENDED = frozenset(("og", "eller", "samt", "and", "or"))


def is_cut(before: Line, line: Line, room: float, habits: Habits) -> bool:
    """Whether the one word of a full line goes on in the next: nothing else can be why it is cut there."""
    word, rest = without_bullet(before.text), line.text.split()[0].strip(MARKS)
    if " " in word or before.is_spaced or room > line.sign + 0.5 or not word[-1].isalpha():
        return False
    is_capital = word.isupper() and rest.isupper()
    if not (line.text[0].islower() or is_capital or _AFTER_HYPHEN.match(line.text)):
        return False
    if habits.knows(word + rest):
        return True
    if not habits.keeps_spaces or is_small(rest) or habits.knows(word, rest):
        return False
    # Some programs drop the space that a full line has no room for, so what follows may be a word of its own.
    rest = _WORD.sub("", rest)
    return room > _SPACE * before.size or len(rest) < _SHORT or not habits.knows(rest)


def is_small(word: str) -> bool:
    """Whether a word only ties others together: no sentence ends, and no word is cut, with one of them beside it."""
    return word in _small_words()


@cache
def _small_words() -> frozenset[str]:
    words = tomllib.loads(files("bot").joinpath("norwegian/readers.toml").read_text("utf-8"))
    return frozenset(words["small_words"])


def put_together(text: str, following: str, joint: str, habits: Habits) -> str:
    """Return two lines of one paragraph with what stands between them; a hyphen that only cuts a word is left out."""
    found = _HYPHEN.search(text)
    if not found or joint:
        return f"{text}{joint}{following}"
    stem, rest = found[1], following.split()[0].strip(MARKS)
    if rest in _SUSPENDED:
        return f"{text} {following}"
    is_name = stem.isupper() or not rest[:1].islower() or not stem[-1].isalpha()
    are_words = habits.knows(f"{stem}-{rest}") or habits.knows(stem.lower(), rest)
    if not habits.knows(stem + rest) and (is_name or are_words):
        return text + following
    return text[:-1] + following
