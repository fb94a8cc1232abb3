"""What is made to bring a reader down gives one plain sentence, in good time."""

from __future__ import annotations

from datetime import date
from time import monotonic

import pytest

from bot.errors import BadFile
from bot.model import Language
from bot.render import render_error
from handlers.reading_child import read_in_child
from tests.readers.bombs import BOMBS, HEAVY

SECONDS = 20


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_gives_one_sentence_in_time(name: str) -> None:
    content = BOMBS[name]()
    begun = monotonic()
    with pytest.raises(BadFile) as refused:
        read_in_child(content, "plan.xlsx")
    assert monotonic() - begun < SECONDS
    for language in Language:
        text = render_error(refused.value, language, date(2023, 8, 1)).text
        assert "plan.xlsx" in text
        assert "\n" not in text.strip()


@pytest.mark.parametrize("name", HEAVY)
def test_what_only_looks_like_a_bomb_is_read_in_time(name: str) -> None:
    begun = monotonic()
    plan = read_in_child(HEAVY[name](), "plan.docx")
    assert monotonic() - begun < SECONDS
    assert [entry.title for entry in plan.entries] == ["Møte"]


@pytest.mark.parametrize("reason", ["scanned", "too_heavy"])
@pytest.mark.parametrize("language", Language)
def test_every_reason_has_a_sentence(reason: str, language: Language) -> None:
    text = render_error(BadFile(f"bad_file_{reason}", name="plan.pdf"), language, date(2023, 8, 1)).text
    assert "plan.pdf" in text
