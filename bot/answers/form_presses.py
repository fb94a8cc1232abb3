"""The buttons that open a form; elsewhere they say the command, whose answer tells how it goes on."""

from __future__ import annotations

from bot.answers.asking import Asking
from bot.answers.facts import Press
from bot.messages import FormName
from bot.model import Doubt, Item, Language, Status
from bot.permissions import may_administer, may_mark
from bot.remarks import CARRY_ON, WORKED
from bot.understanding.commands import typed
from bot.understanding.frame import Intent

_ANSWERS = {WORKED: ("tell_worked", Intent.NOTE_WORKED), CARRY_ON: ("tell_carry_on", Intent.NOTE_CARRY_ON)}


def form_presses(asking: Asking, item: Item) -> tuple[Press, ...]:
    """Return what the asker may fill in about one item: a note when it is done, a time, a text that is missing."""
    language, presses = asking.frame.language, []
    is_open = item.kind.is_markable and not item.cancelled and item.status in (Status.OPEN, Status.STARTED)
    if is_open and may_mark(asking.asker, item, asking.book):
        presses.append(_press("done_with_note", FormName.COMPLETE, Intent.MARK_DONE, item, language))
    if item.cancelled or not may_administer(asking.asker, asking.book.plan_of(item), asking.book):
        return tuple(presses)
    if Doubt.EMPTY_SLOT in item.doubts:
        presses.append(write_press(item, language))
    if item.span.is_dated:
        presses.append(_press("move", FormName.MOVE, Intent.MOVE_ITEM, item, language))
    elif item.kind.is_markable:
        presses.append(_press("set_date", FormName.SET_DATE, Intent.MOVE_ITEM, item, language))
    return tuple(presses)


def write_press(item: Item, language: Language) -> Press:
    """Return the button that fills an empty slot."""
    return _press("write", FormName.WRITE, Intent.WRITE_ITEM, item, language)


def settle_press(item: Item, language: Language) -> Press:
    """Return the button that settles a doubt by a day in words."""
    return _press("settle_form", FormName.SETTLE, Intent.SETTLE_DOUBT, item, language)


def answer_press(item: Item, field: str, language: Language) -> Press:
    """Return the button that writes on what is done: `field` of bot.remarks is what is asked first."""
    name, intent = _ANSWERS[field]
    return _press(name, FormName.COMPLETE, intent, item, language)


def _press(name: str, form: FormName, intent: Intent, item: Item, language: Language) -> Press:
    return Press(name=name, says=typed(intent, language, item.key), form=form, key=item.key)
