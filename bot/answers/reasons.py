"""What does not add up, and of something that was shown: why it is in doubt."""

from __future__ import annotations

from bot.answers.asking import Asking
from bot.answers.doubts import by_doubt, conflicts
from bot.answers.facts import Facts, Press
from bot.answers.scope import named_items, with_alternatives
from bot.answers.telling import plans_of
from bot.answers.ways_out import presses_for
from bot.model import Item
from bot.permissions import may_administer
from bot.understanding.subject import WHY

_MOST = 6


def what_does_not_add_up(asking: Asking) -> Facts:
    """Return what is in doubt or collides in the plans; of what was shown why it is in doubt."""
    return _reasons(asking) if asking.frame.state == WHY else conflicts(asking)


def _reasons(asking: Asking) -> Facts:
    items = with_alternatives(named_items(asking), asking.book)
    matters = by_doubt(items)
    shown = tuple(item for matter in matters for item in matter.items) or items[:_MOST]
    presses: tuple[Press, ...] = ()
    if len(matters) == 1 and _is_one(matters[0].items) and _may_settle(asking, matters[0].items[0]):
        presses = presses_for(matters[0].items[0], matters[0].doubt, asking.frame.language)
    values = {"matters": matters, "items": shown, "plans": plans_of(asking, shown)}
    return Facts(template="reasons", values=values, items=shown, buttons=presses)


def _is_one(items: tuple[Item, ...]) -> bool:
    return len(items) == 1


def _may_settle(asking: Asking, item: Item) -> bool:
    return may_administer(asking.asker, asking.book.plan_of(item), asking.book)
