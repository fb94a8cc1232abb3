"""What a log's line holds, and what it never does."""

from __future__ import annotations

import json
import logging
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from handlers.logs import about, log_as_set, masked
from handlers.settings import Settings

CASES = tomllib.loads((Path(__file__).parent / "masked.toml").read_text("utf-8"))["case"]
SIGNING = "8f742231b10e8888abcd99yyyzzz85a5"
log = logging.getLogger("planvakt.test")


@pytest.fixture
def written(capsys: pytest.CaptureFixture[str]) -> Iterator[Callable[[], list[str]]]:
    """The lines on standard error; the loggers are as they were afterwards."""
    root, ours = logging.getLogger(), logging.getLogger("planvakt")
    before = root.handlers[:], root.level, ours.level
    yield lambda: capsys.readouterr().err.splitlines()
    root.handlers[:], root.level = before[0], before[1]
    ours.setLevel(before[2])


def read(written: Callable[[], list[str]]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in written()]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["written"])
def test_what_has_the_form_of_a_secret_is_not_written(case: dict[str, str]) -> None:
    assert masked(case["written"], [SIGNING]) == case["logged"]


def test_a_line_tells_what_it_belongs_to(written: Callable[[], list[str]]) -> None:
    log_as_set(Settings())
    with about(request="r1"), about(delivery="17"):
        log.info("done")
    log.info("else")
    first, second = read(written)
    assert (first["message"], first["request"], first["delivery"], first["level"]) == ("done", "r1", "17", "INFO")
    assert "request" not in second


def test_an_error_is_told_by_where_it_was_and_never_by_its_words(written: Callable[[], list[str]]) -> None:
    log_as_set(Settings())
    try:
        try:
            raise ValueError("hva skjer med Ola?")
        except ValueError as error:
            raise RuntimeError("han er syk") from error
    except RuntimeError:
        log.exception("17: no answer was given")
    (line,) = read(written)
    assert line["error"].endswith("builtins.RuntimeError")
    assert "builtins.ValueError" in line["error"]
    assert "test_logs.py" in line["error"]
    assert "Ola" not in str(line)
    assert "syk" not in str(line)


def test_a_library_may_not_repeat_what_it_was_sent(written: Callable[[], list[str]]) -> None:
    log_as_set(Settings())
    logging.getLogger("planvakt.slack.sdk").error("Failed to parse a message: {'text': 'hva skjer?'}")
    assert [line["message"] for line in read(written)] == ["Failed to parse a message"]


def test_nor_may_pythons_own_loop_of_what_somebody_waited_for_no_longer(written: Callable[[], list[str]]) -> None:
    log_as_set(Settings())
    future = "<Task finished name='Task-7' exception=SlackApiError(\"{'text': 'hva skjer?'}\")>"
    logging.getLogger("asyncio").error("Task exception was never retrieved\nfuture: %s", future)
    assert [line["message"] for line in read(written)] == ["Task exception was never retrieved\nfuture"]


def test_text_is_one_line_a_record_also_where_the_words_are_not(written: Callable[[], list[str]]) -> None:
    log_as_set(Settings(log_format="text", slack_signing_secret=SIGNING))
    with about(request="r1"):
        log.warning("first\nsecond %s", SIGNING)
    (line,) = written()
    assert line.endswith(r"WARNING planvakt.test: first\nsecond … [request r1]")
