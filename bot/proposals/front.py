"""What a plan says of itself: its title, whose it is, its period and language, and the reservation it makes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import takewhile

from bot.documents.document import Block, Document, Heading, Paragraph, Table
from bot.model import Language, Precision
from bot.proposals.lexicon import fold, phrase, word_set, words
from bot.proposals.people import is_person
from bot.proposals.surroundings import Days, school_year
from bot.time.reading import Context, find, resolve

_FRONT = 20
_LONGEST_TITLE = 120
_LONGEST_LINE = 90
_TITLE_LINES = 4
_SOME_DAY, _ANOTHER_DAY = date(2005, 1, 1), date(2020, 1, 1)
_FEW_WORDS = 5
_NAME = r"[A-ZÆØÅ][\wæøåÆØÅ-]+(?:\s(?:og\s)?[A-ZÆØÅ][\wæøåÆØÅ-]+){0,2}"


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
    return begins is not None or len(text) <= _LONGEST_TITLE


def reservation_of(document: Document) -> str | None:
    return next((text for text in texts_of(document) if is_reservation(text)), None)


def title_of_plan(document: Document) -> str:
    """Return the lines that the document begins with, else the first that is a plan's name, else the file's name."""
    lines = list(_title_lines(document.blocks))
    title = ""
    for line in lines:
        joint = " " if line[0].islower() else " – "
        title = f"{title}{joint}{line}" if title else line
    if title and names_plan(title):
        return title
    return _heading_of_plan(document) or _mentioned(document) or title or _from_file(document.name)


def _title_lines(blocks: Sequence[Block]) -> Iterator[str]:
    """Yield the first lines: a heading alone, or short lines up to the first that is none."""
    if blocks and isinstance(blocks[0], Heading):
        yield blocks[0].text
        return
    before: Block | None = None
    for block in takewhile(_is_title_line, blocks[:_TITLE_LINES]):
        if before and not _is_next_line(before, block):
            return
        if not isinstance(block, Table):
            yield block.text
        before = block


def _is_next_line(before: Block, block: Block) -> bool:
    """Whether a line goes on with a title: it stands right below it, or begins in small letters."""
    if isinstance(block, Table) or block.text[0].islower():
        return True
    first, second = before.place.line, block.place.line
    return first is None or second is None or second - first == 1


def _is_title_line(block: Block) -> bool:
    if isinstance(block, Table) or (isinstance(block, Paragraph) and block.bullet):
        return False
    is_sentence = block.text.endswith((".", ":", ",")) or len(block.text) > _LONGEST_LINE
    is_time = any(found.start_at == 0 for found in find(block.text))
    return not is_sentence and not is_time and not is_about_itself(block.text) and not _is_label(block.text)


def _is_label(text: str) -> bool:
    """Whether a line is the heading of goals, measures and the like, alone or with a number."""
    labels = {
        label for kind in ("goal", "focus_area", "measure", "milestone") for label in words("plans", "labels", kind)
    }
    small = re.sub(r"\s*\d[\w.]*.*$", "", fold(text))
    return small in labels or (small != fold(text) and small in word_set("plans", "parts", "words"))


def names_plan(text: str) -> bool:
    small = fold(text)
    return any(word in small for word in words("plans", "titles", "words"))


def _heading_of_plan(document: Document) -> str | None:
    for block in document.blocks[:_FRONT]:
        if isinstance(block, Table):
            continue
        short = len(block.text) <= _LONGEST_TITLE and not block.text.endswith((".", ":"))
        is_heading = isinstance(block, Heading) or (short and not getattr(block, "bullet", 0))
        if is_heading and short and names_plan(block.text) and (_years(block.text) or _seasons(block.text)):
            return block.text
    return None


def _mentioned(document: Document) -> str | None:
    """Return a plan that the text speaks of by name and year: "felles plan for … 2020/2021"."""
    for text in texts_of(document):
        found = re.search(
            r"(?:\w+\s)?" + phrase("plans", "titles", "phrase").pattern + r".{2,60}?\d{4}\s*/\s*\d{2,4}", text, re.I
        )
        if found:
            return found[0][0].upper() + found[0][1:]
    return None


def _from_file(name: str) -> str:
    stem = name.rsplit(".", 1)[0] if "." in name else name
    return re.sub(r"(\d{4})-(\d{2,4})\b", r"\1/\2", stem).replace("_", " ").replace("-", " ").strip().capitalize()


def organisation_of(document: Document) -> str | None:
    """Return the municipality, region or school that is named most; None where none is."""
    after = "|".join(words("plans", "organisations", "after_name"))
    before = "|".join(words("plans", "organisations", "before_name"))
    pattern = re.compile(rf"\b(?:{_NAME}\s(?:{after})|(?i:{before})\s{_NAME})\b")
    found = Counter(
        name for text in texts_of(document) for match in pattern.finditer(text) if (name := _named(match[0]))
    )
    ranked = sorted(
        found, key=lambda name: (not name.endswith(tuple(words("plans", "organisations", "first"))), -found[name])
    )
    return ranked[0] if ranked else None


def _named(match: str) -> str | None:
    """Return an organisation's name without a word for the plan before it; None where it is a person's role."""
    parts = match.split()
    while len(parts) > 2 and names_plan(parts[0]):
        parts.pop(0)
    return None if is_person(parts[0]) or names_plan(parts[0]) else " ".join(parts)


def is_organisation(text: str) -> bool:
    """Whether a line is the name of a municipality or a school and little else."""
    said = [word for word in fold(text).split() if not word.isdecimal()]
    named = [word for word in said[1:] if word in word_set("plans", "organisations", "after_name")]
    return bool(named) and len(said) <= _FEW_WORDS and text[0].isupper()


def language_of_plan(document: Document) -> Language:
    """Return the standard that more words of the text are in."""
    said = Counter(word for text in texts_of(document) for word in fold(text).split())
    bokmaal, nynorsk = word_set("plans", "languages", "nb"), word_set("plans", "languages", "nn")
    only_nb = sum(said[word] for word in bokmaal - nynorsk)
    only_nn = sum(said[word] for word in nynorsk - bokmaal)
    return Language.NN if only_nn > only_nb else Language.NB


def period_of(document: Document, title: str) -> Days | None:
    """Return the year, years or season that the plan is for: what its title names, else the years named most.

    None where no year is named: then nothing can tell which year a day without one is in.
    """
    front = [block.text for block in document.blocks[:_FRONT] if not isinstance(block, Table)]
    for text in (title, *(line for line in front if len(line) <= _LONGEST_TITLE), _from_file(document.name)):
        years = [] if is_about_itself(text) else _years(text) or (_seasons(text) if text == title else [])
        if years:
            return years[0]
    named = Counter(days for text in texts_of(document) for days in _years(text) if not is_about_itself(text))
    if named:
        return named.most_common(1)[0][0]
    return _around_seasons(document)


def _years(text: str) -> list[Days]:
    """Return the school years, calendar years and spans of years that a text names, school years first."""
    found = [_one_year(days) for days, precision in _spans(text) if precision is Precision.YEAR]
    return sorted(found, key=lambda days: days[0].year == days[1].year)


def _one_year(days: Days) -> Days:
    """Two calendar years after each other ("2023-2024") are one school year."""
    return school_year(date(days[0].year, 8, 1)) if days[1].year == days[0].year + 1 else days


def _seasons(text: str) -> list[Days]:
    return [days for days, precision in _spans(text) if precision is Precision.SEASON]


def _spans(text: str) -> Iterator[tuple[Days, Precision]]:
    """Yield the times that a text names with their year: those that no reading from another day moves."""
    for found in find(text):
        when, other = (resolve(found.value, Context(reference=day)) for day in (_SOME_DAY, _ANOTHER_DAY))
        if when and when.start and when.end and when == other:
            yield (when.start, when.end), when.precision


def _around_seasons(document: Document) -> Days | None:
    """Return the school year around the seasons and days that are written with a year."""
    named = Counter(
        school_year(days[0]) for text in texts_of(document) if not is_about_itself(text) for days, _ in _spans(text)
    )
    return named.most_common(1)[0][0] if named else None
