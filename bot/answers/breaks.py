"""The school calendar in chat: shown, told by administrators and owners, and asked for where a question lacks it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from bot.answers.acting import author_of, break_change
from bot.answers.asking import Asking
from bot.answers.facts import Facts, Press
from bot.answers.marking import takes_back
from bot.breaks import BreakName, SchoolBreak, name_in
from bot.errors import BadDate, NotAllowed, NotFound, UnknownBreak
from bot.history import HistoryEntry
from bot.messages import Period
from bot.model import Book
from bot.permissions import may_administer
from bot.school_calendar import Told, example_in_words, school_calendar, the_name_in_words
from bot.time.calendar import school_year_of
from bot.time.reading import Context
from bot.understanding.breaks import Named, breaks_said, read_named
from bot.understanding.commands import typed
from bot.understanding.frame import Intent
from bot.understanding.resuming import Talk
from bot.wording import day_to_type, period_in_words

_EXAMPLE = BreakName.WINTER_BREAK


@dataclass(frozen=True, slots=True, kw_only=True)
class YearOfBreaks:
    """One school year's breaks: `first` is the year it begins in. Names that are told otherwise are `disputed`."""

    first: int
    told: tuple[Told, ...]
    disputed: frozenset[BreakName]


def show_breaks(asking: Asking) -> Facts:
    """Return when the breaks are, from this school year on; of a break that is named whatever is known."""
    named = read_named(asking.frame.argument) or _by_key(asking.frame.argument)
    calendar = school_calendar(asking.near)
    told = calendar.of(named.name) if named else calendar.told
    years = years_of(told)
    current = tuple(year for year in years if year.first >= school_year_of(asking.today))
    values = {
        "years": years if named else current or years,
        "name": named.name if named else None,
        "may_tell": _may_tell(asking),
        "says": _example(asking, named.name if named else _EXAMPLE),
    }
    return Facts(template="breaks", values=values)


def years_of(told: Iterable[Told]) -> tuple[YearOfBreaks, ...]:
    """Return what is told school year by school year, in order."""
    ordered = sorted(told, key=lambda one: (one.days.school_year, one.days.days))
    return tuple(
        YearOfBreaks(first=first, told=(of_year := tuple(group)), disputed=_disputed(of_year))
        for first, group in groupby(ordered, lambda one: one.days.school_year)
    )


def set_break(asking: Asking) -> Facts:
    """Write when a break is, as an administrator or owner tells it; a name alone asks for what is known."""
    named = _named(asking)
    if not named.behind:
        return show_breaks(asking)
    _ask_permission(asking)
    told = breaks_said(named.name, named.behind, Context(reference=asking.today))
    changes = asking.store.breaks.write(told, author_of(asking))
    return replace(written(told, changes), buttons=_undo(asking, changes))


def written(told: Sequence[SchoolBreak], changes: Sequence[HistoryEntry]) -> Facts:
    """Return what was told, what stood there before, and whether all of it was so already."""
    replaced = [SchoolBreak.of_text(name_in(entry.subject), entry.before) for entry in changes if entry.before]
    values = {"told": told, "is_same": not changes, "replaced": replaced}
    return Facts(template="break_set", values=values, changes=tuple(map(break_change, changes)))


def remove_break(asking: Asking) -> Facts:
    """Erase what was told of a break: on the days that are said, else in the newest school year that it was told of."""
    named = _named(asking)
    _ask_permission(asking)
    gone = told_of(asking.book, named, Context(reference=asking.today))
    changes = asking.store.breaks.erase(gone, author_of(asking))
    return replace(erased(gone, changes), buttons=_undo(asking, changes))


def told_of(book: Book, named: Named, context: Context) -> tuple[SchoolBreak, ...]:
    """Return what administrators have told of a break on the days that stand behind its name, else in the newest year.

    Raises NotFound where that is nothing.
    """
    told = [one for one in book.breaks if one.name is named.name]
    if named.behind:
        contexts = (context, replace(context, looks_back=True))
        said = [one for each in contexts for one in breaks_said(named.name, named.behind, each)]
        found = [one for one in told if any(one.is_same(other) for other in said)]
    else:
        newest = max((one.school_year for one in told), default=0)
        found = [one for one in told if one.school_year == newest]
    if not found:
        raise NotFound("break_not_told", name=named.name)
    return tuple(found)


def erased(gone: Sequence[SchoolBreak], changes: Sequence[HistoryEntry]) -> Facts:
    """Return what was removed."""
    return Facts(template="break_removed", values={"told": gone}, changes=tuple(map(break_change, changes)))


def ask_break(asking: Asking, unknown: UnknownBreak) -> Facts:
    """Ask when a break is; where the plans disagree, tell what each of them says, with a button for each."""
    name = BreakName(str(unknown.values["name"]))
    readings = school_calendar(asking.near).disputed(name, asking.today)
    if not readings:
        return Facts(template="break_asked", values={"name": name})
    presses = (
        Press(
            name="reading",
            says=days_to_type(one.days, asking),
            values={"day": _label(one.days, asking)},
            is_choice=True,
        )
        for one in readings
    )
    values = {"name": name, "readings": readings}
    return Facts(template="breaks_disputed", values=values, buttons=tuple(presses))


def with_breaks_told(asking: Asking, facts: Facts, talk: Talk) -> Facts:
    """Return the answer with the days of the breaks that it hangs on, and a button that remembers what was told."""
    when = asking.frame.when
    used = when.breaks if when is not None else ()
    remembers = tuple(_remembers(asking, one, talk) for one in used if one.name is talk.answered and _may_tell(asking))
    return replace(facts, breaks=used, buttons=(*facts.buttons, *remembers))


def days_to_type(days: SchoolBreak, asking: Asking) -> str:
    """Return the days as they are typed to be read back as just those."""
    first, last = (day_to_type(day, asking.frame.language) for day in days.days)
    return first if days.first == days.last else f"{first}–{last}"


def _remembers(asking: Asking, told: SchoolBreak, talk: Talk) -> Press:
    """What was said as it was said where it is read as the same, else the week or the days with their year."""
    language = asking.frame.language
    ways = (talk.words, _label(told, asking).partition(":")[0], days_to_type(told, asking))
    words = next((way for way in ways if told in _read_back(told.name, way, asking)), ways[-1])
    name = the_name_in_words(told.name, language)
    says = typed(Intent.SET_BREAK, language, f"{name} {words}")
    return Press(name="remember_break", says=says, values={"name": name})


def _read_back(name: BreakName, words: str, asking: Asking) -> tuple[SchoolBreak, ...]:
    try:
        return breaks_said(name, words, Context(reference=asking.today))
    except BadDate:
        return ()


def _label(days: SchoolBreak, asking: Asking) -> str:
    said = period_in_words(Period(start=days.first, end=days.last), asking.frame.language, asking.today)
    return said[:1].upper() + said[1:]


def _disputed(told: Sequence[Told]) -> frozenset[BreakName]:
    names = [one.days.name for one in told if not one.days.name.has_many]
    return frozenset(name for name in names if names.count(name) > 1)


def _named(asking: Asking) -> Named:
    named = read_named(asking.frame.argument)
    if named is None:
        raise BadDate("no_such_break", words=asking.frame.argument, says=_example(asking, _EXAMPLE))
    return named


def _by_key(argument: str) -> Named | None:
    """A question has found the break already, and says it by its name in the lexicon."""
    return Named(name=BreakName(argument), behind="") if argument in set(BreakName) else None


def _undo(asking: Asking, changes: Sequence[HistoryEntry]) -> tuple[Press, ...]:
    return (Press(name="undo", says=takes_back(asking, changes[0].step)),) if changes else ()


def _example(asking: Asking, name: BreakName) -> str:
    language = asking.frame.language
    days = example_in_words(name, language)
    return typed(Intent.SET_BREAK, language, f"{the_name_in_words(name, language)} {days}")


def _may_tell(asking: Asking) -> bool:
    return may_administer(asking.asker, None, asking.book.whole or asking.book)


def _ask_permission(asking: Asking) -> None:
    if not _may_tell(asking):
        raise NotAllowed("break_not_allowed")
