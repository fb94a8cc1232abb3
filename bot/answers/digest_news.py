"""What has become of the plans since a channel's last digest, read once for the digests that are made together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.digest import Subscription
from bot.digest_contents import News
from bot.history import Development
from bot.ports import Store

_WEEK = timedelta(days=7)


class Recent:
    """The news of some of an organisation's digests, as they are while these are made; not to be kept."""

    def __init__(self, store: Store, subscriptions: Sequence[Subscription]) -> None:
        self.store = store
        self._ids = [one.id for one in subscriptions if one.id is not None]
        self._came: dict[datetime, dict[int, datetime]] = {}
        self._found: dict[tuple[datetime, datetime], Sequence[Development]] = {}

    def news(self, subscription: Subscription, monday: date) -> News:
        """Return what is otherwise than when its last digest before this week came; without one, a week before."""
        begins = datetime.combine(monday, time.min, ZoneInfo(subscription.zone))
        came = self._came_before(begins).get(subscription.id or 0)
        # A digest that stands follows what happens for a week after it came.
        found = self._developments(came or begins - _WEEK, begins + 2 * _WEEK)
        return News(
            was={one.now.id: one.was for one in found if one.was and one.now},
            gone=tuple(one.was for one in found if one.was and not one.now),
        )

    def _came_before(self, begins: datetime) -> dict[int, datetime]:
        if begins not in self._came:
            self._came[begins] = dict(self.store.digests.came_before(self._ids, begins)) if self._ids else {}
        return self._came[begins]

    def _developments(self, first: datetime, until: datetime) -> Sequence[Development]:
        if (first, until) not in self._found:
            self._found[first, until] = self.store.history.developments(first, until)
        return self._found[first, until]
