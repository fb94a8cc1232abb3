"""How a test run gets a PostgreSQL, and databases of its own in it.

PLANVAKT_TEST_POSTGRES is the address of a database whose user may make others; "own" asks for a server of our own.
Without it, 127.0.0.1:5432 is tried (user root, database test), then a server is started from Debian's binaries.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, LiteralString
from uuid import uuid4

import psycopg
from psycopg import sql

from tests.ports import free_port

USUAL = "postgresql://root@127.0.0.1:5432/test"
# What a server of our own may lose in a power failure is a test run.
IN_A_HURRY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200")


class NoPostgreSQL(Exception):
    """There is none, and none can be started; says why."""


@dataclass(frozen=True, slots=True)
class Server:
    """A server where this run makes and drops databases, all with names of its own."""

    address: str
    run: str

    def url(self, name: str) -> str:
        """The address of one of its databases, as Planvakt's setting has it."""
        scheme, _, rest = self.address.partition("://")
        server = rest.partition("?")[0].rpartition("/")[0]
        return f"{scheme}+psycopg://{server}/{name}"

    @contextmanager
    def database(self) -> Iterator[str]:
        """The name of a new database, dropped at the end."""
        name = f"planvakt_{self.run}_{uuid4().hex[:8]}"
        self._execute("CREATE DATABASE {}", name)
        try:
            self._execute("ALTER DATABASE {} SET synchronous_commit = off", name)
            yield name
        finally:
            self._execute("DROP DATABASE {} WITH (FORCE)", name)

    def _execute(self, statement: LiteralString, name: str) -> None:
        with psycopg.connect(self.address, autocommit=True, connect_timeout=5) as connection:
            connection.execute(sql.SQL(statement).format(sql.Identifier(name)))


def empty(url: str, tables: Sequence[str], step: str) -> None:
    """Take all rows out of the tables, in that order, count ids from 1 again, and let the schema be at `step`."""
    guarded = "SELECT DISTINCT relname FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid WHERE NOT tgisinternal"
    with psycopg.connect(url.replace("+psycopg", ""), connect_timeout=5) as connection:
        connection.execute("DROP SCHEMA IF EXISTS dbos CASCADE")  # the engine's, of a server that was run
        guards = [row[0] for row in connection.execute(guarded)]
        each = {
            "ALTER TABLE {table} DISABLE TRIGGER USER": guards,
            "DELETE FROM {table}": tables,
            "SELECT setval(pg_get_serial_sequence({name}, 'id'), 1, false)": tables,
            "ALTER TABLE {table} ENABLE TRIGGER USER": guards,
        }
        statements = [
            sql.SQL(statement).format(table=sql.Identifier(table), name=sql.Literal(table))
            for statement, named in each.items()
            for table in named
        ]
        connection.execute(sql.SQL(";").join(statements))
        connection.execute("UPDATE alembic_version SET version_num = %s", [step])


@contextmanager
def server() -> Iterator[Server]:
    """The server of this run. Raises NoPostgreSQL, and says why."""
    run = f"{os.getpid()}_{uuid4().hex[:6]}"
    asked_for = os.environ.get("PLANVAKT_TEST_POSTGRES")
    if asked_for and asked_for != "own":
        address = asked_for.replace("postgresql+psycopg://", "postgresql://")
        if not _answers(address):
            raise NoPostgreSQL("PLANVAKT_TEST_POSTGRES names a PostgreSQL that does not answer")
        yield Server(address, run)
    elif not asked_for and _answers(USUAL):
        yield Server(USUAL, run)
    else:
        with own_server() as address:
            yield Server(address, run)


@contextmanager
def own_server() -> Iterator[str]:
    """The address of a server started for this run, which is stopped and gone afterwards. Raises NoPostgreSQL."""
    binaries = _binaries()
    user = _unprivileged()
    home = Path(tempfile.mkdtemp(prefix="planvakt-postgres-"))
    try:
        os.chown(home, user.pw_uid, user.pw_gid)
        _initialise(binaries, user, home)
        port = free_port()
        running = _start(binaries, user, home, port)
        try:
            yield _ready(running, f"postgresql://planvakt@127.0.0.1:{port}/postgres", home)
        finally:
            running.terminate()
            running.wait(timeout=30)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _answers(address: str) -> bool:
    try:
        psycopg.connect(address, connect_timeout=3).close()
    except psycopg.OperationalError:
        return False
    return True


def _binaries() -> Path:
    """The newest server that Debian has put here."""
    found = [path for path in Path("/usr/lib/postgresql").glob("*/bin") if (path / "initdb").exists()]
    if not found:
        raise NoPostgreSQL("no PostgreSQL answers on 127.0.0.1:5432, and none is installed to start")
    return max(found, key=lambda path: float(path.parent.name))


def _unprivileged() -> pwd.struct_passwd:
    """Who the server runs as: PostgreSQL refuses to run as root."""
    if os.getuid() != 0:
        return pwd.getpwuid(os.getuid())
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise NoPostgreSQL("PostgreSQL does not run as root, and there is no user postgres or nobody")


def _initialise(binaries: Path, user: pwd.struct_passwd, home: Path) -> None:
    options = ["--username=planvakt", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
    done = subprocess.run(
        [binaries / "initdb", f"--pgdata={home / 'cluster'}", *options],
        capture_output=True,
        text=True,
        check=False,
        cwd=home,
        **_as(user),
    )
    if done.returncode:
        raise NoPostgreSQL(f"initdb failed: {done.stderr.strip()}")


def _start(binaries: Path, user: pwd.struct_passwd, home: Path, port: int) -> subprocess.Popen[bytes]:
    settings = ("listen_addresses=127.0.0.1", f"port={port}", f"unix_socket_directories={home}", *IN_A_HURRY)
    with (home / "log").open("wb") as log:
        return subprocess.Popen(
            [binaries / "postgres", "-D", home / "cluster", *(part for each in settings for part in ("-c", each))],
            stdout=log,
            stderr=subprocess.STDOUT,
            cwd=home,
            **_as(user),
        )


def _ready(running: subprocess.Popen[bytes], address: str, home: Path) -> str:
    """The address, as soon as the server answers there."""
    for _ in range(300):
        if running.poll() is not None:
            break
        if _answers(address):
            return address
        time.sleep(0.1)
    raise NoPostgreSQL(f"a PostgreSQL of our own did not start: {(home / 'log').read_text()[-500:]}")


def _as(user: pwd.struct_passwd) -> dict[str, Any]:
    """Run as that user, where we are another."""
    if os.getuid() == user.pw_uid:
        return {}
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
