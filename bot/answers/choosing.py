"""Which item the words behind a command mean: one clear hit is taken, several are offered, none gets the nearest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date

from bot.answers.asking import Asking
from bot.answers.facts import Facts, Press
from bot.answers.milestones import of_the_time
from bot.answers.scope import in_asked_time_of_any_year, named_items
from bot.answers.telling import plans_of
from bot.errors import CannotBeMarked
from bot.model import Item, Kind, Precision, Status
from bot.permissions import may_mark
from bot.time.reading import read_sentence
from bot.time.values import Weekday
from bot.understanding.commands import points, typed
from bot.understanding.frame import Intent
from bot.understanding.kind_words import is_any_meeting, numbered, of_kind
from bot.understanding.language import language_of
from bot.understanding.lexicon import is_filler
from bot.understanding.names import names_of
from bot.understanding.pointing import point
from bot.understanding.sentence import take_apart
from bot.understanding.words import plain, words_of
from bot.wording import span_in_words

Items = tuple[Item, ...]

_MARKING = (
    Intent.MARK_DONE,
    Intent.MARK_STARTED,
    Intent.MARK_OPEN,
    Intent.MARK_DROPPED,
    Intent.MARK_NEXT_YEAR,
    Intent.NOTE_ITEM,
    Intent.NOTE_WORKED,
    Intent.NOTE_CARRY_ON,
    Intent.SHOW_ITEM,
    Intent.ITEM_HISTORY,
)
_EXACT = (Precision.DAY, Precision.RANGE)
_MOST_OFFERED = 8
_LONGEST_BEHIND = 500  # letters; what is longer fits on no platform's button


def item_to_mark(asking: Asking, behind: str = "") -> Item | Facts:
    """Return the one item that can be marked, or what to answer instead.

    Goals, focus areas and duties are never offered, nor is what is cancelled. Raises CannotBeMarked where the words
    mean nothing else.
    """
    meant = items_meant(asking)
    markable = _markable(meant)
    if meant and not markable:
        raise CannotBeMarked("cancelled_item" if meant[0].kind.is_markable else None, item=meant[0])
    if asking.frame.intent is Intent.MARK_OPEN:
        markable = tuple(item for item in markable if item.status is not Status.OPEN) or markable
    return _choice(asking, markable, _nearest(asking), behind, fits=_markable)


def item_to_show(asking: Asking) -> Item | Facts:
    """Return the one item of any kind, or what to answer instead."""
    return _choice(asking, items_meant(asking), _nearest(asking))


def item_to_change(asking: Asking, what: str, behind: str = "") -> Item | Facts:
    """Return the one item of any kind that the words mean, or what to answer instead.

    Nothing is offered where nothing is said: a press would change it. What is cancelled counts only where nothing
    else is meant. `behind` is the rest of the command, which the buttons say again behind the key.
    """
    if not what and not asking.frame.items:
        return Facts(template="say_which", values={"offered": (), "book": asking.book})
    about = replace(asking, frame=replace(asking.frame, argument="" if points(what) else what))
    meant = items_meant(about)
    uncancelled = tuple(item for item in meant if not item.cancelled)
    return _choice(about, uncancelled or meant, _nearest(about), behind)


def items_meant(asking: Asking) -> tuple[Item, ...]:
    """Return the items that a command's words fit equally well: by key, title, or title and time.

    Words that stand for what was shown last mean that.
    """
    frame, names = asking.frame, names_of(asking.near)
    if not frame.argument:
        return in_asked_time_of_any_year(asking, named_items(asking))
    if is_any_meeting(_without_time(asking)):
        return _at_the_time(asking)
    exact = _titled(asking)
    if len(exact) == 1:
        return exact
    hits = names.items(frame.argument)
    if len(hits) == 1:
        return hits if names.by_key(frame.argument) else _with_shorter(hits[0], asking)
    return _at_the_time(asking) or hits or _as_asked(asking) or _of_a_kind(asking)


def _as_asked(asking: Asking) -> tuple[Item, ...]:
    """What a question would be about: "workshop i NØR", "møtet for styrerne i mars"."""
    words, names = asking.frame.argument, names_of(asking.near)
    sentence = take_apart(words, names, language_of(words, asking.frame.language), asking.seen(words))
    pointed = point(sentence, names)
    if pointed.unknown or not (pointed.region or pointed.plans):
        return ()
    asked = replace(
        asking.frame,
        items=tuple(item.id for item in pointed.items),
        region=pointed.region,
        plans=pointed.plans,
        when=sentence.asked,
    )
    about = replace(asking, frame=asked)
    return in_asked_time_of_any_year(about, named_items(about))


def _without_time(asking: Asking) -> str:
    """The words without the first time in them; nothing where there is none."""
    words = asking.frame.argument
    read = read_sentence(words, asking.seen(words))
    return "" if read is None else f"{words[: read[0].start_at]} {words[read[0].stop_at :]}"


def items_named(asking: Asking, words: str) -> tuple[Item, ...]:
    """Return the items that other words than the command's own name."""
    return items_meant(replace(asking, frame=replace(asking.frame, argument="" if points(words) else words)))


def _of_a_kind(asking: Asking) -> tuple[Item, ...]:
    """What is named beside its kind: "milepæl 3", "målet om lesing"; of the plans that hold where they have it."""
    words, near = asking.frame.argument, asking.near
    said = of_kind(words)
    if said is None:
        return ()
    by_number = numbered(words, near)
    if by_number:
        return of_the_time(asking, by_number)
    return tuple(item for item in names_of(near).items(said.name) if item.kind in said.kinds)


def _titled(asking: Asking) -> tuple[Item, ...]:
    """The items whose titles are just the words, small ones too."""
    said = plain(asking.frame.argument).strip(' ".«»')
    return tuple(item for item in asking.near.items if plain(item.title) == said)


def _with_shorter(hit: Item, asking: Asking) -> tuple[Item, ...]:
    """The hit and, where its title says more than was said, those whose titles say less.

    "SUT-møtet" may be the meeting "SUT" or "Felles møte for SUT og BUG": what is to be changed is not guessed.
    """
    said = {form for word in words_of(asking.frame.argument) for form in word.forms}
    if _is_said(hit, said):
        return (hit,)
    return (hit, *(item for item in asking.near.items if item.kind.is_markable and _is_said(item, said)))


def _is_said(item: Item, said: set[str]) -> bool:
    """Whether every word of the title is among the words, small words aside."""
    words = [word for word in words_of(item.title) if not is_filler(word.text)]
    return bool(words) and all(said.intersection(word.forms) for word in words)


def _at_the_time(asking: Asking) -> tuple[Item, ...]:
    """The items that the words name beside a time, of those that are then: to come, or else gone by."""
    words = asking.frame.argument
    for looks_back in _ways_to_look(asking):
        read = read_sentence(words, replace(asking.seen(words), looks_back=looks_back))
        if read is None:
            return ()
        found, when = read
        if looks_back and isinstance(found.value, Weekday) and asking.frame.intent not in _MARKING:
            return ()  # what is changed "på mandag" is not what was last Monday
        first, last = when.start or date.min, when.end or date.max
        for named in _named_beside(asking, f"{words[: found.start_at]} {words[found.stop_at :]}"):
            meant = tuple(item for item in named if _is_then(item, first, last))
            if meant:
                return meant
    return ()


def _ways_to_look(asking: Asking) -> tuple[bool, bool]:
    """What is done has been, and what is changed is to come, if both fit."""
    return (True, False) if asking.frame.intent is Intent.MARK_DONE else (False, True)


def _is_then(item: Item, first: date, last: date) -> bool:
    other = item.span.other
    return item.span.overlaps(first, last) or (other is not None and first <= other <= last)


def _named_beside(asking: Asking, name: str) -> Iterator[Items]:
    """What has the name that stands beside a time: what is called so, what has it in its title, any meeting."""
    names = names_of(asking.near)
    if is_any_meeting(name):
        events = (item for item in asking.near.items if item.kind is Kind.EVENT and not item.cancelled)
        yield tuple(item for item in events if item.span.precision in _EXACT and item.span.start and item.span.end)
        return
    yield names.items(name)
    yield tuple(names.titles.having([word for word in words_of(name) if not is_filler(word.text)]))


def _choice(
    asking: Asking, meant: Items, nearest: Items, behind: str = "", fits: Callable[[Items], Items] = tuple
) -> Item | Facts:
    """What is meant, or what may be: in the plans that the channel does not follow it is offered, and never taken."""
    if len(meant) == 1:
        return meant[0]
    if not asking.frame.argument:
        return _offered(asking, "say_which", meant or _told_of(asking) or _own_open(asking), behind)
    if meant:
        return _offered(asking, "which_item", meant, behind)
    others = fits(items_meant(replace(asking, followed=None))) if asking.followed else ()
    if others:
        return _offered(asking, "item_not_followed", others, behind)
    return _offered(asking, "item_not_found", fits(nearest), behind)


def _offered(asking: Asking, template: str, items: Iterable[Item], behind: str) -> Facts:
    """Items to choose from, those nearest to today first; each has a button that says the command with its key."""
    behind = behind if len(behind) <= _LONGEST_BEHIND else ""
    frame, found = asking.frame, sorted(items, key=lambda item: _days_away(item, asking.today))
    offered = tuple(found[:_MOST_OFFERED])
    values = {
        "words": frame.argument,
        "count": len(found),
        "offered": offered,
        "plans": plans_of(asking, found),
        "book": asking.book,
    }
    buttons = tuple(
        Press(
            name="choose",
            says=typed(frame.intent, frame.language, f"{item.key} {behind}".strip()),
            values={"item": item, "when": _when(item, asking)},
            is_choice=True,
        )
        for item in offered
    )
    return Facts(template=template, values=values, items=offered, buttons=buttons)


def _markable(items: Iterable[Item]) -> tuple[Item, ...]:
    return tuple(item for item in items if item.kind.is_markable and not item.cancelled)


def _nearest(asking: Asking) -> tuple[Item, ...]:
    return names_of(asking.near).nearest(asking.frame.argument)


def _told_of(asking: Asking) -> tuple[Item, ...]:
    """What the last answer only told of as the next there is, where the words may stand for that."""
    by_id = asking.book.by_id
    return tuple(by_id[number] for number in asking.frame.offered if number in by_id)


def _own_open(asking: Asking) -> list[Item]:
    return [
        item
        for item in asking.book.items
        if item.kind.is_markable
        and not item.cancelled
        and item.status in (Status.OPEN, Status.STARTED)
        and may_mark(asking.asker, item, asking.book)
    ]


def _days_away(item: Item, today: date) -> tuple[int, str]:
    day = item.span.start or item.span.end
    return (abs((day - today).days) if day else 10**6, item.title)


def _when(item: Item, asking: Asking) -> str:
    """The day, the region where the plan has one, or else the key: what tells items of one title apart."""
    when = span_in_words(item.span, asking.frame.language, asking.today)
    return ", ".join(filter(None, (when, item.region))) or item.key
