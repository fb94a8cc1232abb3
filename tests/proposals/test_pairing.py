"""A mark stays with its item whatever is edited in the document: real plans, edited in every way that plans are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import cache
from io import BytesIO
from itertools import permutations
from pathlib import Path
from random import Random
from typing import TypeAlias

import pytest
from docx import Document
from hypothesis import example, given, settings
from hypothesis import strategies as some
from openpyxl import Workbook

from bot.model import Entry, ProposedPlan
from bot.proposals.pairing import paired
from bot.proposals.revision import revise
from handlers.reading import read_plan
from tests.proposals.test_revision import PLAN, a_book, a_document

HERE = Path(__file__).parent
SHARED = HERE.parents[2] / "shared" / "plans"
PLANS = sorted(
    path for room in ("plans", "unseen") for path in (HERE / room).iterdir() if path.suffix in (".txt", ".md")
)
REAL = sorted(SHARED.glob("*.txt")) if SHARED.exists() else []
WORDS = ["ny", "felles", "digital", "kort", "samling", "møte", "oppstart", "skole", "oppfølging", "utvidet"]
# Of two things with one name on one day nobody can tell which was edited; more than this is too much.
MOST_WRONG = 0.005

# What stands in the new document: what it says, and the place of the old entry that was edited to it (None: new).
Edited: TypeAlias = "list[tuple[int | None, Entry]]"
Edit: TypeAlias = Callable[[Sequence[Entry], set[int], Random], Edited]


@cache
def plan_in(path: Path) -> ProposedPlan:
    return read_plan(path.read_bytes(), path.name)


def moved(entry: Entry, random: Random) -> Entry:
    by, span = timedelta(days=random.choice([-7, -2, -1, 1, 2, 7, 14])), entry.span
    return replace(entry, span=replace(span, start=span.start and span.start + by, end=span.end and span.end + by))


def renamed(entry: Entry, random: Random) -> Entry:
    """With a word more or less, or another letter."""
    words = entry.title.split()
    place = random.randrange(len(entry.title))
    wrong = entry.title[:place] + random.choice("abcdeø") + entry.title[place + 1 :]
    shorter = [word for number, word in enumerate(words) if number != random.randrange(len(words))]
    titles = [f"{entry.title} {random.choice(WORDS)}", f"{random.choice(WORDS).capitalize()} {entry.title}", wrong]
    return replace(entry, title=random.choice([*titles, " ".join(shorter)] if len(words) > 3 else titles))


def each(edit: Callable[[Entry, Random], Entry]) -> Edit:
    def edited(entries: Sequence[Entry], chosen: set[int], random: Random) -> Edited:
        return [(place, edit(entry, random) if place in chosen else entry) for place, entry in enumerate(entries)]

    return edited


def deleted(entries: Sequence[Entry], chosen: set[int], random: Random) -> Edited:
    return [(place, entry) for place, entry in enumerate(entries) if place not in chosen]


def inserted(entries: Sequence[Entry], chosen: set[int], random: Random) -> Edited:
    found: Edited = list(enumerate(entries))
    for place in chosen:
        title = " ".join(random.sample(WORDS, 3)).capitalize()
        found.insert(place, (None, replace(random.choice(entries), title=title)))
    return found


def reordered(entries: Sequence[Entry], chosen: set[int], random: Random) -> Edited:
    found: Edited = list(enumerate(entries))
    random.shuffle(found)
    return found


EDITS: dict[str, Edit] = {
    "dates": each(moved),
    "titles": each(renamed),
    "both": each(lambda entry, random: moved(renamed(entry, random), random)),
    "deleted": deleted,
    "inserted": inserted,
    "reordered": reordered,
}


def wrong(entries: Sequence[Entry], new: Edited) -> list[Entry]:
    """The entries whose mark would be lost, or end up with something that says otherwise than what they became."""
    pairs = paired(entries, [entry for _, entry in new])
    became = {place: entry for place, entry in new if place is not None}
    got = {place: new[other][1] for place, other in pairs.items()}
    return [entry for place, entry in enumerate(entries) if bare(got.get(place)) != bare(became.get(place))]


def bare(entry: Entry | None) -> Entry | None:
    return entry and replace(entry, source=None, source_line=None)


def edits(paths: Iterable[Path], name: str) -> Iterable[tuple[Sequence[Entry], Edited]]:
    for path in paths:
        entries = plan_in(path).entries
        for seed in range(8):
            random = Random(f"{path.name} {name} {seed}")
            chosen = set(random.sample(range(len(entries)), min(random.choice([1, 2, 3]), len(entries))))
            yield entries, EDITS[name](entries, chosen, random)


@pytest.mark.parametrize("name", EDITS)
def test_a_mark_stays_with_its_item(name: str) -> None:
    lost, all_of_them = [], 0
    for entries, new in edits((*PLANS, *REAL), name):
        all_of_them += len(entries)
        lost += wrong(entries, new)
    assert len(lost) <= MOST_WRONG * all_of_them, [(entry.title, entry.span.text) for entry in lost]


@settings(deadline=None, max_examples=150)
@given(path=some.sampled_from(PLANS), seed=some.integers(0, 10**6))
@example(path=HERE / "unseen" / "arsplan-barnehage.txt", seed=11783)  # "Ruskendaksjon" for "Rusken-aksjon"
def test_the_only_thing_of_its_name_keeps_its_mark_though_it_is_edited_and_all_else_moves(
    path: Path, seed: int
) -> None:
    random, entries = Random(seed), plan_in(path).entries
    titles = [entry.title for entry in entries]
    alone = [place for place, title in enumerate(titles) if titles.count(title) == 1 and len(title) > 12]
    if not alone:
        return
    place = random.choice(alone)
    edit = random.choice([moved, renamed])
    new = [(other, edit(entry, random) if other == place else entry) for other, entry in enumerate(entries)]
    random.shuffle(new)
    assert wrong(entries, new) == []


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.name)
def test_the_same_plan_read_anew_changes_nothing(path: Path) -> None:
    before = plan_in(path)
    after = read_plan(path.read_bytes(), f"ny {path.name}")
    revision = revise(a_book(*before.entries), PLAN, a_document(*after.entries))
    assert (revision.added, revision.changed, revision.removed) == ((), (), ())


ROWS = (
    ("Dato", "Hva", "Hvem", "Ansvar"),
    ("03.09.25 kl. 12.00-14.00", "Nettverksmøte 1", "Skoleledere", "Programleder"),
    ("10.09.25", "Fagdag om lesing", "Alle lærere", "Programleder"),
    ("24.–25. september 2025", "Samling for nyutdannede", "Nyutdannede lærere", "Koordinator"),
    ("Løpende", "Følge opp lesegruppene", "Lærere", "Koordinator"),
)
TITLE = "Møteplan 2025/2026 for Fjellvik"


def as_word() -> bytes:
    document, content = Document(), BytesIO()
    document.add_heading(TITLE)
    table = document.add_table(rows=0, cols=len(ROWS[0]))
    for row in ROWS:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.save(content)
    return content.getvalue()


def as_workbook() -> bytes:
    book, content = Workbook(), BytesIO()
    assert book.active
    for row in ((TITLE,), *ROWS):
        book.active.append(row)
    book.save(content)
    return content.getvalue()


def as_markdown() -> bytes:
    lines = [f"| {' | '.join(row)} |" for row in ROWS]
    return "\n".join([f"# {TITLE}", "", lines[0], "|---|---|---|---|", *lines[1:]]).encode()


FORMATS = {"plan.docx": as_word, "plan.xlsx": as_workbook, "plan.md": as_markdown}


@pytest.mark.parametrize(("first", "second"), tuple(permutations(FORMATS, 2)))
def test_another_format_of_the_same_plan_changes_nothing(first: str, second: str) -> None:
    before, after = read_plan(FORMATS[first](), first), read_plan(FORMATS[second](), second)
    revision = revise(a_book(*before.entries), PLAN, a_document(*after.entries))
    assert (revision.added, revision.changed, revision.removed) == ((), (), ())
    assert len(revision.kept) == len(ROWS) - 1


@pytest.mark.skipif(not REAL, reason="the real plans lie in ../shared, which is not here")
@pytest.mark.parametrize("text", REAL, ids=lambda path: path.stem)
def test_the_text_of_a_real_plan_in_word_is_the_same_plan(text: Path) -> None:
    word = text.with_suffix(".docx")
    before, after = plan_in(word), plan_in(text)
    revision = revise(a_book(*before.entries), PLAN, a_document(*after.entries))
    assert revision.removed == ()
    assert len(revision.added) + len(revision.changed) <= 2
