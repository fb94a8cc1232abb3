"""What the public face promises: places in the text, cells, sentences and tenses."""

from __future__ import annotations

import unicodedata
from datetime import date, time

import pytest

from bot.model import Precision
from bot.time.reading import (
    LONGEST,
    Context,
    clock_times,
    find,
    hangs_on_what_was_said,
    read,
    read_cell,
    read_sentence,
    resolve,
)

WEDNESDAY = Context(reference=date(2024, 2, 7))


def texts(sentence: str) -> list[str]:
    return [found.text for found in find(sentence)]


@pytest.mark.parametrize(
    ("sentence", "times"),
    [
        ("kva har vi i neste veke?", ["i neste veke"]),
        ("kva skal vere ferdig innan utgangen av april?", ["innan utgangen av april"]),
        ("SUT i uke 12 og BUG i uke 14", ["i uke 12", "i uke 14"]),
        ("fagdag psykisk helse 10.03.22 kl 9-15, Sortland", ["10.03.22 kl 9-15"]),
        ("i mars skal vi møte August Nilsen den 3. april", ["i mars", "den 3. april"]),
        ("Samling 3 - 5. mars", ["5. mars"]),
        ("I løpet av september – november ved hver barnehage", ["I løpet av september – november"]),
        ("hva skjer på\u00a0torsdag?", ["på\u00a0torsdag"]),
        ("tiltak 4.2 skal være ferdig i uke\u00ad 8", ["i uke\u00ad 8"]),
        ("hvem er med på 8.–10. trinn?", []),
        ("møtet er kl. 14–16", []),
    ],
)
def test_found_times_are_the_words_that_say_them(sentence: str, times: list[str]) -> None:
    assert texts(sentence) == times


def test_places_are_those_of_the_text_as_it_was_given() -> None:
    decomposed = unicodedata.normalize("NFD", "På årsmøtet blåser vi liv i planen på lørdag.")
    (found,) = find(decomposed)
    assert decomposed[found.start_at : found.stop_at] == found.text == unicodedata.normalize("NFD", "på lørdag")


def test_a_value_resolves_anew_when_its_heading_is_corrected() -> None:
    (found,) = find("Man. 14.")
    august = Context(reference=date(2023, 8, 10), month=8, school_year="2023/2024")
    november = Context(reference=date(2023, 8, 10), month=11, school_year="2023/2024")
    assert [when.start for c in (august, november) if (when := resolve(found.value, c))] == [
        date(2023, 8, 14),
        date(2023, 11, 14),
    ]


def test_a_question_in_the_past_tense_looks_back() -> None:
    read_then = read_sentence("hva skjedde i mars?", WEDNESDAY)
    assert read_then is not None
    assert read_then[1].start == date(2023, 3, 1)


def test_the_context_can_look_back_by_itself() -> None:
    (found,) = find("i mars")
    when = resolve(found.value, Context(reference=date(2024, 2, 7), looks_back=True))
    assert when is not None
    assert when.start == date(2023, 3, 1)


def test_the_time_that_comes_to_days_is_the_one_asked_about() -> None:
    read_then = read_sentence("hva skjer i vinterferien eller i uke 9?", WEDNESDAY)
    assert read_then is not None
    assert read_then[0].text == "i uke 9"


def test_a_sentence_without_a_time_has_none() -> None:
    assert read_sentence("når er neste styrermøte?", WEDNESDAY) is None


def test_an_impossible_day_is_told_and_is_no_date() -> None:
    when = read_cell("30. februar 2024", WEDNESDAY)
    assert when is not None
    assert (when.impossible, when.is_dated) == (True, False)


def test_the_written_day_beats_the_weekday_and_the_other_day_is_told() -> None:
    when = read_cell("Fre. 8.", Context(reference=date(2023, 8, 10), month=2, school_year="2023/2024"))
    assert when is not None
    assert (when.start, when.conflict, when.other) == (date(2024, 2, 8), True, date(2024, 2, 9))


def test_a_number_alone_is_a_day_only_under_a_month() -> None:
    assert read_cell("27.", WEDNESDAY) is None
    assert read_cell("27.", Context(reference=date(2024, 2, 7), month=2)) is not None


def test_a_cell_with_more_than_a_time_is_none() -> None:
    assert read_cell("10. mars på Sortland", WEDNESDAY) is None
    when = read("10. mars på Sortland", WEDNESDAY)
    assert when is not None
    assert when.precision is Precision.DAY


def test_a_weekday_alone_names_no_day_in_a_table() -> None:
    assert read_cell("Mandag", Context(reference=date(2024, 2, 7), school_year="2023/2024")) is None
    assert read_cell("mandag", WEDNESDAY) is not None


def test_clock_times_are_read_with_and_without_a_day() -> None:
    assert clock_times("Møysalen, kl. 12.00–15.30") == (time(12), time(15, 30))
    assert clock_times("torsdag 7. kl 9") == (time(9), None)
    assert clock_times("hele dagen") is None


def test_what_hangs_on_what_was_said_is_known() -> None:
    (follow_up,) = find("og uka etter?")
    (own,) = find("uka etter påske")
    assert hangs_on_what_was_said(follow_up.value)
    assert not hangs_on_what_was_said(own.value)


def test_no_more_than_the_longest_text_is_read() -> None:
    assert texts("x " * LONGEST + "i mars") == []
    assert read("i mars" + " " * LONGEST, WEDNESDAY) is None
