"""`planvakt import` and `planvakt items`: plans in, and what they hold."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from pathlib import Path

from bot.answers.documents import told
from bot.answers.facts import Facts
from bot.documents.document import LARGEST
from bot.errors import BadFile, PlanvaktError
from bot.importing import Target, plan_named, revision_of, take_in
from bot.model import Book, Entry, Item, Language
from bot.ports import Store
from bot.proposals.revision import Revision, same_title
from bot.render import render
from handlers.bootstrap import Installation, installation
from handlers.cli import sentence
from handlers.clock import years
from handlers.command_line.authors import author_of
from handlers.contract import Json, entry_json, item_json, plan_json
from handlers.reading_child import read_in_child


def import_files(chosen: argparse.Namespace) -> int:
    """Take in each file by itself: one that cannot be read is told of, and the others still come in."""
    period = years(chosen.period) if chosen.period else None
    failed = 0
    with installation() as running:
        store = running.database.of(chosen.organisation)
        for name in chosen.files:
            try:
                print(_import_one(running, store, chosen, Path(name), period))
            except PlanvaktError as error:
                failed += 1
                print(sentence(error), file=sys.stderr)
    return 1 if failed else 0


def _import_one(
    running: Installation,
    store: Store,
    chosen: argparse.Namespace,
    path: Path,
    period: tuple[date, date] | None,
) -> str:
    """Return what to print of one file."""
    proposed = read_in_child(_content(path), path.name, period)
    target = Target(name=chosen.plan, is_new=chosen.new)
    entries: tuple[Entry, ...] = proposed.entries
    if chosen.dry_run:
        plan, revision = None, revision_of(store, proposed, target)
        book = store.plans.book()
    else:
        plan, revision = take_in(store, proposed, target, author_of(running, store, chosen.person))
        book = store.plans.book()
        entries = tuple(item for item in book.items if item.plan_id == plan.id)
    if not chosen.json:
        others = () if revision.plan else tuple(one for one in same_title(book, proposed) if one != plan)
        values = {**told(plan or proposed, revision), "others": others, "file": path.name, "unread": proposed.unread}
        facts = Facts(template="import_tried" if chosen.dry_run else "import_done", values=values)
        return render(facts, "import", Language.NB, running.now().date()).text
    answer: dict[str, Json] = {
        "file": str(path),
        "plan": plan_json(plan or proposed),
        "items": [_entry_json(entry, book, revision) for entry in entries],
        "changes": _counts(revision),
        "unread": list(proposed.unread),
    }
    return json.dumps(answer, ensure_ascii=False)


def _content(path: Path) -> bytes:
    """Return the bytes of a file that is not too large to be a plan. Raises BadFile."""
    try:
        if path.exists() and not path.is_file():  # a pipe or a device may never end, or never begin
            raise BadFile("bad_file_not_there", name=str(path))
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
        if len(content) > LARGEST:
            raise BadFile("bad_file_too_large", name=path.name)
        return content
    except OSError:
        raise BadFile("bad_file_not_there", name=str(path)) from None


def _entry_json(entry: Entry, book: Book, revision: Revision) -> dict[str, Json]:
    """An item as stored; in a dry run what the file says, with the id and key of the item it would update."""
    if isinstance(entry, Item):
        return item_json(entry, book)
    for item, new in (*revision.changed, *revision.kept):
        if new is entry:
            return {**entry_json(entry), "id": item.id, "key": item.key}
    return entry_json(entry)


def _counts(revision: Revision) -> dict[str, Json]:
    return {
        "added": len(revision.added),
        "changed": len(revision.changed),
        "removed": len(revision.removed),
        "kept": len(revision.kept),
    }


def list_items(chosen: argparse.Namespace) -> int:
    """Print the items of all plans, or of those asked for."""
    with installation() as running:
        book = running.database.of(chosen.organisation).plans.book()
        plan = plan_named(book, chosen.plan) if chosen.plan else None
        items = tuple(
            item
            for item in book.items
            if (plan is None or item.plan_id == plan.id)
            and chosen.kind in (None, item.kind)
            and chosen.status in (None, item.status)
        )
        if chosen.json:
            print(json.dumps([item_json(item, book) for item in items], ensure_ascii=False, indent=1))
        else:
            facts = Facts(template="item_list", values={"items": items, "book": book}, items=items)
            print(render(facts, "items", Language.NB, running.now().date()).text)
    return 0
