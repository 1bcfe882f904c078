"""A server told to begin anew turns nobody away, and one that cannot goes on as it was."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import pytest

from nhipcau.cli import serving, tending
from nhipcau.cli.tending import READY, WEB, WORKER, Tended
from nhipcau.core.errors import Conflict
from tests import tables

SLEEPS = "import time; time.sleep(60)"
OPENS = f"import os; os.write(int(os.environ['{READY}']), b'1'); {SLEEPS}"


@contextmanager
def served(data: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A real server, the address of a page that needs its database."""
    tables.lay(data)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "nhipcau.cli.main", "serve", "--no-worker", "--port", str(port)]
    env = tables.environment(NHIPCAU_DATA_DIR=str(data), NHIPCAU_ALLOWED_HOSTS="127.0.0.1")
    with subprocess.Popen(command, env=env, cwd=data, stderr=subprocess.PIPE, text=True) as server:
        try:
            yield server, f"http://127.0.0.1:{port}/dang-nhap/"
        finally:
            server.terminate()


def told(server: subprocess.Popen[str], words: str) -> None:
    """Wait until it says so."""
    assert server.stderr is not None
    assert any(words in line for line in server.stderr), words


def test_who_calls_while_the_server_begins_anew_is_answered(tmp_path: Path) -> None:
    answers: list[int] = []
    enough = threading.Event()

    def call(address: str) -> None:
        while not enough.is_set():
            try:
                with urllib.request.urlopen(address, timeout=120) as answer:
                    answers.append(answer.status)
            except OSError as error:
                answers.append(getattr(error, "code", 0))

    with served(tmp_path / "data") as (server, address):
        told(server, "Đang phục vụ")
        callers = [threading.Thread(target=call, args=[address]) for _one in range(3)]
        for caller in callers:
            caller.start()
        for _time in range(2):
            server.send_signal(signal.SIGUSR1)
            told(server, "đã chuyển sang tiến trình mới")
            seen = len(answers)
            while len(answers) < seen + 10:
                time.sleep(0.1)
        enough.set()
        for caller in callers:
            caller.join()
    assert set(answers) == {200}
    assert len(answers) >= 20


def tended(*programs: str) -> Tended:
    """Each start runs the next program."""
    ahead = iter(programs)
    return Tended(WEB, lambda: [sys.executable, "-c", next(ahead)])


def test_the_first_leaves_when_the_second_is_ready() -> None:
    web = tended(SLEEPS, OPENS)
    web.look()
    first = web.running
    assert web.renew()
    assert first is not None
    assert web.running is not first
    assert first.wait(timeout=30) == -signal.SIGTERM
    assert web.look() is None
    assert web.leaving == []
    assert web.end() == -signal.SIGTERM


@pytest.mark.parametrize("second", ["raise SystemExit(3)", SLEEPS], ids=["ends", "says nothing"])
def test_a_second_that_cannot_begin_leaves_the_first_in_place(second: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tending, "PATIENCE", 2)
    web = tended(SLEEPS, second)
    web.look()
    first = web.running
    assert not web.renew()
    assert web.running is first
    assert web.look() is None
    assert web.end() == -signal.SIGTERM


@pytest.mark.parametrize(("second", "changed"), [(OPENS, True), ("raise SystemExit(3)", False)])
def test_the_worker_changes_only_with_the_pages(second: str, changed: bool) -> None:
    both = [tended(SLEEPS, second), Tended(WORKER, lambda: [sys.executable, "-c", SLEEPS])]
    for one in both:
        one.look()
    first = both[1].running
    serving.renew(both)
    assert first is not None
    with nullcontext() if changed else pytest.raises(subprocess.TimeoutExpired):
        first.wait(timeout=30 if changed else 1)
    both[1].look()
    assert (both[1].running is not first) == changed
    for one in both:
        one.end()


def test_the_version_in_use_is_the_one_that_the_link_leads_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for version in ("nhipcau-1", "nhipcau-2"):
        (tmp_path / version / "bin").mkdir(parents=True)
        (tmp_path / version / "bin/python").touch()
    monkeypatch.setattr(sys, "prefix", str(tmp_path / "nhipcau-1"))
    assert serving.python_in_use() == sys.executable
    (tmp_path / "current").symlink_to("nhipcau-2")
    assert serving.python_in_use() == str(tmp_path / "nhipcau-2/bin/python")


def test_a_port_that_somebody_uses_is_named_with_what_to_do() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(Conflict, match="--port"):
        serving.listening("127.0.0.1", taken.getsockname()[1])
