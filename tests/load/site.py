"""One instance on a database of its own, with its processes as an administrator runs them."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120.0


class Site:
    """`url`: its PostgreSQL database; without one it is a SQLite file. `more`: further variables."""

    def __init__(self, folder: Path, url: str = "", **more: str) -> None:
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port = int(probe.getsockname()[1])
        plain = {key: value for key, value in os.environ.items() if not key.startswith(("NHIPCAU_", "DJANGO_"))}
        gate = {key: value for key, value in os.environ.items() if key.startswith("NHIPCAU_WEB_")}
        own = {"NHIPCAU_DATA_DIR": str(folder / "data"), "NHIPCAU_DATABASE_URL": url}
        self.env = plain | gate | own | {"PYTHONPATH": str(ROOT)} | more
        self.folder = folder
        self.log: IO[bytes] = (folder / "log").open("ab")

    def run(self, *command: str, ok: tuple[int, ...] = (0,)) -> str:
        """To its end; what it printed."""
        ran = subprocess.run(
            command, env=self.env, cwd=ROOT, stdout=subprocess.PIPE, stderr=self.log, check=False, text=True
        )
        if ran.returncode not in ok:
            raise RuntimeError(f"{command} → {ran.returncode}\n{ran.stdout[-3000:]}\n{self.said()}")
        return ran.stdout

    def start(self, *args: str) -> subprocess.Popen[bytes]:
        """A command of the product that goes on until it is told to stop."""
        command = [sys.executable, "-m", "nhipcau.cli.main", *args]
        return subprocess.Popen(command, env=self.env, cwd=ROOT, stdout=self.log, stderr=self.log)

    def await_up(self) -> None:
        """Until the sign-in page answers."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{self.port}/dang-nhap/", timeout=30):
                return
            time.sleep(0.2)
        raise RuntimeError(f"the site does not come up:\n{self.said()}")

    def said(self) -> str:
        """The last of what its processes wrote."""
        return (self.folder / "log").read_text("utf-8", "replace")[-3000:]


@contextmanager
def database(server: str) -> Iterator[str]:
    """An empty one of our own, gone afterwards."""
    name = f"nhipcau_load_{os.getpid()}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as admin:
        admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    try:
        yield name
    finally:
        with psycopg.connect(f"{server}/postgres", autocommit=True) as admin:
            admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def end(process: subprocess.Popen[bytes]) -> None:
    """Asked to stop, and gone after a while in any case."""
    process.terminate()
    try:
        process.wait(60)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
