"""The one dispatch: a message in, a reply out, the same for every platform."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from bot.answers.asking import Asking
from bot.answers.digests import digest_reply
from bot.answers.documents import read_in, refuse_to_read_in
from bot.answers.facts import Facts
from bot.answers.help import buttons, examples, nearby
from bot.answers.registry import ANSWERS
from bot.digest import Subscription
from bot.errors import NotUnderstood, PlanvaktError, TooLong
from bot.messages import Message, Reply
from bot.model import Book, Language, ProposedPlan
from bot.ports import Store, Stores
from bot.render import render, render_error
from bot.understanding import memory
from bot.understanding.frame import Frame, Intent
from bot.understanding.language import language_of
from bot.understanding.reading import read

T = TypeVar("T")

LONGEST = 4000
# Politeness and help leave the conversation where it was.
_LEAVES_THREAD = (Intent.SMALLTALK, Intent.HELP)


class Bot:
    """Answers messages from the plans that it is given the way to."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores

    def reply(self, message: Message) -> Reply:
        """Return the answer, a refusal or a plain "I can't"; whatever has a name in bot.errors becomes an answer."""
        try:
            store = self._stores.of(message.organisation)
            if len(message.text) > LONGEST:
                raise TooLong(longest=LONGEST)
            before = _before(store, message)
        except PlanvaktError as error:
            return render_error(error, language_of(message.text[:LONGEST]), message.now.date())
        try:
            return self._answer(store, message, before)
        except NotUnderstood as error:
            return _cannot(error, message, store.plans.book(), _language(message, before))
        except PlanvaktError as error:
            return render_error(error, _language(message, before), message.now.date())

    def read_in(self, message: Message, proposed: ProposedPlan) -> Reply:
        """Keep a plan that a file held, and tell what it holds and would change; a press takes it in. Or refuse."""

        def answered(asking: Asking) -> Reply:
            return _rendered(asking, read_in(asking, proposed))

        return self._handed_in(message, proposed.language, answered)

    def refusal_to_read_in(self, message: Message) -> Reply | None:
        """Return the refusal for whoever may take in no plan: to be asked before a file is fetched."""

        def answered(asking: Asking) -> None:
            refuse_to_read_in(asking)

        return self._handed_in(message, Language.NB, answered)

    def digest(self, store: Store, subscription: Subscription, now: datetime) -> Reply:
        """Return the digest of the ISO week that `now` lies in: what is posted, and what a preview shows."""
        return digest_reply(store.plans.book(), subscription, now)

    def _handed_in(self, message: Message, written_in: Language, answered: Callable[[Asking], T]) -> T | Reply:
        """Answer somebody who hands in a file; what they write with it, or the file, tells in which language."""
        language = language_of(message.text[:LONGEST], written_in)
        try:
            store = self._stores.of(message.organisation)
            before = _before(store, message)
            language = language_of(message.text[:LONGEST], before.language if before else written_in)
            frame = Frame(intent=Intent.DOCUMENT_READ, language=language)
            asker, book = store.people.find(message.sender), store.plans.book()
            return answered(Asking(message=message, asker=asker, frame=frame, book=book, store=store))
        except PlanvaktError as error:
            return render_error(error, language, message.now.date(), Intent.DOCUMENT_READ)

    def _answer(self, store: Store, message: Message, before: Frame | None) -> Reply:
        asker = store.people.find(message.sender)
        book = store.plans.book()
        frame = read(message, book, before)
        asking = Asking(message=message, asker=asker, frame=frame, book=book, store=store)
        try:
            facts = ANSWERS[frame.intent](asking)
        except NotUnderstood:
            raise
        except PlanvaktError as error:  # a refusal is in the language of the command that it refuses
            return render_error(error, frame.language, message.now.date(), frame.intent)
        if message.conversation is not None and frame.intent not in _LEAVES_THREAD:
            shown = tuple(item.id for item in facts.items)
            store.conversations.remember(message.conversation, memory.as_text(replace(frame, shown=shown)), message.now)
        return _rendered(asking, facts)


def _rendered(asking: Asking, facts: Facts) -> Reply:
    return render(facts, asking.frame.intent, asking.frame.language, asking.today)


def _before(store: Store, message: Message) -> Frame | None:
    """The conversation's last frame, which follow-ups hang on."""
    if message.conversation is None:
        return None
    kept = store.conversations.recall(message.conversation, message.now)
    return None if kept is None else memory.from_text(kept)


def _language(message: Message, before: Frame | None) -> Language:
    return language_of(message.text, before.language if before else None)


def _cannot(error: PlanvaktError, message: Message, book: Book, language: Language) -> Reply:
    """A plain no, with sentences near the message that have an answer in these plans."""
    today = message.now.date()
    sentences = nearby(message.text, examples(book, language, today))
    values: Mapping[str, object] = {**error.values, "sentences": sentences}
    facts = Facts(template=error.template, values=values, buttons=buttons(sentences))
    return render(facts, Intent.OUT_OF_SCOPE, language, today)
