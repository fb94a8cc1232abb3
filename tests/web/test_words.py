"""The page's own words: the same in both written standards, all there, and nothing run that is not ours."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.model import Doubt, Kind, Status
from handlers.web.wording import words

PAGE = Path(__file__).parents[2] / "handlers" / "web" / "page"
SCRIPTS = sorted(PAGE.glob("*.js"))
STANDARDS = ("nb", "nn")


def names(found: dict[str, object], before: str = "") -> set[str]:
    """Every word's name, those of a table with the table's before them."""
    return {
        name
        for key, value in found.items()
        for name in (names(value, f"{before}{key}.") if isinstance(value, dict) else {before + key})
    }


def slots(text: object) -> list[str]:
    return sorted(re.findall(r"\{(\w+)\}", str(text)))


def test_both_standards_have_the_same_words() -> None:
    bokmål, nynorsk = (words()[standard] for standard in STANDARDS)
    assert names(dict(bokmål)) == names(dict(nynorsk))
    for name, text in bokmål.items():
        if isinstance(text, str):
            assert slots(text) == slots(nynorsk[name]), name
        if isinstance(text, list):
            assert len(text) == len(nynorsk[name]), name  # type: ignore[arg-type]


@pytest.mark.parametrize("standard", STANDARDS)
def test_every_doubt_status_and_kind_has_a_word(standard: str) -> None:
    found = names(dict(words()[standard]))
    for table, values in (("doubts", Doubt), ("status", Status), ("kind", Kind)):
        assert {name for name in found if name.startswith(f"{table}.")} == {f"{table}.{value}" for value in values}


def test_every_word_that_the_page_uses_is_there_and_none_is_left_over() -> None:
    known = {name for name in names(dict(words()["nb"])) if "." not in name}
    page = (PAGE / "index.html").read_text("utf-8")
    used = set(re.findall(r'data-(?:words|label|placeholder)="(\w+)"', page))
    for script in SCRIPTS:
        text = script.read_text("utf-8")
        used |= set(re.findall(r'word\(\s*"(\w+)"', text)) | set(re.findall(r'worded\(\s*"\w+", "(\w+)"', text))
        used |= {
            name for choice in re.findall(r"word\([^()]*\?([^()]*)", text) for name in re.findall(r'"(\w+)"', choice)
        }
    assert used - known == set()
    assert known - used == {"served"}


def test_the_page_runs_and_loads_nothing_but_its_own_files() -> None:
    page = (PAGE / "index.html").read_text("utf-8")
    assert not re.search(r"<style|<script(?![^>]*src=)|\son\w+=|\sstyle=", page)
    for asset in re.findall(r'(?:src|href)="([^"#]+)"', page):
        assert (PAGE / asset.removeprefix("/")).is_file(), asset
    for path in PAGE.iterdir():
        text = path.read_text("utf-8").replace("http://www.w3.org/2000/svg", "")
        assert "://" not in text, path.name


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_no_script_makes_markup_of_text(script: Path) -> None:
    ways = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|srcdoc|createContextualFragment|\beval\b"
    assert not re.search(ways, script.read_text("utf-8"))
