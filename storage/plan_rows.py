"""A plan as a whole to its row and back."""

from __future__ import annotations

from bot.model import Language, Plan, ProposedPlan
from storage.items import Changed, as_text, from_text
from storage.tables import PlanRow

FILE = "file"


def to_plan(row: PlanRow) -> Plan:
    return Plan(
        id=row.id,
        short=row.short,
        title=row.title,
        organisation=row.names_itself,
        period_start=row.period_start,
        period_end=row.period_end,
        language=row.language,
        reservation=row.reservation,
        file=row.file,
        terms=row.terms,
    )


def describe(plan: PlanRow, proposed: ProposedPlan) -> tuple[Changed, ...]:
    """Put what the document says of the plan as a whole into its row; what it leaves out stays.

    Its terms and excerpts are not told of: they are all the document's, which says them anew each time.
    """
    plan.terms = proposed.terms
    plan.excerpts = proposed.excerpts
    said = {
        "title": proposed.title,
        "names_itself": proposed.organisation,
        "period_start": proposed.period_start,
        "period_end": proposed.period_end,
        "language": proposed.language,
        "reservation": proposed.reservation,
        FILE: proposed.file,
    }
    changes = []
    for field, value in said.items():
        before = getattr(plan, field)
        if value is not None and value != before:
            setattr(plan, field, value)
            changes.append(Changed(field=field, before=as_text(before), after=as_text(value)))
    return tuple(changes)


def set_plan_back(plan: PlanRow, field: str, text: str | None) -> None:
    """Put a value that the history has kept of the plan as a whole into its row."""
    value = Language(text) if field == "language" and text else from_text(_SAME_AS.get(field, field), text)
    setattr(plan, field, value)


# Days of a plan are kept as those of an item are.
_SAME_AS = {"period_start": "start", "period_end": "end"}
