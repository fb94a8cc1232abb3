"""`planvakt when`: time expressions read by themselves, as the import and the questions read them."""

from __future__ import annotations

import argparse
import json

from bot.errors import BadLine
from bot.time.query import answer
from handlers.clock import day
from handlers.command_line.lines import lines, object_of
from handlers.settings import settings_from_environment


def when(chosen: argparse.Namespace) -> int:
    """Read one expression, or one JSON object a line."""
    if chosen.text is None:
        for number, line in lines():
            print(json.dumps(_answer(line, number), ensure_ascii=False), flush=True)
        return 0
    reference = day(chosen.at, settings_from_environment().zone)
    found = answer({"text": chosen.text, "reference": reference.isoformat()})
    if chosen.json:
        print(json.dumps(found, ensure_ascii=False))
    else:
        print(f"{found['start'] or '…'} – {found['end'] or '…'} ({found['precision']})")
    return 0


def _answer(line: str, number: int) -> dict[str, object]:
    """Return what one line is read as. Raises BadLine where something around the text is no date, year or month."""
    query = object_of(line, number)
    try:
        return answer(query)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        raise BadLine("bad_query", number=number) from None
