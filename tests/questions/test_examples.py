"""The sentences that help shows have an answer, each as the kind of question it stands for."""

from __future__ import annotations

from importlib.resources import files

import pytest

from bot.answers.help import examples
from bot.core import Bot
from bot.model import Book, Language
from bot.understanding.frame import Intent
from tests.questions.test_questions import NOW, ask

INTENTS = [Intent(file.name.removesuffix(".toml")) for file in files("bot").joinpath("norwegian/examples").iterdir()]


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("intent", INTENTS)
def test_example_asks_just_what_it_stands_for(bot: Bot, book: Book, intent: Intent, language: Language) -> None:
    sentences = examples(book, language, NOW.date())[intent]
    assert sentences, "the plans of these tests have a name for every slot"
    for sentence in sentences:
        reply = ask(bot, sentence)
        assert reply.intent == intent, f"{sentence}\n{reply.text}"
        # A sentence that both standards have ("Når er neste LUF?") is answered in the first.
        same = [other for other in Language if sentence in examples(book, other, NOW.date())[intent]]
        assert reply.language in same


def test_every_example_is_in_the_answer_to_help(bot: Bot, book: Book) -> None:
    shown = ask(bot, "Hva kan du?").text
    there = examples(book, Language.NB, NOW.date())
    assert [some[0] for intent, some in there.items() if intent is not Intent.HELP and some[0] not in shown] == []


def test_examples_without_a_name_for_their_slot_are_left_out() -> None:
    sentences = [sentence for some in examples(Book(), Language.NN, NOW.date()).values() for sentence in some]
    assert "Kva kan du?" in sentences
    assert not [sentence for sentence in sentences if "{" in sentence]
