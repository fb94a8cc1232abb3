"""Calendar feeds: whose they are, and the secret that each is read by."""

from __future__ import annotations

from hmac import compare_digest
from secrets import token_urlsafe

from sqlalchemy import select

from bot.calendar_feed import CalendarFeed, FeedOf
from bot.history import Author, HistoryEntry
from storage.acts import Act, act
from storage.channel_rows import channel_row, made_channel
from storage.channel_tables import CalendarFeedRow, ChannelRow
from storage.items import Changed
from storage.persons import Administrators
from storage.sessions import OrganisationSession, Sessions

CALENDAR_FEED = "calendar_feed"
_BYTES = 24


class CalendarFeeds:
    """Satisfies bot.ports.CalendarFeeds."""

    def __init__(self, sessions: Sessions, administrators: Administrators) -> None:
        self._sessions = sessions
        self._administrators = administrators

    def find(self, of: FeedOf) -> CalendarFeed | None:
        """Return the feed of a channel or a person."""
        with self._sessions.reading() as session:
            row = _row(session, of)
            return _feed(row, of) if row else None

    def renew(self, of: FeedOf, author: Author) -> tuple[CalendarFeed, HistoryEntry]:
        """Give the feed a secret that nobody knows, made where it is new; who had the old one reads it no more."""
        with act(self._sessions, author, self._administrators) as doing:
            known = _row(doing.session, of)
            row = known or _made(doing, of)
            row.secret, row.made_at = token_urlsafe(_BYTES), author.at
            entry = _note(doing, of, "on" if known else None, "on")
            return _feed(row, of), entry

    def remove(self, of: FeedOf, author: Author) -> HistoryEntry | None:
        """Let nobody read the feed any more; None where there is none."""
        with act(self._sessions, author, self._administrators) as doing:
            row = _row(doing.session, of)
            if row is None:
                return None
            doing.session.delete(row)
            return _note(doing, of, "on", None)

    def opened(self, number: int, secret: str) -> CalendarFeed | None:
        """Return the feed of that number where the secret is its own; how long that takes tells nobody anything."""
        with self._sessions.reading() as session:
            row = session.scalar(select(CalendarFeedRow).where(CalendarFeedRow.id == number))
            known = row.secret if row else token_urlsafe(_BYTES)
            if not compare_digest(known.encode(), secret.encode()) or row is None:
                return None
            return _feed(row, _of(session, row))


def _row(session: OrganisationSession, of: FeedOf) -> CalendarFeedRow | None:
    if of.channel is None or of.platform is None:
        return session.scalar(select(CalendarFeedRow).where(CalendarFeedRow.person_id == of.person))
    place = channel_row(session, of.platform, of.channel)
    return session.scalar(select(CalendarFeedRow).where(CalendarFeedRow.channel_id == place.id)) if place else None


def _made(doing: Act, of: FeedOf) -> CalendarFeedRow:
    place = made_channel(doing, of.platform, of.channel) if of.platform and of.channel else None
    row = CalendarFeedRow(channel_id=place.id if place else None, person_id=of.person)
    doing.session.add(row)
    return row


def _note(doing: Act, of: FeedOf, before: str | None, after: str | None) -> HistoryEntry:
    """The history says that there is a feed, and never its secret; a person's is theirs, so nobody's name is told."""
    return doing.entry(doing.note(of.channel or "", Changed(field=CALENDAR_FEED, before=before, after=after)))


def _of(session: OrganisationSession, row: CalendarFeedRow) -> FeedOf:
    place = session.scalar(select(ChannelRow).where(ChannelRow.id == row.channel_id)) if row.channel_id else None
    return FeedOf(platform=place.platform, channel=place.channel) if place else FeedOf(person=row.person_id)


def _feed(row: CalendarFeedRow, of: FeedOf) -> CalendarFeed:
    return CalendarFeed(id=row.id, of=of, secret=row.secret)
