"""Words point to items by title or key; a title that is just the words beats those that go on."""

from __future__ import annotations

import pytest

from bot.model import Book
from bot.understanding.names import names_of
from bot.understanding.words import Word, forms_of, words_of

FOUND = {
    "fagdag uteskole": ["Fagdag om uteskule"],
    "fagdagen om uteskule": ["Fagdag om uteskule"],
    "styrermøte": ["Styrermøte"],
    "leseundersøkinga": ["Leseundersøkelsen"],
    "språkplanen": ["Lage felles språkplan"],
    "workshop leselyst": ["Work-shop om leselyst"],
    "SFO-leiarnettverk": ["SFO-leder nettverk"],
    "KF-1": ["Fagdag om uteskule"],
    "kf-1": ["Fagdag om uteskule"],
    "oppstartsmøtet": ["Regionalt oppstartsmøte"],
    "trivselskonfernase": ["Trivselskonferanse"],
    "leirskole": [],
    "samling 7": [],
    "": [],
}


@pytest.mark.parametrize(("words", "titles"), FOUND.items(), ids=list(FOUND))
def test_words_point_to(book: Book, words: str, titles: list[str]) -> None:
    assert list(dict.fromkeys(item.title for item in names_of(book).items(words))) == titles


def test_the_nearest_are_offered_where_nothing_fits(book: Book) -> None:
    nearest = names_of(book).nearest("fagdag for kokker")
    assert 0 < len(nearest) <= 5
    assert all("agdag" in item.title for item in nearest)


def test_roles_are_found_in_both_standards(book: Book) -> None:
    assert names_of(book).roles("programlederen") == ("Programleiar",)
    assert names_of(book).roles("rektor") == ("Rektorer",)
    assert names_of(book).roles("vaktmester") == ()


def test_names_are_made_once_a_book(book: Book) -> None:
    assert names_of(book) is names_of(book)


def test_what_stands_for_many_words_is_looked_up_as_all_of_them(book: Book) -> None:
    titles = names_of(book).titles
    alone, any_of_them = words_of("prepare")[0], Word(text="prepare", start=0, stop=0, forms=forms_of("forberedelse"))
    assert not titles.fits(alone)
    assert "Forberedelse til trivselskonferansen i mai" in [item.title for item in titles.having([any_of_them])]
