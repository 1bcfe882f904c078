"""Two machines serve one federation over one PostgreSQL and one S3 store: to an officer they are the same."""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPCookieProcessor, Request, build_opener, urlopen

import pytest
from django.db import connection

from nhipcau.core.store import opened
from tests.cast import PASSWORD
from tests.documents.letters import plan
from tests.ops.backup.machines import ROOT, Environment, commands, machine, scene
from tests.weed import address

pytestmark = [
    pytest.mark.database,  # of its own: the suite's is not asked
    pytest.mark.skipif(connection.vendor != "postgresql", reason="one SQLite file serves one machine"),
]
PATIENCE = 240  # seconds; a machine busy with other tests is slow to begin
JOBS = 40


class Officer:
    """A browser of one person, whichever machine it is led to."""

    def __init__(self) -> None:
        self.cookies = CookieJar()
        self._opener = build_opener(HTTPCookieProcessor(self.cookies))

    def get(self, url: str) -> bytes:
        with self._opener.open(url, timeout=PATIENCE) as answer:
            return bytes(answer.read())

    def page(self, url: str) -> str:
        return self.get(url).decode()

    def post(self, url: str, **fields: str) -> str:
        return self.send(url, fields | self.token(url))

    def send(self, url: str, form: dict[str, str]) -> str:
        """A form that was drawn before."""
        return self._send(url, urlencode(form).encode(), "application/x-www-form-urlencoded")

    def upload(self, url: str, name: str, data: bytes, **fields: str) -> str:
        line, parts = uuid.uuid4().hex, list[bytes]()
        for key, value in (fields | self.token(url)).items():
            parts.append(f'--{line}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode())
        head = f'--{line}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode()
        body = b"".join(parts) + head + data + f"\r\n--{line}--\r\n".encode()
        return self._send(url, body, f"multipart/form-data; boundary={line}")

    def token(self, url: str) -> dict[str, str]:
        """What tells this drawing of the page from another."""
        [value] = set(re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', self.page(url))) or {""}
        return {"csrfmiddlewaretoken": value}

    def _send(self, url: str, body: bytes, kind: str) -> str:
        """Where it led to and what stood there; a form that came back with a refusal too."""
        try:
            with self._opener.open(Request(url, body, {"Content-Type": kind}), timeout=PATIENCE) as answer:
                return f"{answer.url}\n{answer.read().decode()}"
        except HTTPError as refused:
            return f"{url}\n{refused.read().decode()}"


@contextmanager
def host(where: Environment) -> Iterator[str]:
    """`nhipcau serve` with its worker; told to end, it ends by itself."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "nhipcau.cli.main", "serve", "--port", str(port)]
    process = subprocess.Popen(command, env=where, cwd=ROOT, stderr=subprocess.DEVNULL)
    try:
        yield f"http://127.0.0.1:{port}"
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0
    finally:
        process.kill()
        process.wait()


def answering(url: str) -> str:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            with urlopen(f"{url}/dang-nhap/", timeout=PATIENCE) as answer:
                return bytes(answer.read()).decode()
        except URLError:
            assert time.monotonic() < until, "the server does not answer"
            time.sleep(0.2)


def test_an_officer_does_not_notice_which_machine_answers(weed: str, tmp_path: Path) -> None:
    url = address(weed, uuid.uuid4().hex)
    with machine(tmp_path / "database") as plain:
        shared = plain | {"NHIPCAU_SECRET_KEY": "the same on both", "NHIPCAU_STORAGE_URL": url}
        first, second = (shared | {"NHIPCAU_DATA_DIR": str(tmp_path / name)} for name in ("one", "two"))
        scene(first, "office", str(JOBS))
        with host(first) as one, host(second) as two:
            static = {re.findall(r"/static/\w+/", answering(each))[0] for each in (one, two)}
            assert len(static) == 1
            officer = Officer()
            assert (
                "/dang-nhap/" not in officer.post(f"{one}/dang-nhap/", login="vanthu", password=PASSWORD).split()[0]
            )
            _sends_here_and_reads_there(officer, one, two)
            _does_once_what_was_sent_to_both(officer, one, two)
            _is_stopped_by_what_both_counted(one, two)
            _until(lambda: scene(second, "jobs") == {"done": JOBS, "tried": [1]})
        [checked] = commands(second, ("verify", "--json"))
        assert (checked.code, json.loads(checked.out)) == (0, [])
        store = opened(url, Path())
        assert [len([*store.keys(prefix)]) > 0 for prefix in ("files/", "anchors/")] == [True, True]
        folders = [tmp_path / name for name in ("one", "two")]
        assert {path.name for folder in folders for path in folder.iterdir()} <= {"backups"}


def _sends_here_and_reads_there(officer: Officer, here: str, there: str) -> None:
    """Signed in here, sent here, shown and handed out there."""
    letter = plan()
    led = officer.upload(f"{here}/van-ban/nhan/", "ke-hoach.txt", letter, received_on="2026-03-12")
    found = re.search(r"/van-ban/([0-9a-f-]{36})/", led.splitlines()[0])
    assert found is not None, led[:2000]
    assert officer.get(f"{there}{found.group(0)}ban-goc/") == letter


def _does_once_what_was_sent_to_both(officer: Officer, here: str, there: str) -> None:
    """A form that a lost answer made somebody press again, and that was led to both at the same moment."""
    page, shelf = "/van-ban/phat-hanh/", "/van-ban/?so=di"
    form = {"doc_type": "công văn", "subject": "Mời họp giao ban quý II", "dated": "12/03/2026", "ticket": ""}
    form |= {"recipients": "Như trên"} | officer.token(f"{here}{page}")
    before = _next_number(officer.page(f"{here}{shelf}"))
    with ThreadPoolExecutor(2) as both:
        led = list(both.map(lambda server: officer.send(f"{server}{page}", form), (here, there)))
    assert len({urlsplit(one.splitlines()[0]).path for one in led}) == 1, [one[:200] for one in led]
    assert _next_number(officer.page(f"{there}{shelf}")) == before + 1


def _next_number(page: str) -> int:
    [number] = re.findall(r"Số tiếp theo: <b>(\d+)</b>", page)
    return int(number)


def _is_stopped_by_what_both_counted(here: str, there: str) -> None:
    """Five wrong tries of one login, three here and two there, are five."""
    for server in (here, there, here, there, here):
        said = Officer().post(f"{server}/dang-nhap/", login="khong-co", password="sai hoàn toàn")
        assert "quá nhiều lần" not in said
    assert "quá nhiều lần" in Officer().post(f"{there}/dang-nhap/", login="khong-co", password="sai hoàn toàn")


def _until(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < until, "the workers did not come to an end"
        time.sleep(0.5)
