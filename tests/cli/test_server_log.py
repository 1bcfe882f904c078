"""What the running server writes about visitors: nothing, even with an access log asked for."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.collector import Collector, collecting

ROOT = Path(__file__).resolve().parents[2]
LOGIN, NAME, PHONE = "dau.vet.dang.nhap", "Nguyen-Thi-Dau-Vet", "0912345678"
MAIL, TOKEN = "dau.vet@congdoan.example", "k3YdauVet9Qx7Zr2Lw8Pb5"
MARKERS = (LOGIN, NAME, PHONE, MAIL, TOKEN, "127.0.0.2")


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def _up(port: int, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 180
    while time.monotonic() < until and server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the server did not come up")


def _asks(port: int) -> None:
    """A wrong password, an unknown address, secrets in paths, queries and headers, and no HTTP at all."""
    base = f"http://127.0.0.1:{port}"
    form = urllib.parse.urlencode({"login": LOGIN, "password": TOKEN}).encode()
    headers = {
        "User-Agent": LOGIN,
        "Referer": f"{base}/{NAME}",
        "X-Forwarded-For": "127.0.0.2",
        "Cookie": f"x={TOKEN}",
    }
    for path, data in (
        ("/dang-nhap/", form),
        (f"/lich/{TOKEN}.ics", None),
        (f"/khong-co/{NAME}/?dt={PHONE}", None),
        (f"/dang-nhap/?next=/{MAIL}", None),
        (f"/api/v1/units?q={NAME}", None),
        ("/dang-nhap/%00", None),
    ):
        try:
            urllib.request.urlopen(urllib.request.Request(base + path, data, headers), timeout=60).read()
        except urllib.error.HTTPError as answer:
            answer.read()
    for line in (
        f"GET /{TOKEN} {NAME}\r\n\r\n",
        f"GET / HTTP/1.1\r\nHost: {NAME}.example\r\nConnection: close\r\n\r\n",
    ):
        with socket.create_connection(("127.0.0.1", port), timeout=60) as raw:
            raw.sendall(line.encode())
            while raw.recv(4096):
                pass


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Collector]]:
    """What a server that was asked all this wrote, and what it sent to a collector of traces."""
    folder = tmp_path_factory.mktemp("served")
    env = {name: value for name, value in os.environ.items() if not name.startswith(("NHIPCAU_", "DJANGO_"))}
    env |= {"NHIPCAU_DATA_DIR": str(folder / "data"), "NHIPCAU_LOG_LEVEL": "DEBUG", "PYTHONPATH": str(ROOT)}
    env["GUNICORN_CMD_ARGS"] = "--access-logfile - --log-level debug --workers 1"
    port = _free_port()
    command = [sys.executable, "-m", "nhipcau.cli.main", "serve", "--no-worker", "--port", str(port)]
    with (
        collecting() as collector,
        (folder / "log").open("wb") as log,
        subprocess.Popen(
            command, env=env | {"NHIPCAU_TRACES_URL": collector.url}, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT
        ) as server,
    ):
        try:
            _up(port, server)
            _asks(port)
        finally:
            server.terminate()
            server.wait(60)
        yield (folder / "log").read_text("utf-8", "replace"), collector


def test_the_running_server_writes_of_nobody(written: tuple[str, Collector]) -> None:
    log, _ = written
    assert "POST /dang-nhap/" in log, "the access log is on"
    assert [one for one in MARKERS if one in log] == []


def test_its_traces_name_what_answered_and_nobody(written: tuple[str, Collector]) -> None:
    _, collector = written
    spans = collector.spans()
    assert spans["POST sign_in"]["http.response.status_code"] == 403, "without the form's own token"
    assert spans["GET calendar"]["nhipcau.db.statements"] == 1
    sent = b"".join(collector.bodies)
    assert [one for one in MARKERS if one.encode() in sent] == []
