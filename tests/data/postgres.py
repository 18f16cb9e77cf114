"""A PostgreSQL for the tests alone: its own folder and port, gone when they end."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa

STARTS_WITHIN = 60.0
# Nothing here must outlive a power cut.
HASTE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class Unavailable(Exception):
    """There is no PostgreSQL on this machine, or none that this user may start."""


class Server:
    """A running server; each database is made empty and named by its URL."""

    def __init__(self, port: int) -> None:
        self._admin = sa.URL.create("postgresql+psycopg", "dateline", host="127.0.0.1", port=port, database="postgres")
        self._made = 0

    def new_database(self) -> str:
        """The URL of a new, empty database."""
        self._made += 1
        name = f"d{self._made}"
        self.run(f"CREATE DATABASE {name}")
        return self._admin.set(database=name).render_as_string(hide_password=False)

    def run(self, statement: str) -> None:
        """One statement outside of any transaction."""
        engine = sa.create_engine(self._admin, isolation_level="AUTOCOMMIT", poolclass=sa.pool.NullPool)
        with engine.connect() as connection:
            connection.exec_driver_sql(statement)


@contextmanager
def server(**settings: str) -> Iterator[Server]:
    """A server for as long as the context lasts, with more settings. Raises Unavailable where none can be had."""
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="dateline-postgres-"))
    try:
        user = _unprivileged(folder)
        make = [programs / "initdb", "-D", folder / "data", "-U", "dateline", "-A", "trust", "-E", "UTF8", "--no-sync"]
        subprocess.run([*make, "--locale=C"], check=True, capture_output=True, cwd=folder, **user)
        with _running(programs, folder, user, settings) as port:
            yield Server(port)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _running(programs: Path, folder: Path, user: dict[str, Any], more: dict[str, str]) -> Iterator[int]:
    port = _free_port()
    settings = {"port": port, "listen_addresses": "127.0.0.1", "unix_socket_directories": folder, **HASTE, **more}
    options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    with (folder / "log").open("wb") as log:
        call = [programs / "postgres", "-D", folder / "data", *options]
        process = subprocess.Popen(call, stdout=log, stderr=log, cwd=folder, **user)
    try:
        _wait(process, port, folder / "log")
        yield port
    finally:
        process.send_signal(signal.SIGINT)  # "Fast shutdown": ends sessions and itself.
        process.wait(STARTS_WITHIN)


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    ends = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < ends and process.poll() is None:
        try:
            Server(port).run("SELECT 1")
            return
        except sa.exc.OperationalError:
            time.sleep(0.1)
    raise RuntimeError(f"PostgreSQL did not start: {log.read_text(errors='replace')[-2000:]}")


def _programs() -> Path:
    """The folder of ``initdb`` and ``postgres``; scripts/postgres.sh names or installs it for ``make test``."""
    on_path = shutil.which("initdb")
    beside = Path(os.path.realpath(on_path)).parent if on_path else None
    debians = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    named = os.environ.get("DATELINE_POSTGRES")
    for folder in (named and Path(named), beside, *debians):
        if folder and (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise Unavailable("no PostgreSQL on this machine: make test installs Debian's, or name one by DATELINE_POSTGRES")


def _unprivileged(folder: Path) -> dict[str, Any]:
    """How to start a process as one who is not root, whom PostgreSQL refuses; the folder becomes theirs."""
    if os.getuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        os.chown(folder, user.pw_uid, user.pw_gid)
        return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    raise Unavailable("PostgreSQL refuses to run as root, and there is no other user to run it as")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
