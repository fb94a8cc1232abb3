"""The row of a channel: found, or made when somebody first sets something for it."""

from __future__ import annotations

from sqlalchemy import select

from bot.model import Platform
from storage.acts import Act
from storage.channel_tables import ChannelRow
from storage.sessions import OrganisationSession


def channel_row(session: OrganisationSession, platform: str, channel: str) -> ChannelRow | None:
    is_it = (ChannelRow.platform == Platform(platform)) & (ChannelRow.channel == channel)
    return session.scalar(select(ChannelRow).where(is_it))


def made_channel(doing: Act, platform: str, channel: str, name: str | None = None) -> ChannelRow:
    """Return the channel's row, with the name it has now, where that is known."""
    row = channel_row(doing.session, platform, channel)
    if row is None:
        row = ChannelRow(platform=Platform(platform), channel=channel)
        doing.session.add(row)
    row.name = name or row.name
    doing.session.flush()
    return row
