"""One entry of a plan, out of what its row or line says."""

from __future__ import annotations

from bot.model import Doubt, Entry, Kind, Milestones, Span
from bot.proposals.clocks import clock_times
from bot.proposals.columns import Column
from bot.proposals.draft import Draft
from bot.proposals.kinds import begins_with, kind_of
from bot.proposals.people import groups, whom
from bot.proposals.places import Aside, asides, each_place, is_place, may_be_place, place_in
from bot.proposals.sentences import neat
from bot.proposals.slots import NO_TIMES, Slot, doubts_in
from bot.proposals.topics import Topic
from bot.time.when import Times

_FEW_WORDS = 2
_SHORT_NOTE = 6
_DONE_SOMEWHERE = (Kind.EVENT, Kind.MEASURE, Kind.MODULE)


def entry_of(draft: Draft, topic: Topic, slot: Slot | None) -> Entry:
    """Return the entry for one thing and one of its times."""
    kind = (
        Kind.MEASURE
        if draft.is_work and draft.column is not Column.MODULE
        else kind_of(topic.title, draft.column, slot)
    )
    location, title, times = _from_title(topic.title, kind)
    inside, notes = _from_agenda(topic.notes, kind)
    beside = asides(draft.remarks)
    hours = asides(note for note in draft.notes if _is_hour(note)).times
    times = _first_times(slot.times if slot else NO_TIMES, beside.times, times, inside.times, hours)
    places = [place for place in draft.places if may_be_place(place)]
    told = [place for place in draft.places if place not in places]
    return Entry(
        kind=kind,
        title=title,
        span=slot.span if slot else Span(),
        time_start=times[0],
        time_end=times[1],
        responsible=groups(draft.responsible),
        audience=_audience(draft, beside, title, kind),
        location=", ".join(places) or beside.location or location or inside.location,
        resources=draft.resources,
        goal=draft.around.goal,
        area=draft.around.area,
        milestones=_milestones(draft, topic, kind),
        region=(slot.region if slot else None) or draft.region,
        comment="; ".join((*notes, *draft.notes, *beside.remarks, *told)) or None,
        doubts=_doubts(topic, slot, draft),
        source=topic.place.words,
        source_line=topic.place.line,
    )


def _from_title(title: str, kind: Kind) -> tuple[str | None, str, Times]:
    """Return the place and the clock times that a title names, and the title without them."""
    if kind not in _DONE_SOMEWHERE:
        return None, title, NO_TIMES
    location, bare = each_place(title)
    title = bare or title
    times, left = clock_times(title)
    if times and neat(left):
        title = neat(left)
    is_work = kind is Kind.MEASURE and begins_with(title, "work")
    return location or (None if is_work else place_in(title)), title, times or NO_TIMES


def _from_agenda(notes: tuple[str, ...], kind: Kind) -> tuple[Aside, tuple[str, ...]]:
    """Return the clock times and the place that stand on lines of their own below a title, and the other lines."""
    if kind is not Kind.EVENT:
        return asides(note for note in notes if _is_hour(note)), notes
    told = [note for note in notes if is_place(note) or clock_times(note)[1] == ""]
    inside = asides(told)
    return inside, tuple(note for note in notes if note not in told)


def _is_hour(note: str) -> bool:
    """Whether a line tells the hour and little else: "begge dagar kl. 14.30–16.00"."""
    times, left = clock_times(note)
    return times is not None and len(left.split()) <= _FEW_WORDS


def _first_times(*choices: Times) -> Times:
    return next((times for times in choices if times != NO_TIMES), NO_TIMES)


def _audience(draft: Draft, beside: Aside, title: str, kind: Kind) -> tuple[str, ...]:
    """Return whom an entry is for: by its own column, else by the remark, the title or the heading above."""
    named = whom(title) if kind is Kind.EVENT else ()
    return groups(draft.audience) or beside.audience or named or draft.around.audience


def _milestones(draft: Draft, topic: Topic, kind: Kind) -> Milestones:
    own = (topic.number,) if kind is Kind.MILESTONE and topic.number else ()
    return draft.milestones or own


def _doubts(topic: Topic, slot: Slot | None, draft: Draft) -> tuple[Doubt, ...]:
    said = [*(slot.doubts if slot else ())]
    short = [note for note in topic.notes if len(note.split()) <= _SHORT_NOTE]
    for text in (topic.title, *short, *draft.remarks, *draft.notes):
        said.extend(doubt for doubt in doubts_in(text) if doubt is not Doubt.TENTATIVE)
    if topic.is_struck:
        said.append(Doubt.POSTPONED)
    if topic.is_open:
        said.append(Doubt.TENTATIVE)
    if topic.is_code:
        said.append(Doubt.EMPTY_SLOT)
    return tuple(dict.fromkeys(said))
