"""The title of a plan: the lines that name it, without those that say whose it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.documents.document import Block, Document, Heading, Paragraph, Table
from bot.proposals.front import is_about_itself, names_plan, texts_of
from bot.proposals.lexicon import fold, phrase, word_set, words
from bot.proposals.owner import is_organisation
from bot.proposals.periods import is_period, names_period, tells_period
from bot.time.reading import find

_FRONT = 20
_LONGEST_TITLE = 120
_LONGEST_LINE = 90
_TITLE_LINES = 4
_ABOVE = 6
_CONTACT = re.compile(r"@|\b(?:tlf|telefon|tel|mob|www|http)\b|^v/", re.IGNORECASE)


def title_of_plan(document: Document) -> str:
    """Return the lines that the document begins with, else the first that is a plan's name, else the file's name."""
    title = ""
    for line in _title_lines(document.blocks):
        if title and is_period(line) and names_period(title):
            continue  # "Handlingsplan 2026–2027" and below it "Skoleåret 2026–2027"
        title = f"{title}{_further(line)}" if title else line
    if title and names_plan(title):
        return title
    return _heading_of_plan(document) or _mentioned(document) or title or name_of_file(document.name)


def _further(line: str) -> str:
    """Return how a line goes on with a title; the time of a plan does so in small letters."""
    if is_period(line):
        return f" {line if line.split()[0].isupper() else line[0].lower() + line[1:]}"
    return f" {line}" if line[0].islower() else f" – {line}"


def _title_lines(blocks: Sequence[Block]) -> Iterator[str]:
    """Yield the first lines: a heading and the year below it, or short lines up to the first that is none."""
    begins = next((at for at, block in enumerate(blocks[:_ABOVE]) if not _is_above_title(block)), 0)
    before: Block | None = None
    for block in blocks[begins : begins + _TITLE_LINES]:
        if isinstance(block, Table) or not _is_title_line(block, before):
            return
        yield block.text
        before = block


def _is_above_title(block: Block) -> bool:
    """Whether a line above the title tells whose the plan is, how to reach them, or of the document."""
    if isinstance(block, Table):
        return False
    about = is_about_itself(block.text) or _CONTACT.search(block.text) is not None
    return about or is_organisation(block.text)


def _is_title_line(block: Heading | Paragraph, before: Block | None) -> bool:
    """Whether a line is the title's first, or goes on with it."""
    if before is None:
        return isinstance(block, Heading) or _may_be_title(block)
    if isinstance(before, Heading) or isinstance(block, Heading):
        return is_period(block.text)
    return _is_next_line(before, block) and _may_be_title(block)


def _is_next_line(before: Block, block: Heading | Paragraph) -> bool:
    """Whether a line goes on with a title: it stands right below it, begins in small letters, or names its year."""
    if block.text[0].islower() or is_period(block.text):
        return True
    first, second = before.place.line, block.place.line
    return first is None or second is None or second - first == 1


def _may_be_title(block: Heading | Paragraph) -> bool:
    text = block.text
    is_beside = is_organisation(text) or tells_period(text) or _CONTACT.search(text) is not None
    if getattr(block, "bullet", 0) or is_beside:
        return False
    is_sentence = text.endswith((".", ":", ",")) or len(text) > _LONGEST_LINE
    is_time = any(found.start_at == 0 for found in find(text)) and not names_period(text)
    return not is_sentence and not is_time and not is_about_itself(text) and not _is_label(text)


def _is_label(text: str) -> bool:
    """Whether a line is the heading of goals, measures and the like, alone or with a number."""
    labels = {
        label for kind in ("goal", "focus_area", "measure", "milestone") for label in words("plans", "labels", kind)
    }
    small = re.sub(r"\s*\d[\w.]*.*$", "", fold(text))
    return small in labels or (small != fold(text) and small in word_set("plans", "parts", "words"))


def _heading_of_plan(document: Document) -> str | None:
    for block in document.blocks[:_FRONT]:
        if isinstance(block, Table):
            continue
        short = len(block.text) <= _LONGEST_TITLE and not block.text.endswith((".", ":"))
        is_heading = isinstance(block, Heading) or (short and not getattr(block, "bullet", 0))
        if is_heading and short and names_plan(block.text) and names_period(block.text):
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


def name_of_file(name: str) -> str:
    stem = name.rsplit(".", 1)[0] if "." in name else name
    return re.sub(r"(\d{4})-(\d{2,4})\b", r"\1/\2", stem).replace("_", " ").replace("-", " ").strip().capitalize()
