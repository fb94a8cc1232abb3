"""The `planvakt` command: what it may be called with, and the outermost edge of every command."""

from __future__ import annotations

import argparse
import importlib
import logging
import os
import sys
import uuid
from collections.abc import Callable, Sequence
from datetime import date
from io import TextIOWrapper
from typing import TypeAlias

from bot.errors import PlanvaktError
from bot.model import Language
from handlers.garbage import end_without_looking, start_without_looking
from handlers.logs import log_to_stderr

log = logging.getLogger("planvakt")

KINDS = ("event", "measure", "milestone", "goal", "module", "responsibility", "focus_area")
STATUSES = ("open", "started", "done", "dropped", "next_year")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Returns 0 when it did what was asked, 1 when it could not; wrong usage exits with 2."""
    start_without_looking()
    end_without_looking()
    chosen = _parser().parse_args(arguments)
    log_to_stderr()
    if isinstance(sys.stdout, TextIOWrapper):
        # JSON is UTF-8 whatever the terminal's is; half a character, which UTF-8 has not, is written as its escape.
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        return _command(chosen.command)(chosen)
    except PlanvaktError as error:
        print(sentence(error), file=sys.stderr)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except KeyboardInterrupt:
        return 130
    except Exception as error:  # the outermost edge: nothing passes it but with an id
        _tell_unexpected(error)
    return 1


def sentence(error: PlanvaktError) -> str:
    """Return what an error says to a planner, in bokmål."""
    from bot.render import render_error

    return " ".join(render_error(error, Language.NB, date.min).text.split())


def _tell_unexpected(error: Exception) -> None:
    number = uuid.uuid4().hex[:8]
    log.debug("unexpected error %s", number, exc_info=error)
    log.error("%s: %s", number, type(error).__name__)
    print(sentence(PlanvaktError("unexpected", number=number)), file=sys.stderr)


def _command(where: str) -> Callable[[argparse.Namespace], int]:
    """Return the function that "module:function" names, so that no command pays for another's imports."""
    module, _, function = where.partition(":")
    found: Callable[[argparse.Namespace], int] = getattr(
        importlib.import_module(f"handlers.command_line.{module}"), function
    )
    return found


def _parser() -> argparse.ArgumentParser:
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--organisation", metavar="NAME", help="the tenant; without it the default one")
    parser = argparse.ArgumentParser(
        prog="planvakt", description="The plans of schools and kindergartens, asked and followed up."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for add in (
        _add_plans,
        _add_history,
        _add_calendar,
        _add_units,
        _add_talking,
        _add_time,
        _add_digest,
        _add_reminders,
        _add_running,
        _add_database,
        _add_persons,
        _add_secrets,
    ):
        add(commands, shared)
    return parser


_Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def _add_plans(commands: _Commands, shared: argparse.ArgumentParser) -> None:
    taken = commands.add_parser("import", parents=[shared], help="take plans in from files")
    taken.set_defaults(command="plans:import_files")
    taken.add_argument("files", nargs="+", metavar="FILE")
    taken.add_argument("--period", metavar="YEARS", help="2023/2024 or 2022, where the file does not say")
    which = taken.add_mutually_exclusive_group()
    which.add_argument("--plan", metavar="NAME", help="the plan that the file is the next version of")
    which.add_argument("--new", action="store_true", help="a plan of its own, whatever its title")
    taken.add_argument("--dry-run", action="store_true", help="show what it would do, and change nothing")
    taken.add_argument("--json", action="store_true", help="one JSON object a file, one a line")
    taken.add_argument("--as", dest="person", metavar="PERSON", help="who does it; else the local administrator")
    listed = commands.add_parser("items", parents=[shared], help="list what the plans hold")
    listed.set_defaults(command="plans:list_items")
    listed.add_argument("--plan", metavar="NAME")
    listed.add_argument("--kind", choices=KINDS)
    listed.add_argument("--status", choices=STATUSES)
    listed.add_argument("--json", action="store_true", help="one JSON list")


def _add_history(commands: _Commands, shared: argparse.ArgumentParser) -> None:
    told = commands.add_parser("history", parents=[shared], help="who did what, when and from where, oldest first")
    told.set_defaults(command="history:export_history")
    told.add_argument("--plan", metavar="NAME", help="what was done with this plan and its items alone")
    how = told.add_mutually_exclusive_group()
    how.add_argument("--json", action="store_true", help="one JSON list")
    how.add_argument("--csv", action="store_true", help="comma separated, with a heading")


def _add_calendar(commands: _Commands, shared: argparse.ArgumentParser) -> None:
    calendar = commands.add_parser("calendar", help="the school calendar: breaks and planning days")
    acts = calendar.add_subparsers(required=True, metavar="WHAT")
    told = argparse.ArgumentParser(add_help=False)
    told.add_argument("--year", metavar="2023/2024", help="the school year of days without a year; else those to come")
    told.add_argument("--as", dest="person", metavar="PERSON", help="who does it; else the local administrator")
    written = acts.add_parser("set", parents=[shared, told], help="tell when a break is")
    written.set_defaults(command="calendar:set_break")
    written.add_argument("name", metavar="NAME", help="vinterferie, planleggingsdag …")
    written.add_argument("when", metavar="WHEN", help="uke 9, 26. februar–1. mars …")
    taken = acts.add_parser("import", parents=[shared, told], help="tell when many are, from a file with one a line")
    taken.set_defaults(command="calendar:import_breaks")
    taken.add_argument("file", metavar="FILE", help="lines such as Vinterferie;26.02.2024;01.03.2024")
    listed = acts.add_parser("list", parents=[shared], help="list what is known, and who says so")
    listed.set_defaults(command="calendar:list_breaks")
    listed.add_argument("--json", action="store_true", help="one JSON list")
    removed = acts.add_parser("remove", parents=[shared, told], help="remove what was told")
    removed.set_defaults(command="calendar:remove_break")
    removed.add_argument("name", metavar="NAME")
    removed.add_argument("when", nargs="?", metavar="WHEN", help="else all of the newest school year")


def _add_units(commands: _Commands, shared: argparse.ArgumentParser) -> None:
    units = commands.add_parser("units", help="the schools and kindergartens, which each do their own part")
    acts = units.add_subparsers(required=True, metavar="WHAT")
    taken = acts.add_parser("import", parents=[shared], help="add many, from a file with one a line")
    taken.set_defaults(command="units:import_units")
    taken.add_argument("file", metavar="FILE", help="lines such as Nes skole;skole;Storvik;rektor")
    taken.add_argument("--as", dest="person", metavar="PERSON", help="who does it; else the local administrator")
    listed = acts.add_parser("list", parents=[shared], help="list them, and who leads each")
    listed.set_defaults(command="units:list_units")
    listed.add_argument("--json", action="store_true", help="one JSON list")


def _add_talking(commands: _Commands, shared: argparse.ArgumentParser) -> None:
    said = commands.add_parser("say", parents=[shared], help="say something, as in a chat")
    said.set_defaults(command="talking:say")
    said.add_argument("text", nargs="?", metavar="TEXT", help="without it (or with --stdin): standard input")
    said.add_argument("--as", dest="person", metavar="PERSON", help="who says it; else the local administrator")
    said.add_argument("--at", metavar="WHEN", help="local time, as 2023-08-30T09:05; else now")
    said.add_argument("--conversation", metavar="ID", help="what follow-up questions hang on")
    said.add_argument("--json", action="store_true", help="the answer as a JSON object")
    said.add_argument("--stdin", action="store_true", help="JSON lines in, one answer a line out")


def _add_time(commands: _Commands, shared: argparse.ArgumentParser) -> None:
    when = commands.add_parser("when", parents=[shared], help="read a time expression")
    when.set_defaults(command="time:when")
    when.add_argument("text", nargs="?", metavar="TEXT", help="without it: JSON lines on standard input")
    when.add_argument("--at", metavar="DATE", help="the day it is seen from; else today")
    when.add_argument("--json", action="store_true", help="the answer as a JSON object")


def _add_digest_settings(ways: _Commands, shared: argparse.ArgumentParser) -> None:
    wanted = ways.add_parser("set", parents=[shared], help="set a channel's digest")
    wanted.set_defaults(command="digests:set_digest")
    wanted.add_argument("words", nargs="*", metavar="WORDS", help="as behind /ukebrev her: tirsdag kl. 9 på nynorsk")
    wanted.add_argument("--at", metavar="WHEN", help="the moment it is set; else now")
    stopped = ways.add_parser("off", parents=[shared], help="stop the digest in a channel")
    stopped.set_defaults(command="digests:stop_digest")
    for one in (wanted, stopped):
        one.add_argument("--channel", metavar="NAME", required=True, help="its name, or T0123:C0456 in Slack")
    listed = ways.add_parser("list", parents=[shared], help="list the digests that are set")
    listed.set_defaults(command="digests:list_digests")


def _add_digest(commands: _Commands, shared: argparse.ArgumentParser) -> None:
    ways = commands.add_parser("digest", help="the weekly digest").add_subparsers(required=True, metavar="WHAT")
    _add_digest_settings(ways, shared)
    preview = ways.add_parser("preview", parents=[shared], help="show the digest of a week as it is posted")
    preview.set_defaults(command="talking:preview_digest")
    preview.add_argument("--channel", metavar="NAME", help="with this channel's settings")
    preview.add_argument("--at", metavar="WHEN", help="a day of the week; else today")
    preview.add_argument("--json", action="store_true")


def _add_reminders(commands: _Commands, shared: argparse.ArgumentParser) -> None:
    reminders = commands.add_parser("reminders", help="reminders of deadlines")
    preview = reminders.add_subparsers(required=True, metavar="WHAT").add_parser(
        "preview", parents=[shared], help="show what would be sent at a moment, and to whom"
    )
    preview.set_defaults(command="reminding:preview")
    preview.add_argument("--as", dest="person", metavar="PERSON", help="only to this person")
    preview.add_argument("--at", metavar="WHEN", help="local time, as 2023-08-30T09:05; else now")
    preview.add_argument("--json", action="store_true", help="one JSON object a person, one a line")


def _add_running(commands: _Commands, shared: argparse.ArgumentParser) -> None:
    demo = commands.add_parser("demo", parents=[shared], help="the chat page with example plans, on this machine")
    demo.set_defaults(command="running:demo")
    demo.add_argument("--port", type=int, default=8765)
    demo.add_argument("--no-browser", action="store_true")
    serve = commands.add_parser("serve", parents=[shared], help="Slack and digests, as the settings say")
    serve.set_defaults(command="running:serve")
    manifest = commands.add_parser("manifest", parents=[shared], help="print the Slack app's manifest")
    manifest.set_defaults(command="running:manifest")
    how = manifest.add_mutually_exclusive_group()
    how.add_argument("--url", metavar="https://…", help="the address that Slack reaches us at")
    how.add_argument("--socket-mode", action="store_true", help="without an address of our own")
    manifest.add_argument(
        "--static-token", action="store_true", help="with --url: one workspace, and its token in the settings"
    )
    doctor = commands.add_parser("doctor", parents=[shared], help="check the installation, and say what to do")
    doctor.set_defaults(command="running:doctor")


def _add_database(commands: _Commands, shared: argparse.ArgumentParser) -> None:
    database = commands.add_parser("db", help="the plan database")
    acts = database.add_subparsers(required=True, metavar="WHAT")
    upgrade = acts.add_parser("upgrade", parents=[shared], help="bring the tables up to date")
    upgrade.set_defaults(command="running:upgrade_database")
    kept = acts.add_parser("backup", help="write all of it to a file, also while Planvakt runs")
    kept.set_defaults(command="backups:back_up")
    kept.add_argument("file", metavar="FILE", help="a new file; it holds what people have written: keep it safe")
    restored = acts.add_parser("restore", help="replace all that is there with what a backup holds")
    restored.set_defaults(command="backups:restore")
    restored.add_argument("file", metavar="FILE")
    restored.add_argument("--yes", action="store_true", help="also where there are plans already")
    purged = acts.add_parser("purge", help="erase what has been kept long enough, as `planvakt serve` does every night")
    purged.set_defaults(command="running:purge_database")


def _add_persons(commands: _Commands, shared: argparse.ArgumentParser) -> None:
    acts = commands.add_parser("person", help="what is kept of people").add_subparsers(required=True, metavar="WHAT")
    listed = acts.add_parser("list", parents=[shared], help="list everybody, with the number of each")
    listed.set_defaults(command="persons:list_persons")
    exported = acts.add_parser("export", parents=[shared], help="print all that is kept of one")
    exported.set_defaults(command="persons:export_person")
    erased = acts.add_parser("erase", parents=[shared], help="erase one; the history stays, without the name")
    erased.set_defaults(command="persons:erase_person")
    erased.add_argument("--yes", action="store_true", help="do it; else tell what would be erased")
    for one in (exported, erased):
        one.add_argument("name", metavar="NAME", help="the name, or the number from `planvakt person list`")
    for one in (listed, exported):
        one.add_argument("--json", action="store_true")


def _add_secrets(commands: _Commands, shared: argparse.ArgumentParser) -> None:
    acts = commands.add_parser("secrets", help="the keys to the workspaces' tokens").add_subparsers(
        required=True, metavar="WHAT"
    )
    made = acts.add_parser("new", help="print a new key for PLANVAKT_SECRET_KEYS")
    made.set_defaults(command="secrets:new_key")
    renewed = acts.add_parser("renew", help="encrypt all tokens with the first key")
    renewed.set_defaults(command="secrets:renew")


if __name__ == "__main__":
    sys.exit(main())
