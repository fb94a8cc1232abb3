"""`planvakt serve` as its own processes, and how to look at them from outside."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.ports import free_port
from tests.slack.local import workspace as names
from tests.slack.local.server import LocalSlack

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Replica:
    """One process; `log` is what it has written to standard error."""

    process: subprocess.Popen[bytes]
    port: int
    metrics: int
    log: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def get(self, path: str, **headers: str) -> tuple[int, str, dict[str, str]]:
        """The status, the body and the headers of one request."""
        request = urllib.request.Request(self.url + path, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status, answer.read().decode(), dict(answer.headers)
        except urllib.error.HTTPError as refused:
            return refused.code, refused.read().decode(), dict(refused.headers)

    def measured(self) -> dict[str, float]:
        """Every sample, by its name with its labels."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.metrics}/metrics", timeout=30) as answer:
            told = answer.read().decode()
        return {name: float(value) for name, value in re.findall(r"^(planvakt\S*(?:\{.*\})?) (\S+)$", told, re.M)}

    def lines(self) -> list[dict[str, Any]]:
        """The log, line by line."""
        return [json.loads(line) for line in self.log.read_text("utf-8").splitlines()]

    def stop(self) -> int:
        """End it as systemd and Docker do; its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=90)


def start(folder: Path, slack: LocalSlack, database: str, **others: str) -> Replica:
    """Start one; it is not ready yet."""
    port, metrics = free_port(), free_port()
    log = folder / f"{port}.log"
    kept = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    chosen = {
        "PLANVAKT_DATABASE_URL": database,
        "PLANVAKT_ADMINS": "T0PLAN:U0KARI",
        "PLANVAKT_SLACK_BOT_TOKEN": names.BOT_TOKEN,
        "PLANVAKT_SLACK_SIGNING_SECRET": names.SECRET,
        "PLANVAKT_SLACK_API_URL": slack.api_url,
        "PLANVAKT_SLACK_FILES_URL": slack.files.root,
        "PLANVAKT_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "PLANVAKT_PORT": str(port),
        "PLANVAKT_METRICS_ADDRESS": f"127.0.0.1:{metrics}",
        **others,
    }
    command = [sys.executable, "-m", "handlers.cli", "serve"]
    with log.open("wb") as written:
        process = subprocess.Popen(command, env={**kept, **chosen}, cwd=ROOT, stdout=written, stderr=written)
    return Replica(process, port, metrics, log)


async def ready(replica: Replica, seconds: float = 180) -> None:
    """Wait until it says so itself."""
    ends = time.monotonic() + seconds
    while time.monotonic() < ends and replica.process.poll() is None:
        try:
            if (await asyncio.to_thread(replica.get, "/readyz"))[0] == 200:
                return
        except OSError:
            await asyncio.sleep(0.05)
    raise AssertionError(replica.log.read_text("utf-8"))
