"""Which plans each channel follows."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import delete, select

from bot.errors import DatabaseTrouble
from bot.history import Author, HistoryEntry
from bot.model import Plan, Platform
from storage.acts import Act, act
from storage.channel_rows import channel_row, made_channel
from storage.channel_tables import ChannelRow, FollowedPlanRow
from storage.items import Changed
from storage.persons import Administrators
from storage.sessions import OrganisationSession, Sessions
from storage.tables import PlanRow

FOLLOWS = "follows"


class Channels:
    """Satisfies bot.ports.Channels."""

    def __init__(self, sessions: Sessions, administrators: Administrators) -> None:
        self._sessions = sessions
        self._administrators = administrators

    def followed(self, platform: str, channel: str) -> tuple[int, ...]:
        """Return the ids of the plans that the channel follows, in the book's order; none where it follows all."""
        return self.followed_in(platform, (channel,)).get(channel, ())

    def followed_in(self, platform: str, channels: Collection[str]) -> Mapping[str, tuple[int, ...]]:
        """Return the same of several channels; one that follows all has no place in it."""
        both = (
            select(ChannelRow.channel, PlanRow.id)
            .join(FollowedPlanRow, FollowedPlanRow.channel_id == ChannelRow.id)
            .join(PlanRow, PlanRow.id == FollowedPlanRow.plan_id)
            .where(ChannelRow.platform == Platform(platform), ChannelRow.channel.in_(channels))
            .where(PlanRow.removed_at.is_(None))
        )
        found: dict[str, list[int]] = {}
        with self._sessions.reading() as session:
            for channel, plan in session.execute(both.order_by(PlanRow.id)):
                found.setdefault(channel, []).append(plan)
        return {channel: tuple(plans) for channel, plans in found.items()}

    def follow(self, platform: str, channel: str, plans: Sequence[Plan], author: Author) -> HistoryEntry | None:
        """Let the channel follow just these plans, all where there are none; None where it was so already.

        Raises DatabaseTrouble where one of the plans is gone.
        """
        with act(self._sessions, author, self._administrators) as doing:
            row = channel_row(doing.session, platform, channel)
            before = _followed(doing.session, row) if row else []
            after = [_plan_row(doing, plan) for plan in plans]
            if {plan.id for plan in before} == {plan.id for plan in after}:
                return None
            row = row or made_channel(doing, platform, channel)
            _write(doing, row, after)
            changed = Changed(field=FOLLOWS, before=_short_names(before), after=_short_names(after))
            return doing.entry(doing.note(row.name or row.channel, changed))


def _followed(session: OrganisationSession, channel: ChannelRow) -> list[PlanRow]:
    """A plan whose taking in was undone is followed again when it comes back."""
    both = select(PlanRow).join(FollowedPlanRow, FollowedPlanRow.plan_id == PlanRow.id)
    is_there = (FollowedPlanRow.channel_id == channel.id) & PlanRow.removed_at.is_(None)
    return list(session.scalars(both.where(is_there).order_by(PlanRow.id)))


def _plan_row(doing: Act, plan: Plan) -> PlanRow:
    row = doing.session.scalar(select(PlanRow).where(PlanRow.id == plan.id, PlanRow.removed_at.is_(None)))
    if row is None:
        raise DatabaseTrouble("database_changed", plan=plan.title)
    return row


def _write(doing: Act, channel: ChannelRow, plans: Sequence[PlanRow]) -> None:
    doing.session.execute(delete(FollowedPlanRow).where(FollowedPlanRow.channel_id == channel.id))
    ids = dict.fromkeys(plan.id for plan in plans)
    doing.session.add_all(FollowedPlanRow(channel_id=channel.id, plan_id=number) for number in ids)


def _short_names(plans: Sequence[PlanRow]) -> str | None:
    return ", ".join(dict.fromkeys(plan.short for plan in sorted(plans, key=lambda plan: plan.id))) or None
