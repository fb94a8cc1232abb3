"""Reading a stranger's file in a process of its own: with limits, an empty environment and no network.

Whatever a file does to the libraries that read it, it does to a process that knows no token, can write no file and
is ended after some seconds. What comes back is JSON, and checked.
"""

from __future__ import annotations

import json
import logging
import math
import subprocess
import sys
from dataclasses import asdict, dataclass
from datetime import date
from threading import BoundedSemaphore, Thread, Timer
from typing import BinaryIO, NoReturn

from bot.errors import BadFile
from bot.model import ProposedPlan
from bot.proposals.codec import NoPlan, plan_from_bytes, plan_to_bytes
from handlers.garbage import end_without_looking

log = logging.getLogger("planvakt.reading")

# The largest plan that is read makes a tenth of this.
_LARGEST_ANSWER = 64 * 1024**2
_FILES = 64
# Each may take a gigabyte of memory, so others wait.
_AT_ONCE = BoundedSemaphore(2)

_START = """
import json, sys
path, limits = json.loads(sys.argv[1])
sys.path[:] = path
from handlers.reading_child import Limits, answer
answer(Limits(**limits))
"""
_FORBIDDEN = ("socket.", "subprocess.", "os.system", "os.exec", "os.spawn", "os.posix_spawn", "os.fork", "pty.")

# What the first line that the child writes may be; what follows it is a plan in JSON, else why there is none.
_PLAN, _BAD_FILE = b"plan", b"bad file"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a child may use: seconds, by the clock and at work, and bytes of memory.

    With what is around it, the answer comes within 20 seconds.
    """

    seconds: float = 18.0
    memory: int = 1024**3


def read_in_child(
    content: bytes,
    name: str,
    period: tuple[date, date] | None = None,
    title: str | None = None,
    limits: Limits | None = None,
) -> ProposedPlan:
    """Return the plan in a file, read by a child; `period` and `title` go before what the file says.

    Raises BadFile, which says why the file cannot be read, or that it is too heavy, and what to do.
    """
    asked = {"name": name, "period": [day.isoformat() for day in period] if period else None, "title": title}
    with _AT_ONCE:
        said, code = _run(json.dumps(asked).encode("ascii") + b"\n" + content, limits or Limits())
    kind, _, rest = said.partition(b"\n")
    try:
        if kind == _PLAN:
            return plan_from_bytes(rest)
        if kind == _BAD_FILE:
            raise BadFile(_template(rest), name=name)
    except NoPlan:
        log.info("a child that read a document answered with what is no plan")
        raise BadFile("bad_file_unreadable", name=name) from None
    log.info("a child that read a document ended with code %s", code)
    raise BadFile("bad_file_too_heavy", name=name)


def _template(said: bytes) -> str:
    """Return the name of the sentence that the child gives as its reason; it is the name of a file, so checked."""
    template, _, cause = said.decode("ascii", "replace").partition("\n")
    if cause:
        log.info("a document could not be read: %s", cause[:200])
    return template if template.startswith("bad_file") and template.replace("_", "").isalpha() else "bad_file"


def _run(question: bytes, limits: Limits) -> tuple[bytes, int]:
    """Return what the child says, and the code it ends with; it is ended when its time is over, or it says too much."""
    # The child has the parent's path, so that it runs the same code, wherever that was installed.
    given = json.dumps([sys.path, asdict(limits)])
    command = [sys.executable, "-I", "-B", "-X", "utf8", "-c", _START, given]
    child = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env={},
        start_new_session=True,
    )
    assert child.stdin
    assert child.stdout
    clock = Timer(limits.seconds, child.kill)
    writer = Thread(target=_write, args=(child.stdin, question), daemon=True)
    with child:
        clock.start()
        writer.start()
        said = child.stdout.read(_LARGEST_ANSWER + 1)
        if len(said) > _LARGEST_ANSWER:
            said = b""
            child.kill()
        code = child.wait()
        clock.cancel()
        writer.join()
    return said, code


def _write(stream: BinaryIO, question: bytes) -> None:
    try:
        with stream:
            stream.write(question)
    except (BrokenPipeError, ValueError):
        # The child has ended before it had read everything; what it said tells why.
        return


def answer(limits: Limits) -> NoReturn:
    """Be the child: read a question on standard input, write the answer on standard output, and end."""
    give_up_rights(limits)
    end_without_looking()
    sys.stdout.buffer.write(_answer(sys.stdin.buffer))
    sys.stdout.buffer.flush()
    sys.exit(0)


def _answer(question: BinaryIO) -> bytes:
    """Return a plan, or why there is none; the outermost edge of the child, so nothing passes it."""
    # The parent needs none of the libraries that read files.
    from handlers.reading import read_plan

    try:
        asked = json.loads(question.readline())
        period = tuple(date.fromisoformat(day) for day in asked["period"]) if asked["period"] else None
        span = (period[0], period[1]) if period else None
        plan = read_plan(question.read(), asked["name"], span, asked["title"])
        return _PLAN + b"\n" + plan_to_bytes(plan)
    except BadFile as error:
        return _no_plan(error.template)
    except (MemoryError, RecursionError):
        return _no_plan("bad_file_too_heavy")
    except Exception as error:
        return _no_plan("bad_file", f"{type(error).__name__} in {_place(error)}")


def _no_plan(template: str, cause: str = "") -> bytes:
    return b"\n".join((_BAD_FILE, template.encode("ascii"), cause.encode("ascii", "replace")))


def _place(error: BaseException) -> str:
    """Return the file and line that raised an error; its message may quote the plan, so it is left out."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else ""


def give_up_rights(limits: Limits) -> None:
    """Give up what reading does not need, for good: memory, time, files, other processes and the network."""
    import resource

    seconds = math.ceil(limits.seconds)
    for limit, most in (
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, _FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(limit)
        least = most if hard == resource.RLIM_INFINITY else min(most, hard)
        try:
            resource.setrlimit(limit, (least, least))
        except (OSError, ValueError):
            # macOS knows no limit on a process's memory; the others hold there, too.
            if sys.platform != "darwin":
                raise
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: object) -> None:
    """Raise PermissionError where anything asks for the network or another process."""
    if event.startswith(_FORBIDDEN):
        raise PermissionError(event)
