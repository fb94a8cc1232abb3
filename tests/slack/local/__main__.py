"""Run a local Slack by hand: prints the settings to start Planvakt with, and plays people over /_control/."""

from __future__ import annotations

import argparse
import asyncio
from datetime import UTC, datetime

from tests.slack.local import workspace as names
from tests.slack.local.clock import Clock
from tests.slack.local.control import ControlledSlack
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
  curl -s {root}/_control/clock -d '{{"seconds": 3600}}'"""


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8770)
    parser.add_argument("--app", metavar="URL", help="where the app's /slack/events is; without it Socket Mode")
    parser.add_argument("--at", metavar="WHEN", help="what time it is, as 2026-03-02T08:00+01:00; without it now")
    parser.add_argument("--fault", action="append", default=[], type=parse, metavar=FAULT, help="may be given again")
    chosen = parser.parse_args()
    slack = ControlledSlack(Clock(datetime.fromisoformat(chosen.at) if chosen.at else datetime.now(UTC)))
    slack.api.faults += chosen.fault
    await slack.start(chosen.port)
    if chosen.app:
        slack.deliver_to(chosen.app)
    way = f"PLANVAKT_SLACK_{'SIGNING_SECRET=' + names.SECRET if chosen.app else 'APP_TOKEN=' + names.APP_TOKEN}"
    print(
        SETTINGS.format(api=slack.api_url, files=slack.files.root, bot=names.BOT_TOKEN, way=way, root=slack.root),
        flush=True,
    )
    await asyncio.Event().wait()


asyncio.run(main())
