"""What a plan says of itself: its language, the reservation it makes, and which lines are about the document."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from bot.documents.document import Document, Table
from bot.model import Language
from bot.proposals.lexicon import fold, word_set, words

_LONGEST_RESERVATION = 120


def texts_of(document: Document) -> Iterator[str]:
    """Yield every text of a document, in reading order."""
    for block in document.blocks:
        if isinstance(block, Table):
            yield from (cell.text for row in block.rows for cell in row.cells if cell.paragraphs)
        else:
            yield block.text


def is_about_itself(text: str) -> bool:
    """Whether a line is about the document, whatever dates it holds: approved, updated, a heading "Innhold"."""
    small = fold(text)
    sentences = (small, *(fold(sentence) for sentence in text.split(". ")))
    choices = words("plans", "about", "begins")
    begins = any(sentence == word or sentence.startswith(f"{word} ") for sentence in sentences for word in choices)
    return begins or any(f" {word} " in f" {small} " for word in words("plans", "about", "holds"))


def is_reservation(text: str) -> bool:
    """Whether a line says that what stands in the plan may change."""
    small = fold(text)
    if not any(words_ in small for words_ in words("plans", "reservation", "holds")):
        return False
    begins = re.match(r"\s*\W*(" + "|".join(words("plans", "reservation", "begins")) + r")\b", text, re.IGNORECASE)
    return begins is not None or len(text) <= _LONGEST_RESERVATION


def reservation_of(document: Document) -> str | None:
    return next((text for text in texts_of(document) if is_reservation(text)), None)


def names_plan(text: str) -> bool:
    small = fold(text)
    return any(word in small for word in words("plans", "titles", "words"))


def language_of_plan(document: Document) -> Language:
    """Return the standard that more words of the text are in."""
    said = Counter(word for text in texts_of(document) for word in fold(text).split())
    bokmaal, nynorsk = word_set("plans", "languages", "nb"), word_set("plans", "languages", "nn")
    only_nb = sum(said[word] for word in bokmaal - nynorsk)
    only_nn = sum(said[word] for word in nynorsk - bokmaal)
    return Language.NN if only_nn > only_nb else Language.NB
