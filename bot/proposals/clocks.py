"""Clock times that stand among other words."""

from __future__ import annotations

from bot.proposals.lexicon import fold, word_set
from bot.time import reading
from bot.time.when import Times

_MOST_WORDS = 6


def clock_times(text: str) -> tuple[Times | None, str]:
    """Return the first clock times in a text, and the text without them; None and the text where there are none."""
    times = reading.clock_times(text)
    if times is None:
        return None, text
    said = text.split()
    start, end = _where(said, times)
    while start and fold(said[start - 1].strip("(")) in word_set("columns", "clock", "before"):
        start -= 1
    sign = said[end - 1][-1] if start and end < len(said) and said[end - 1][-1] in ",;" else ""
    return times, f"{' '.join(said[:start])}{sign} {' '.join(said[end:])}".strip()


def _where(said: list[str], times: Times) -> tuple[int, int]:
    """Return the fewest words that say the times."""
    for count in range(1, min(len(said), _MOST_WORDS) + 1):
        for start in range(len(said) - count + 1):
            if reading.clock_times(" ".join(said[start : start + count])) == times:
                return start, start + count
    return 0, len(said)
