"""Complete dates in other forms are read by the fallback, and by nothing else."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest

from bot.time.fallback import read_date
from bot.time.parsing import parsing
from bot.time.reading import Context, read_cell

_ONLY_THE_FALLBACK = [
    ("6. guovvamánnu 2024", date(2024, 2, 6)),
    ("5. maaliskuuta 2024", date(2024, 3, 5)),
    ("7 février 2024", date(2024, 2, 7)),
    ("12 de marzo de 2024", date(2024, 3, 12)),
    ("14 stycznia 2024", date(2024, 1, 14)),
    ("15 maart 2024", date(2024, 3, 15)),
    ("5 января 2024", date(2024, 1, 5)),
    ("5 січня 2024", date(2024, 1, 5)),
    ("14 maggio 2024", date(2024, 5, 14)),
    ("1. märz 2024", date(2024, 3, 1)),
    ("5 marts 2024", date(2024, 3, 5)),
    ("2024 March 5", date(2024, 3, 5)),
    ("2024/03/05", date(2024, 3, 5)),
]


@pytest.mark.parametrize(("text", "day"), _ONLY_THE_FALLBACK)
def test_only_the_fallback_reads_it(text: str, day: date) -> None:
    assert parsing(text).cell is None
    assert read_date(text) == day
    when = read_cell(text, Context(reference=date(2023, 8, 10)))
    assert when is not None
    assert (when.start, when.end) == (day, day)


@pytest.mark.parametrize(
    "text",
    [
        "12 elever 2024", "plan 2024", "tiltak 4.2 2024", "8.-10. trinn 2024", "tlf 22 33 2024", "mars", "neste uke",
        "30 février 2024", "32 maart 2024", "2 000 000 2024", "maaliskuuta 2024", "7 février", "31.12", "2024", "",
        "Meld. St. 6 2019", "Samling 3 høst 2023", "modul 5 våren 2024", "uke 12 2024",
    ],
)  # fmt: skip
def test_what_is_no_complete_date_stays_none(text: str) -> None:
    assert read_date(text) is None


def test_dateparser_is_loaded_only_when_it_is_needed() -> None:
    code = (
        "import sys; from datetime import date; from bot.time.reading import Context, read\n"
        "read('hva skjer neste uke i skoleåret 2023/2024?', Context(reference=date(2024, 2, 7)))\n"
        "sys.exit('dateparser' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
