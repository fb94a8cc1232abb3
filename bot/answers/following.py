"""Which plans a channel follows: told, and set by administrators and the plans' owners."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.answers.acting import author_of
from bot.answers.asking import Asking
from bot.answers.facts import Facts, Press
from bot.answers.scope import is_over
from bot.errors import NotAllowed
from bot.history import Change
from bot.model import Plan
from bot.permissions import may_administer
from bot.roles import owners_of
from bot.understanding.commands import all_plans, means_all_plans, typed
from bot.understanding.frame import Intent
from bot.understanding.plan_words import PlanWords, plans_like, plans_listed

_MOST_BUTTONS = 10


def followed_plans(asking: Asking) -> Facts:
    """Tell which plans this channel follows; whoever may change it can press what else it may follow."""
    if asking.message.channel is None:
        return _no_channel(asking)
    return _told(asking, "follow_shown", _followed(asking))


def follow_plans(asking: Asking) -> Facts:
    """Let this channel follow the plans that are named beside those it follows, or all. Raises NotAllowed."""
    words = asking.frame.argument
    if not words or asking.message.channel is None:
        return followed_plans(asking)
    before = _followed(asking)
    if means_all_plans(words):
        return _set(asking, (), of=before)
    named = _named(asking, tuple(_or_later(piece, asking) for piece in plans_listed(words, asking.book)))
    return named if isinstance(named, Facts) else _set(asking, (*before, *named), of=named)


def unfollow_plans(asking: Asking) -> Facts:
    """Let this channel no longer follow the plans that are named; all again where none is left. Raises NotAllowed."""
    words = asking.frame.argument
    if not words or asking.message.channel is None:
        return followed_plans(asking)
    before = _followed(asking) or asking.book.plans
    if means_all_plans(words):
        return _set(asking, (), of=_followed(asking))
    named = _named(asking, tuple(_of_these(piece, before) for piece in plans_listed(words, asking.book)))
    if isinstance(named, Facts):
        return named
    return _set(asking, tuple(plan for plan in before if plan not in named), of=named)


def _set(asking: Asking, plans: Iterable[Plan], *, of: tuple[Plan, ...]) -> Facts:
    """Write what the channel follows, for whoever may change that of the plans `of`, and tell all of it."""
    _ask_permission(asking, of)
    wanted = {plan.id: plan for plan in plans}
    after = tuple(plan for plan in asking.book.plans if plan.id in wanted)
    message = asking.message
    entry = None
    if after != _followed(asking):
        entry = asking.store.channels.follow(message.sender.platform, message.channel or "", after, author_of(asking))
    if entry is None:
        return _told(asking, "follow_same", after)
    change = Change(item=None, field=entry.field, before=entry.before, after=entry.after, by=entry.by.name)
    return _told(asking, "follow_set", after, (change,))


def _named(asking: Asking, pieces: tuple[PlanWords, ...]) -> tuple[Plan, ...] | Facts:
    """The plans that the words name, or what to choose from where a name fits several or none."""
    unclear = next((piece for piece in pieces if len(piece.plans) != 1), None)
    if unclear is None:
        return tuple(plan for piece in pieces for plan in piece.plans)
    return _choice(asking, unclear, tuple(piece.plans[0] for piece in pieces if len(piece.plans) == 1))


def _or_later(piece: PlanWords, asking: Asking) -> PlanWords:
    """The words with the plans that they may name: the short name of one that is over may be said of a later one."""
    if len(piece.plans) != 1 or not is_over(piece.plans[0], asking.today):
        return piece
    if piece.words.casefold() == piece.plans[0].title.casefold():
        return piece
    later = (plan for plan in plans_like(piece.words, asking.book) if not is_over(plan, asking.today))
    return replace(piece, plans=(*later, *piece.plans))


def _of_these(piece: PlanWords, followed: tuple[Plan, ...]) -> PlanWords:
    """The words with those of the plans they may name that are followed, if any is."""
    return replace(piece, plans=tuple(plan for plan in piece.plans if plan in followed) or piece.plans)


def _choice(asking: Asking, unclear: PlanWords, clear: tuple[Plan, ...]) -> Facts:
    """A button for each plan that may be meant, beside those that are clear."""
    _ask_permission(asking, ())
    offered = unclear.plans or asking.book.plans
    intent, language = asking.frame.intent, asking.frame.language
    buttons = tuple(
        Press(
            name="plan",
            says=typed(intent, language, ", ".join((*(one.short for one in clear), _sure_name(plan, asking)))),
            values={"plan": plan},
        )
        for plan in offered[:_MOST_BUTTONS]
    )
    values = {"words": unclear.words, "is_known": bool(unclear.plans), "plans": offered}
    return Facts(template="follow_which", values=values, buttons=buttons)


def _sure_name(plan: Plan, asking: Asking) -> str:
    return plan.title if is_over(plan, asking.today) else plan.short


def _told(asking: Asking, template: str, plans: tuple[Plan, ...], changes: tuple[Change, ...] = ()) -> Facts:
    language = asking.frame.language
    values = {
        "plans": plans,
        "follows": typed(Intent.FOLLOW_PLANS, language),
        "has_plans": bool(asking.book.plans),
    }
    return Facts(template=template, values=values, changes=changes, buttons=_presses(asking, plans))


def _presses(asking: Asking, followed: tuple[Plan, ...]) -> tuple[Press, ...]:
    """What else the channel may follow, for whoever may decide that; of one plan alone there is nothing to choose."""
    language = asking.frame.language
    others = tuple(plan for plan in asking.book.plans if plan not in followed)
    mine = tuple(plan for plan in others if may_administer(asking.asker, plan, asking.book))
    if not mine or len(asking.book.plans) == 1:
        return ()
    presses = tuple(
        Press(
            name="follow_plan",
            says=typed(Intent.FOLLOW_PLANS, language, _sure_name(plan, asking)),
            values={"plan": plan},
        )
        for plan in mine[:_MOST_BUTTONS]
    )
    if not followed:
        return presses
    return (*presses, Press(name="follow_all", says=typed(Intent.FOLLOW_PLANS, language, all_plans(language))))


def _followed(asking: Asking) -> tuple[Plan, ...]:
    """The plans that the channel follows, none where it follows all."""
    message = asking.message
    ids = asking.store.channels.followed(message.sender.platform, message.channel or "")
    return tuple(plan for plan in asking.book.plans if plan.id in ids)


def _ask_permission(asking: Asking, plans: tuple[Plan, ...]) -> None:
    """Administrators may, and owners of all that is followed or left. Raises NotAllowed."""
    if all(may_administer(asking.asker, plan, asking.book) for plan in plans or (None,)):
        return
    raise NotAllowed("follow_not_allowed", owners=[(plan, owners_of(plan, asking.book)) for plan in plans])


def _no_channel(asking: Asking) -> Facts:
    return Facts(template="follow_no_channel", values={"follows": typed(Intent.FOLLOW_PLANS, asking.frame.language)})
