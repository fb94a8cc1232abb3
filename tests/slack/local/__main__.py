"""Run a local Slack by hand: prints the settings to start Planvakt with, and plays people over /_control/."""

from __future__ import annotations

import argparse
import asyncio
from datetime import UTC, datetime
from urllib.parse import urlsplit

from tests.slack.local import workspace as names
from tests.slack.local.clock import Clock
from tests.slack.local.control import ControlledSlack
from tests.slack.local.manifest import MANIFEST
from tests.slack.local.troubles import parse

FAULT = "METHOD=WHAT[:MORE][*TIMES][@AFTER]"
SETTINGS = """Start Planvakt with
  PLANVAKT_SLACK_API_URL={api} PLANVAKT_SLACK_FILES_URL={files} PLANVAKT_SLACK_BOT_TOKEN={bot} {way} planvakt serve
and say something, or share a file, with
  curl -s {root}/_control/message -d '{{"user": "U0KARI", "channel": "D0KARI", "text": "Hva skjer neste uke?"}}'
  curl -s '{root}/_control/file?user=U0KARI&channel=D0KARI&name=plan.docx' --data-binary @plan.docx
What is said there comes out at {root}/_control/messages
Let three messages be refused, the next call break off, and an hour pass, with
  curl -s {root}/_control/fault -d 'chat.postMessage=429:7*3
*=reset'
  curl -s {root}/_control/clock -d '{{"seconds": 3600}}'
Archive a channel, and take the socket down, with
  curl -s {root}/_control/happen -d '{{"act": "archive", "user": "U0KARI", "channel": "C0PLAN"}}'
  curl -s {root}/_control/disconnect -d '{{"reason": "refresh_requested"}}'
See what a probe of an emulator says, in place of Planvakt, with
  emulator_probe.py --driver control {mode} --api {api} --token {bot} --app-token {app_token} --secret {secret}"""


def settings(slack: ControlledSlack, app: str | None) -> str:
    """What to type, by hand, in another window."""
    way = f"PLANVAKT_SLACK_{'SIGNING_SECRET=' + names.SECRET if app else 'APP_TOKEN=' + names.APP_TOKEN}"
    mode = f"--mode events --app-port {urlsplit(app).port}" if app else "--mode socket"
    where = {"api": slack.api_url, "files": slack.files.root, "root": slack.root}
    keys = {"bot": names.BOT_TOKEN, "app_token": names.APP_TOKEN, "secret": names.SECRET}
    return SETTINGS.format(way=way, mode=mode, **where, **keys)


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8770)
    parser.add_argument("--app", metavar="URL", help="where the app's /slack/events is; without it Socket Mode")
    parser.add_argument("--scopes", choices=("all", "manifest"), default="all", help="what the app may do")
    parser.add_argument("--at", metavar="WHEN", help="what time it is, as 2026-03-02T08:00+01:00; without it now")
    parser.add_argument("--fault", action="append", default=[], type=parse, metavar=FAULT, help="may be given again")
    chosen = parser.parse_args()
    slack = ControlledSlack(Clock(datetime.fromisoformat(chosen.at) if chosen.at else datetime.now(UTC)))
    slack.api.faults += chosen.fault
    if chosen.scopes == "manifest":
        slack.workspace.scopes = set(MANIFEST["oauth_config"]["scopes"]["bot"])
    await slack.start(chosen.port)
    if chosen.app:
        slack.deliver_to(chosen.app)
    print(settings(slack, chosen.app), flush=True)
    await asyncio.Event().wait()


asyncio.run(main())
