"""Reading a stranger's file into a proposed plan: the one way in, for every platform and command."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.documents.reader import read
from bot.errors import BadFile
from bot.model import ProposedPlan
from bot.proposals.plan import propose


def read_plan(
    content: bytes, name: str, period: tuple[date, date] | None = None, title: str | None = None
) -> ProposedPlan:
    """Return the plan in a file of at most LARGEST bytes; `period` and `title` go before what the file says.

    Raises BadFile, which says why the file cannot be read, or that it holds no plan, and what to do.
    """
    document = read(content, name)
    proposed = replace(propose(document, period, title), unread=tuple(place.words for place in document.unread))
    if not proposed.entries:
        raise BadFile("bad_file_scanned" if document.unread else "bad_file_no_plan", name=name)
    return proposed
