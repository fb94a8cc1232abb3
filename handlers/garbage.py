"""When Python looks for garbage: hardly while we start, never in what was loaded then, and not on the way out."""

from __future__ import annotations

import atexit
import gc

# More new objects than a start makes. All of them stay, so there is no garbage among them: with Python's own few
# hundred, a fifth of the start went to looking.
_OBJECTS_OF_A_START = 250_000
# An answer makes some thousands, and the plans of many stay for as long as they are asked about: with Python's own
# few hundred, a quarter of the time of a Monday's digests went to looking through those.
_OBJECTS_OF_A_MOMENT = 20_000
_MOMENTS = 20


def start_without_looking() -> None:
    """Look for garbage no more than now and then, as fits who answers once and ends."""
    gc.set_threshold(_OBJECTS_OF_A_START)


def look_at_what_is_new() -> None:
    """Let all there is now stay unseen, and look now and then at the rest: for who has started, and goes on."""
    gc.freeze()
    gc.set_threshold(_OBJECTS_OF_A_MOMENT, _MOMENTS, _MOMENTS)


def end_without_looking() -> None:
    """Leave to the system what there is when the process ends: Python would look through all of it, several times."""
    atexit.register(gc.freeze)
