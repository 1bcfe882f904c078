"""A PostgreSQL server of our own, to be stopped, killed, frozen and started again: never the machine's."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg

from tests.load.watching import below

PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
PATIENCE = 60.0
NAME = "lien_doan"


class Cluster:
    """`inside`: a command that what follows runs within, such as in a namespace; `host`: where it listens."""

    def __init__(self, folder: Path, port: int, host: str = "127.0.0.1", inside: Sequence[str] = ()) -> None:
        self.folder, self.port, self.host, self._inside = folder, port, host, list(inside)
        self._running: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"postgres://nhipcau@{self.host}:{self.port}/{NAME}"

    def make(self) -> None:
        """The files, and one empty database."""
        run = [*_as_postgres(), str(PROGRAMS[-1] / "initdb"), "-D", str(self.folder / "base"), "-U", "nhipcau"]
        subprocess.run([*run, "--auth=trust", "--no-sync", "-E", "UTF8"], check=True, capture_output=True, cwd="/")
        with (self.folder / "base" / "pg_hba.conf").open("a") as rights:
            rights.write("host all all 0.0.0.0/0 trust\n")
        self.start()
        with psycopg.connect(self.url.replace(f"/{NAME}", "/postgres"), autocommit=True) as admin:
            admin.execute(f"CREATE DATABASE {NAME}")

    def start(self) -> None:
        """Until it answers; tried again as its service would be."""
        end = time.monotonic() + PATIENCE
        while True:
            if self._running is None or self._running.poll() is not None:
                self._begin()
            try:
                psycopg.connect(self.url.replace(f"/{NAME}", "/postgres"), connect_timeout=2).close()
                return
            except psycopg.OperationalError as error:
                if time.monotonic() > end:
                    log = (self.folder / "log").read_text("utf-8", "replace")[-2000:]
                    raise RuntimeError(f"PostgreSQL does not start: {error}\n{log}") from error
                time.sleep(0.2)

    def end(self, how: signal.Signals = signal.SIGINT) -> None:
        """SIGINT: those who are connected are sent away. SIGQUIT, SIGKILL: as by a crash."""
        if self._running is None:
            return
        family = below(self._running.pid)
        self._running.send_signal(how)
        self._running.wait(PATIENCE)
        _await_gone(family)

    def freeze(self) -> None:
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._signal(signal.SIGCONT)

    def _signal(self, number: signal.Signals) -> None:
        assert self._running is not None
        for pid in below(self._running.pid):
            with suppress(ProcessLookupError):
                os.kill(pid, number)

    def _begin(self) -> None:
        command = [*self._inside, *_as_postgres(), str(PROGRAMS[-1] / "postgres"), "-D", str(self.folder / "base")]
        command += [
            "-p",
            str(self.port),
            "-c",
            "unix_socket_directories=",
            "-c",
            f"listen_addresses={self.host}",
            "-c",
            "shared_buffers=64MB",
        ]
        command += ["-c", "min_wal_size=32MB", "-c", "max_wal_size=64MB"]
        with (self.folder / "log").open("ab") as log:
            self._running = subprocess.Popen(command, stdout=log, stderr=log, cwd="/")


@contextmanager
def folder_of_postgres(under: Path) -> Iterator[Path]:
    """One that its user may write to."""
    made = under / "postgres"
    made.mkdir(mode=0o700)
    if os.geteuid() == 0:
        at = pwd.getpwnam("postgres")
        os.chown(made, at.pw_uid, at.pw_gid)
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _as_postgres() -> list[str]:
    """PostgreSQL refuses to run as root. What ends the harness by force ends it too."""
    who = ["--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else []
    return ["setpriv", *who, "--pdeathsig", "INT"]


def _await_gone(family: Sequence[int]) -> None:
    """A killed server's processes keep the memory that the next one needs until each noticed."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and any(_lives(pid) for pid in family):
        time.sleep(0.05)


def _lives(pid: int) -> bool:
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False
