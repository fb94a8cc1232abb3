"""When Python looks for garbage: hardly while we start, never in what was loaded then, and not on the way out."""

from __future__ import annotations

import atexit
import gc

# More new objects than a start makes. All of them stay, so there is no garbage among them: with Python's own few
# hundred, a fifth of the start went to looking.
_OBJECTS_OF_A_START = 250_000
_PYTHONS_OWN = gc.get_threshold()


def start_without_looking() -> None:
    """Look for garbage no more than now and then, as fits who answers once and ends."""
    gc.set_threshold(_OBJECTS_OF_A_START)


def look_at_what_is_new() -> None:
    """Let all there is now stay unseen, and look as often as Python does: for who has started, and goes on."""
    gc.freeze()
    gc.set_threshold(*_PYTHONS_OWN)


def end_without_looking() -> None:
    """Leave to the system what there is when the process ends: Python would look through all of it, several times."""
    atexit.register(gc.freeze)
