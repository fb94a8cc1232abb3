"""Prints how long each bomb takes and how much memory its child does: `python -m tests.readers.measure [NAME]`."""

from __future__ import annotations

import resource
import subprocess
import sys
from time import monotonic

from bot.errors import BadFile
from handlers.reading_child import read_in_child
from tests.readers.bombs import BOMBS, HEAVY

ALL = {**BOMBS, **HEAVY}
_KILOBYTES = 1024 if sys.platform != "darwin" else 1024**2


def measured(name: str) -> str:
    """Return a line about one bomb; the memory is the largest of any child so far, so ask once in a process."""
    content = ALL[name]()
    begun = monotonic()
    try:
        said = f"{len(read_in_child(content, 'plan').entries)} items"
    except BadFile as refused:
        said = refused.template
    seconds = monotonic() - begun
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / _KILOBYTES
    return f"{name:60}{len(content) / 1e6:8.2f} MB{seconds:7.2f} s{memory:7.0f} MB  {said}"


if __name__ == "__main__":
    for one in sys.argv[1:] or ALL:
        if sys.argv[1:]:
            print(measured(one))
        else:
            subprocess.run([sys.executable, "-m", "tests.readers.measure", one], check=True)
