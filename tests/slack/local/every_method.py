"""All methods of the Web API that there are here: each module adds its own to METHODS."""

from __future__ import annotations

from tests.slack.local import (  # noqa: F401
    groups,
    history,
    links,
    membership,
    scheduled,
    sessions,
    streams,
    talk,
    views,
)
