"""The two short questions that may be asked when something is done: whether they are, and which comes next."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from bot.answers.acting import author_of
from bot.answers.asking import Asking
from bot.answers.facts import Facts, Press, Question
from bot.answers.form_presses import answer_press
from bot.answers.remarks import checked, written_of
from bot.errors import NotAllowed
from bot.forms import ANSWERED, words_of_form
from bot.history import Change
from bot.permissions import may_administer
from bot.remarks import Texts
from bot.understanding.commands import typed
from bot.understanding.frame import Intent

_TURNS = {True: ("questions_on", Intent.QUESTIONS_ON), False: ("questions_off", Intent.QUESTIONS_OFF)}


def questions(asking: Asking) -> Facts:
    """Tell whether anything is asked when something is done."""
    is_on = asking.store.completion.asks()
    return Facts(template="questions", values={"is_on": is_on}, buttons=(_turns(asking, on=not is_on),))


def questions_on(asking: Asking) -> Facts:
    """Ask from now on; for administrators and owners. Raises NotAllowed."""
    return _turned(asking, on=True)


def questions_off(asking: Asking) -> Facts:
    """Ask nothing from now on; for administrators and owners. Raises NotAllowed."""
    return _turned(asking, on=False)


def asking_next(asking: Asking, facts: Facts) -> Facts:
    """The answer to an act with the next question behind it, where the organisation asks and it is not answered yet.

    In a channel the next message may be anybody's, about anything: there a button opens the form that has the question.
    """
    message = asking.message
    if not facts.changes or len(facts.items) != 1 or message.conversation is None:
        return facts
    if not asking.store.completion.asks():
        return facts
    (item,) = facts.items
    answered = {remark.entry.field for remark in written_of(asking, item)}
    field = next((one for one in ANSWERED if one not in answered), None)
    if field is None:
        return facts
    if message.channel is not None:
        return replace(facts, buttons=(*facts.buttons, answer_press(item, field, asking.frame.language)))
    return replace(facts, asks=Question(field=field, item=item))


def parted(asking: Asking) -> tuple[Asking, Texts]:
    """The command without what is answered behind a key ("KIBS-23 … virket: … videre: …"), and the answers.

    Raises TooLong.
    """
    argument = asking.frame.argument
    if argument.partition(" ")[0].casefold() not in asking.book.by_key:
        return asking, ()
    first, *rest = _answers().split(argument)
    told = {_fields()[word.casefold()]: text for word, text in zip(rest[::2], rest[1::2], strict=True) if text.strip()}
    texts = tuple((field, checked(text)) for field, text in told.items())
    return replace(asking, frame=replace(asking.frame, argument=first.strip())), texts


def _turned(asking: Asking, *, on: bool) -> Facts:
    if not may_administer(asking.asker, None, asking.book):
        raise NotAllowed("questions_not_allowed")
    entry = asking.store.completion.turn(author_of(asking), on=on)
    changes = (
        (Change(item=None, field=entry.field, before=entry.before, after=entry.after, by=entry.by.name),)
        if entry
        else ()
    )
    values = {"is_on": on}
    return Facts(template="questions", values=values, changes=changes, buttons=(_turns(asking, on=not on),))


def _turns(asking: Asking, *, on: bool) -> Press:
    name, intent = _TURNS[on]
    return Press(name=name, says=typed(intent, asking.frame.language))


@cache
def _fields() -> dict[str, str]:
    """The fields of bot.remarks by the words that their answers stand behind."""
    says = words_of_form("complete")["says"]
    return {word: field for field in ANSWERED for word in says[field].values()}


@cache
def _answers() -> re.Pattern[str]:
    return re.compile(rf"(?:^|\s)({'|'.join(map(re.escape, _fields()))})\s", re.IGNORECASE)
