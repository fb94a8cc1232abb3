"""The forms: who may fill them in, and what stands in them already."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from bot.answers.acts import ask_permission
from bot.answers.asking import Asking
from bot.answers.digest_settings import ask_digest_permission, no_channel
from bot.answers.digests import first_settings, subscription_here
from bot.answers.doubts import gravest
from bot.answers.facts import Facts
from bot.answers.marking import refused
from bot.answers.scope import is_over
from bot.answers.ways_out import presses_for
from bot.digest import DaysOff
from bot.errors import CannotBeMarked, NotFound
from bot.forms import (
    ALWAYS,
    ANSWERED,
    LONGEST_NOTE,
    LONGEST_TEXT,
    OFF,
    ON,
    PAUSE,
    QUIET,
    Field,
    FieldKind,
    Form,
    Option,
    words_of_form,
)
from bot.messages import FormName
from bot.model import Item, Language, Status
from bot.permissions import may_administer, may_mark
from bot.render import label_of
from bot.roles import roles_in
from bot.understanding.commands import behind_key
from bot.wording import clock_in_words, time_in_words, weekday_in_words_of, when_in_words

_MOST_ROLES = 100
_MOST_PLANS = 100


def form_for(asking: Asking, name: FormName, key: str) -> Form | Facts:
    """Return the form, or a refusal for whoever may not do what it does. Raises what has a name in bot.errors."""
    return _FORMS[name](asking, key)


def _complete(asking: Asking, key: str) -> Form | Facts:
    item = _item(asking, key)
    if not item.kind.is_markable or item.cancelled:
        raise CannotBeMarked("cancelled_item" if item.cancelled else None, item=item)
    if not may_mark(asking.asker, item, asking.book):
        return refused(asking, item)
    fields: tuple[Field, ...] = (
        _field(asking, "complete", "note", FieldKind.LONG_TEXT, is_optional=True, longest=LONGEST_NOTE),
        _field(asking, "complete", "link", FieldKind.URL, is_optional=True, longest=LONGEST_TEXT),
    )
    if asking.store.completion.asks():
        fields += tuple(
            _field(asking, "complete", name, FieldKind.LONG_TEXT, is_optional=True, longest=LONGEST_TEXT)
            for name in ANSWERED
        )
    form = _form(asking, FormName.COMPLETE, item.key, fields, _about(asking, item))
    if item.status is not Status.DONE:
        return form
    words, language = words_of_form(FormName.COMPLETE), asking.frame.language
    return replace(form, title=words["title_later"][language], submit=words["submit_later"][language])


def _move(asking: Asking, key: str) -> Form:
    return _timed(asking, FormName.MOVE, key)


def _set_date(asking: Asking, key: str) -> Form:
    return _timed(asking, FormName.SET_DATE, key)


def _timed(asking: Asking, name: FormName, key: str) -> Form:
    item = _changeable(asking, key)
    field = _field(asking, "common", "when", FieldKind.WHEN)
    return _form(asking, name, item.key, (field,), _about(asking, item))


def _write(asking: Asking, key: str) -> Form:
    item = _changeable(asking, key)
    field = _field(asking, "write", "text", FieldKind.LONG_TEXT, longest=LONGEST_TEXT)
    return _form(asking, FormName.WRITE, item.key, (field,), _about(asking, item))


def _settle(asking: Asking, key: str) -> Form:
    item = _changeable(asking, key)
    doubt, language = gravest(item), asking.frame.language
    presses = presses_for(item, doubt, language) if doubt else ()
    options = tuple(
        Option(label=label_of(press, language), value=behind_key(press.says, item.key)) for press in presses
    )
    answer = _field(asking, "settle", "answer", FieldKind.CHOICE, is_optional=True, options=options)
    when = _field(asking, "settle", "when", FieldKind.WHEN, is_optional=True)
    return _form(asking, FormName.SETTLE, item.key, (answer, when) if options else (when,), _about(asking, item))


def _new_item(asking: Asking, key: str) -> Form:
    ask_permission(asking)
    fields = (
        _field(asking, "common", "title", FieldKind.TEXT, longest=LONGEST_TEXT),
        _field(asking, "common", "when", FieldKind.WHEN),
        *_plan_field(asking),
    )
    return _form(asking, FormName.NEW_ITEM, key, fields)


def _measure(asking: Asking, key: str) -> Form:
    ask_permission(asking)
    title = " ".join(asking.message.text.split())[:LONGEST_TEXT]
    roles = tuple(Option(label=role.name, value=role.name) for role in roles_in(asking.book)[:_MOST_ROLES])
    role_kind = FieldKind.CHOICE if roles else FieldKind.TEXT
    fields = (
        _field(asking, "common", "title", FieldKind.LONG_TEXT, initial=title, longest=LONGEST_TEXT),
        _field(asking, "common", "when", FieldKind.WHEN, is_optional=True),
        _field(asking, "measure_of_message", "role", role_kind, is_optional=True, options=roles),
        *_plan_field(asking),
    )
    return _form(asking, FormName.MEASURE_OF_MESSAGE, key, fields)


def _digest(asking: Asking, key: str) -> Form | Facts:
    if asking.message.channel is None:
        return no_channel(asking)
    ask_digest_permission(asking)
    known = subscription_here(asking)
    settings, language = known or first_settings(asking), asking.frame.language
    is_paused = settings.paused_until is not None and settings.paused_until > asking.today
    state = ON if known is None or known.is_active else OFF
    words = words_of_form("digest")
    states = tuple(Option(label=words["state"][one][language], value=one) for one in (ON, PAUSE, OFF))
    days = tuple(Option(label=weekday_in_words_of(day, language), value=str(day)) for day in range(7))
    spoken = tuple(Option(label=words["language"][one][language], value=one) for one in Language)
    days_off = tuple(Option(label=words["days_off"][one][language], value=one) for one in DaysOff)
    empty = tuple(Option(label=words["empty"][one][language], value=one) for one in (ALWAYS, QUIET))
    at = time_in_words(settings.at, language)
    fields = (
        _field(asking, "digest", "state", FieldKind.CHOICE, options=states, initial=PAUSE if is_paused else state),
        _field(asking, "digest", "weekday", FieldKind.CHOICE, options=days, initial=str(settings.weekday)),
        _field(asking, "digest", "at", FieldKind.TEXT, initial=at),
        _field(asking, "digest", "language", FieldKind.CHOICE, options=spoken, initial=settings.language),
        _field(asking, "digest", "only", FieldKind.TEXT, initial=", ".join(settings.target.words), is_optional=True),
        _field(asking, "digest", "days_off", FieldKind.CHOICE, options=days_off, initial=settings.days_off),
        _field(
            asking, "digest", "empty", FieldKind.CHOICE, options=empty, initial=QUIET if settings.is_quiet else ALWAYS
        ),
        _field(asking, "digest", "until", FieldKind.WHEN, is_optional=True),
    )
    return _form(asking, FormName.DIGEST, key, fields, (words["intro"][language],))


_FORMS: Mapping[FormName, Callable[[Asking, str], Form | Facts]] = {
    FormName.COMPLETE: _complete,
    FormName.MOVE: _move,
    FormName.SET_DATE: _set_date,
    FormName.WRITE: _write,
    FormName.NEW_ITEM: _new_item,
    FormName.SETTLE: _settle,
    FormName.DIGEST: _digest,
    FormName.MEASURE_OF_MESSAGE: _measure,
}


def _item(asking: Asking, key: str) -> Item:
    """The item with just that key. Raises NotFound where it is gone."""
    item = asking.book.by_key.get(key.casefold())
    if item is None:
        raise NotFound("form_item_gone", key=key)
    return item


def _changeable(asking: Asking, key: str) -> Item:
    item = _item(asking, key)
    ask_permission(asking, item)
    return item


def _plan_field(asking: Asking) -> tuple[Field, ...]:
    """The plans that the asker may change, those that are over last; none to choose where there is only one."""
    own = [plan for plan in asking.book.plans if may_administer(asking.asker, plan, asking.book)]
    near = sorted(own, key=lambda plan: (is_over(plan, asking.today), plan.id not in asking.near.plan_by_id))
    options = tuple(Option(label=f"{plan.short}: {plan.title}", value=plan.short) for plan in near[:_MOST_PLANS])
    if len(options) < 2:
        return ()
    return (_field(asking, "common", "plan", FieldKind.CHOICE, options=options, initial=options[0].value),)


def _about(asking: Asking, item: Item) -> tuple[str, ...]:
    """What it is about, and when it is as it stands."""
    words, language = words_of_form("common"), asking.frame.language
    named = words["item"][language].format(title=item.title, key=item.key)
    if not item.span.is_dated and not item.span.text:
        return named, words["no_date"][language]
    when = " ".join(filter(None, (when_in_words(item, language, asking.today), clock_in_words(item, language))))
    return named, words["now"][language].format(when=when)


def _field(asking: Asking, form: str, name: str, kind: FieldKind, **more: Any) -> Field:
    words, language = words_of_form(form)[name], asking.frame.language
    hint = words["hint"][language] if "hint" in words else ""
    return Field(name=name, label=words["label"][language], hint=hint, kind=kind, **more)


def _form(asking: Asking, name: FormName, key: str, fields: tuple[Field, ...], intro: tuple[str, ...] = ()) -> Form:
    words, language = words_of_form(name), asking.frame.language
    return Form(
        name=name,
        key=key,
        language=language,
        title=words["title"][language],
        submit=words["submit"][language],
        fields=fields,
        intro=intro,
    )
