"""Calendar feeds over HTTP, as iCalendar: what phones and Outlook subscribe to."""

from __future__ import annotations

import asyncio
import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from bot.answers.calendar_feeds import PATH
from bot.calendar_feed import Appointment
from handlers.bootstrap import Installation

_NAME = re.compile(r"([0-9]{1,9})-([A-Za-z0-9_-]{1,64})", re.ASCII)
_OFTEN = timedelta(hours=1)


def calendar_routes(running: Installation) -> tuple[BaseRoute, ...]:
    """Return the way to the feeds; a feed that is not there and a wrong secret both answer 404."""

    async def feed(request: Request) -> Response:
        written = await asyncio.to_thread(_written, running, request.path_params["name"])
        if written is None:
            return PlainTextResponse("not found", status_code=404)
        return Response(
            written, media_type="text/calendar; charset=utf-8", headers={"Cache-Control": "private, max-age=900"}
        )

    return (Route(PATH + "/{name}.ics", feed),)


def _written(running: Installation, name: str) -> bytes | None:
    found = _NAME.fullmatch(name)
    opened = running.database.opened_feed(int(found[1]), found[2]) if found else None
    if opened is None:
        return None
    now = running.now()
    return calendar(running.bot.calendar(*opened, now.date()), now, running.settings.zone)


def calendar(appointments: tuple[Appointment, ...], now: datetime, zone: ZoneInfo) -> bytes:
    """Return the calendar as a file; what has a time carries its zone, and the zone is told with it."""
    made = Calendar()
    made.add("prodid", "-//Planvakt//planvakt//NO")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", "Planvakt")
    made.add("x-wr-timezone", zone.key)
    made.add("refresh-interval", _OFTEN)
    for appointment in appointments:
        made.add_component(_event(appointment, now, zone))
    if appointments:
        year = timedelta(days=366)
        made.add_missing_timezones(appointments[0].first - year, max(one.last for one in appointments) + year)
    return bytes(made.to_ical())


def _event(one: Appointment, now: datetime, zone: ZoneInfo) -> Event:
    event = Event()
    event.add("uid", f"{one.name}@planvakt")
    event.add("dtstamp", now.astimezone(ZoneInfo("UTC")))
    event.add("summary", one.title)
    event.add("description", one.about)
    if one.place:
        event.add("location", one.place)
    event.add("status", "CANCELLED" if one.is_cancelled else "CONFIRMED")
    event.add("transp", "OPAQUE" if one.starts else "TRANSPARENT")
    start, end = _times(one, zone)
    event.add("dtstart", start)
    if end is not None:
        event.add("dtend", end)
    return event


def _times(one: Appointment, zone: ZoneInfo) -> tuple[date | datetime, date | datetime | None]:
    """When it begins and ends; the end of whole days is the day behind the last, and no end is made up."""
    if one.starts is None:
        return one.first, one.last + timedelta(days=1)
    end = datetime.combine(one.first, one.ends, zone) if one.ends else None
    return datetime.combine(one.first, one.starts, zone), end
