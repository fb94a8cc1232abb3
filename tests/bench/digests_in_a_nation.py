"""`make bench-nation`: what comes due in a whole nation on Monday at 08:00, sent by three replicas.

A local Slack that limits as Slack does, the replicas and whoever asks meanwhile are processes of their own.
"""

from __future__ import annotations

import json
import tempfile
import time
import urllib.request
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.delivery import OPEN, Sending
from storage.database import Database
from storage.installations import Installed
from storage.secrets import new_key
from tests.bench.limited_slack import BOT_USER, most_a_second
from tests.bench.nation import MONDAY, NOW, Size, team_of
from tests.bench.processes import Process, process
from tests.postgres import free_port

REPLICAS = 3
JUST_BEFORE = timedelta(seconds=1)
# When all are up, so long nothing is due yet: what a start leads to is over by then.
SECONDS_BEFORE = 10.0
PATIENCE = 400.0
# What stands is kept true: how much that takes is seen in the time after.
SECONDS_AFTER = 30.0
A_SECOND, MS_A_DIGEST, MS_P99 = 100.0, 10.0, 150.0


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What came of it: `slack` is what the local Slack has counted, `states` what the ledger says.

    `seconds` are from 08:00 until all has ended. `starting`, `used` and `after` are processor time of the replicas, in
    seconds: until 08:00, from then until all has ended, and in the half minute after that. `asked` is how long each
    question took meanwhile.
    """

    due: int
    slack: dict[str, Any]
    states: dict[str, int]
    seconds: float
    starting: float
    used: float
    after: float
    asked: list[float]


def deliver(nation: str, size: Size) -> Outcome:
    """Send all digests of a generated nation, which they are due in. It is of no use for this afterwards."""
    key, port = new_key(), free_port()
    database = Database(nation)
    _install(database, size, key)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        slack = stack.enter_context(process("tests.bench.limited_slack", str(port), log=folder / "slack"))
        slack.wait_for(f"http://127.0.0.1:{port}/counts")
        asking = ("tests.bench.asking_meanwhile", nation, str(size.municipalities))
        asker = stack.enter_context(process(*asking, log=folder / "asker"))
        assert asker.says() == "ready", (folder / "asker").read_text("utf-8")
        running = [_replica(stack, folder, _settings(nation, port, key)) for _ in range(REPLICAS)]
        for one, address in running:
            one.wait_for(address)
        time.sleep(SECONDS_BEFORE)
        replicas = [one for one, _ in running]
        starting, begun = _used(replicas), time.monotonic()
        for one in replicas:
            one.is_told("go")
        asker.is_told("ask")
        states = _ended(database, size)
        seconds, used = time.monotonic() - begun, _used(replicas)
        asker.is_told("enough")
        asked = json.loads(asker.says())
        time.sleep(SECONDS_AFTER)
        after = _used(replicas)
        counts = _counts(port)
    database.close()
    return Outcome(
        due=size.plans,
        slack=counts,
        states=states,
        seconds=seconds,
        starting=starting,
        used=used - starting,
        after=after - used,
        asked=asked,
    )


def _install(nation: Database, size: Size, key: str) -> None:
    """Let each municipality have us in its workspace."""
    installations = nation.installations([key])
    for team in map(team_of, range(1, size.municipalities + 1)):
        who = {"team": team, "team_name": team, "bot_id": "B0BOT", "bot_user": BOT_USER}
        installations.save(Installed(**who, token=f"xoxb-{team}", installed_at=NOW))


def _replica(stack: ExitStack, folder: Path, settings: dict[str, str]) -> tuple[Process, str]:
    """One for whom it is just before 08:00, and the address that it is ready at."""
    port = free_port()
    chosen, before = {**settings, "PLANVAKT_PORT": str(port)}, (MONDAY - JUST_BEFORE).isoformat()
    made = process("tests.bench.replica_on_monday", before, log=folder / f"replica-{port}", environment=chosen)
    return stack.enter_context(made), f"http://127.0.0.1:{port}/readyz"


def _settings(nation: str, slack: int, key: str) -> dict[str, str]:
    """The environment of a replica that many workspaces have installed."""
    chosen = {
        "database_url": nation,
        "public_url": "http://127.0.0.1",
        "metrics_address": "off",
        "log_level": "WARNING",
        "secret_keys": key,
        "slack_client_id": "1.2",
        "slack_client_secret": "secret",
        "slack_signing_secret": "secret",
        "slack_api_url": f"http://127.0.0.1:{slack}/api/",
    }
    return {f"PLANVAKT_{name.upper()}": value for name, value in chosen.items()}


def _ended(nation: Database, size: Size) -> dict[str, int]:
    """How many deliveries are in which state, as soon as all have ended."""
    ends = time.monotonic() + PATIENCE
    while True:
        counts = nation.ledger.counts()
        states = {str(state): number for (sending, state), number in counts.items() if sending is Sending.DIGEST}
        is_over = sum(number for state, number in states.items() if state not in OPEN) == size.plans
        if is_over or time.monotonic() > ends:
            return states
        time.sleep(0.25)


def _used(running: list[Process]) -> float:
    return sum(one.processor() for one in running)


def _counts(port: int) -> dict[str, Any]:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/counts", timeout=30) as answer:
        counts: dict[str, Any] = json.load(answer)
        return counts


def show(outcome: Outcome, size: Size) -> None:
    """Print each figure with its bar."""
    slack, posted = outcome.slack, outcome.slack["channels"]
    again = slack["posted"] - posted
    rate, most = posted / outcome.seconds, most_a_second(size.municipalities, size.plans)
    each = outcome.used / posted * 1000
    ordered = sorted(outcome.asked)
    middle, worst = (ordered[int(len(ordered) * part)] * 1000 for part in (0.5, 0.99))
    print(f"{outcome.due} digests due at once over {size.municipalities} workspaces, {REPLICAS} replicas:")
    _line("posted", f"{posted}", posted == outcome.due)
    _line("again", f"{again}, by their own ids {slack['again']}", again == slack["again"] == 0)
    _line("lost", f"{outcome.due - posted}", posted == outcome.due)
    _line("in the ledger", ", ".join(f"{number} {state}" for state, number in outcome.states.items()), None)
    _line("seconds from 08:00 until all had ended", f"{outcome.seconds:.1f}", None)
    _line("seconds from the first message to the last", f"{slack['seconds']:.1f}", None)
    _line("a second, from 08:00", f"{rate:.1f} (bar {A_SECOND:.0f})", rate >= A_SECOND)
    _line("to what the limits allow", f"{rate / most:.3f} of {most:.0f} a second", None)
    _line("refused by the limits", f"{slack['limited']}", None)
    _line("own processor time a digest", f"{each:.2f} ms (bar {MS_A_DIGEST:.0f})", each <= MS_A_DIGEST)
    starting = outcome.starting / REPLICAS
    _line("own processor time of each start, until 08:00", f"{starting:.1f} s", None)
    with_starts = (outcome.used + outcome.starting) / posted * 1000
    _line("own processor time a digest with the starts", f"{with_starts:.2f} ms", None)
    _line(f"own processor time in the {SECONDS_AFTER:.0f} s after", f"{outcome.after:.1f} s", None)
    _line(f"{len(ordered)} questions meanwhile, p50", f"{middle:.1f} ms", None)
    _line("p99", f"{worst:.1f} ms (bar {MS_P99:.0f})", worst < MS_P99)


def _line(name: str, told: str, is_met: bool | None) -> None:
    bar = "" if is_met is None else "  met" if is_met else "  NOT MET"
    print(f"  {name:46} {told}{bar}", flush=True)
