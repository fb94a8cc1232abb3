"""Goals that stand as sentences below a short line: "Barn og elever skal …"."""

from __future__ import annotations

from collections.abc import Sequence

from bot.documents.document import Heading, Paragraph
from bot.proposals.labels import label_of, numbered_of
from bot.proposals.lexicon import fold, word_set
from bot.proposals.sentences import first_sentence

_LONGEST_HEADING = 50
_SHORTEST_SENTENCE = 30
_LONGEST_SENTENCE = 220
_EARLY = 7
_LEAST = 2


def goals_below(blocks: Sequence[Heading | Paragraph], at: int) -> int:
    """Return how many sentences below a short line are goals: two or more, and one says what shall be.

    A line of prose has several sentences; a list has bullets.
    """
    if not _is_short_line(blocks[at]):
        return 0
    end = at + 1
    while end < len(blocks) and _is_sentence(blocks[end]):
        end += 1
    sentences = blocks[at + 1 : end]
    if len(sentences) < _LEAST or not any(_says_shall(sentence.text) for sentence in sentences):
        return 0
    return len(sentences)


def _is_short_line(block: Heading | Paragraph) -> bool:
    if isinstance(block, Paragraph) and block.bullet:
        return False
    if label_of(block.text, is_heading=True) or numbered_of(block.text):
        return False
    return len(block.text) <= _LONGEST_HEADING and block.text[0].isalpha() and block.text[-1] not in ".:;,!?"


def _is_sentence(block: Heading | Paragraph) -> bool:
    if isinstance(block, Heading) or block.bullet:
        return False
    fits = _SHORTEST_SENTENCE <= len(block.text) <= _LONGEST_SENTENCE
    return fits and block.text[-1] in ".!" and not first_sentence(block.text)[1]


def _says_shall(text: str) -> bool:
    return any(word in word_set("plans", "goals", "words") for word in fold(text).split()[:_EARLY])
