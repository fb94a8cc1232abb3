"""What the calendar says, whatever the plans hold: which week or day it is, and in which week a time lies."""

from __future__ import annotations

from datetime import timedelta

from bot.answers.asking import Asking
from bot.answers.facts import Facts
from bot.errors import NotUnderstood
from bot.messages import Period


def calendar(asking: Asking) -> Facts:
    """Return the days and the ISO weeks of the time that is asked for, or of today. Raises NotUnderstood for no end."""
    when = asking.frame.when
    period = when.period if when else Period(start=asking.today, end=asking.today)
    first, last = period.start, period.end
    if first is None or last is None:
        raise NotUnderstood()
    monday = first - timedelta(days=first.weekday())
    values = {
        "period": period,
        "week": Period(start=monday, end=monday + timedelta(days=6)),
        "weeks": [first.isocalendar().week, last.isocalendar().week],
        "is_today": first == last == asking.today,
        "is_week_asked": asking.frame.state == "week",
    }
    return Facts(template="calendar", values=values, period=period)
