"""One process that delivers, as `planvakt serve` does, with times so short that a test can wait for them."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable
from threading import Timer

from dbos import DBOS

from bot.core import Bot
from handlers.bootstrap import Installation
from handlers.delivering import running as _running  # noqa: F401  whoever is forked has it already
from handlers.delivering.durable import QUEUE, WORKFLOW
from handlers.delivering.timing import Timing
from handlers.server import run
from handlers.settings import Settings
from handlers.slack import serving as _serving  # noqa: F401
from storage.database import Database
from tests.ports import free_port
from tests.slack.local import workspace as names

SHORT = Timing(
    look=0.5, beat=0.3, dead=6.0, settled=6.0, again=0.5, sweep=3.0, channel=0.0, workspace=0.0, finish=5.0, queue=0.2
)
LOG = "PLANVAKT_CHAOS_LOG"


def deliver(database_url: str, slack_url: str, needless: bool = False, timing: Timing = SHORT) -> None:
    """Serve until killed. With `needless` all that is under way is taken on again and again, though its owner lives."""
    log = os.open(os.environ.get(LOG, os.devnull), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    os.dup2(log, sys.stdout.fileno())
    os.dup2(log, sys.stderr.fileno())
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, force=True)
    settings = Settings(
        database_url=database_url,
        port=free_port(),
        metrics_address="off",
        slack_api_url=slack_url,
        slack_bot_token=names.BOT_TOKEN,
        slack_signing_secret=names.SECRET,
    )
    database = Database(settings.database_url)
    if needless:
        _again(_resume_all)
    run(Installation(settings=settings, database=database, bot=Bot(database)), timing)


def _resume_all() -> None:
    try:
        under_way = DBOS.list_workflows(status="PENDING", name=WORKFLOW, load_input=False, load_output=False)
        DBOS.resume_workflows([one.workflow_id for one in under_way], queue_name=QUEUE)
        logging.getLogger("planvakt.chaos").warning("resumed %s", len(under_way))
    except Exception as error:  # before it has started, or after it has ended
        logging.getLogger("planvakt.chaos").warning("not resumed: %s", type(error).__name__)
    _again(_resume_all)


def _again(what: Callable[[], None]) -> None:
    timer = Timer(0.4, what)
    timer.daemon = True
    timer.start()
