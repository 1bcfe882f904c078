"""Officers at work over HTTP: whatever happens, each sends the same again until it is acknowledged."""

from __future__ import annotations

import random
import re
import string
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import urlencode, urlsplit

from tests.faults.ledger import NOBODY, Ledger

CSRF = "k" * 32
LONGEST = 45.0  # seconds anybody waits for an answer
INSISTS = 120.0  # seconds after the end in which somebody is still told to come again
PAUSE = (0.4, 2.0)
_LINE = "duong-ke-cua-bieu-mau"
Form = Mapping[str, str]
File = tuple[str, str, bytes]  # field, name, contents


class GaveUp(Exception):
    """Nothing was acknowledged for longer than anybody waits."""


@dataclass(frozen=True)
class Answer:
    status: int
    to: str = ""
    text: str = ""
    took: float = 0


class Browser:
    """One session; a connection for each request."""

    def __init__(self, port: int, scene: Mapping[str, Any], session: str) -> None:
        cookies = f"{scene['session']}={session}; {scene['csrf']}={CSRF}"
        self._headers = {"Cookie": cookies, "X-CSRFToken": CSRF, "Connection": "close"}
        self._port = port

    def get(self, path: str) -> Answer:
        return self._ask("GET", path, None, {})

    def post(self, path: str, form: Form, file: File | None) -> Answer:
        if file is None:
            body, kind = urlencode(form).encode(), "application/x-www-form-urlencoded"
        else:
            body, kind = _parts(form, file), f"multipart/form-data; boundary={_LINE}"
        return self._ask("POST", path, body, {"Content-Type": kind})

    def _ask(self, method: str, path: str, body: bytes | None, more: Mapping[str, str]) -> Answer:
        line, began = HTTPConnection("127.0.0.1", self._port, timeout=LONGEST), time.monotonic()
        try:
            line.request(method, path, body, {**self._headers, **more})
            got = line.getresponse()
            text = got.read().decode("utf-8", "replace")
            return Answer(got.status, urlsplit(got.getheader("Location", "")).path, text, time.monotonic() - began)
        except (OSError, HTTPException):
            return Answer(NOBODY, took=time.monotonic() - began)
        finally:
            line.close()


def _parts(form: Form, file: File) -> bytes:
    fields = [
        f'--{_LINE}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in form.items()
    ]
    field, name, data = file
    head = f'--{_LINE}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n\r\n'
    return ("".join(fields) + head).encode() + data + f"\r\n--{_LINE}--\r\n".encode()


class Officer(threading.Thread):
    """Does what his level does, one thing after the other, until it is over. `failed`: why he stopped before."""

    def __init__(self, given: Mapping[str, Any], browser: Browser, ledger: Ledger, held_on: str, seed: str) -> None:
        super().__init__(daemon=True, name=given["code"])
        self.given, self.browser, self.ledger, self.held_on = given, browser, ledger, held_on
        self.chance = random.Random(f"{seed}{given['code']}")
        self.over = threading.Event()
        self.failed = ""
        self._until = float("inf")
        self._forms = list(given["forms"])
        self._count = 0

    def run(self) -> None:
        deeds: dict[str, list[Callable[[], None]]] = {
            "L": [self.report, self.activity, self.photograph],
            "X": [self.accept, self.accept, self.activity],
            "T": [self.announce],
        }
        try:
            while not self.over.wait(self.chance.uniform(*PAUSE)):
                self.chance.choice(deeds[self.given["level"]])()
        except GaveUp as error:
            self.failed = f"{self.name}: {error}"

    def finish(self) -> None:
        """What is begun is still insisted on, for a while."""
        self._until = time.monotonic() + INSISTS
        self.over.set()

    def report(self) -> None:
        """Send the next report up."""
        if not self._forms:
            return self.activity()
        uid = self._forms.pop(0)
        gifts = gifts_of(uid)
        typed = {"gifts": str(gifts), "money": str(gifts * 300_000), "gifts_upper": "0", "letters": "1"}
        typed |= {"hours": "1,5", "edits": "0", "viec": "trinh-gui"}
        self._insist("report", uid, f"/bao-cao/{uid}/", typed, leads=f"/bao-cao/{uid}/")
        return None

    def activity(self) -> None:
        """Record one, with a paper."""
        self._recorded()

    def photograph(self) -> None:
        """Record one, send a photograph of it, look at it and keep it."""
        path = self._recorded() + "anh/"
        name = self._named()
        picture = ("photos", "anh.jpg", drawn(self.chance))
        self._insist("photo", f"{name} {path}", path, {"viec": "them"}, picture, leads=path)
        waiting = re.findall(rf"{path}([0-9a-f-]{{36}})\.jpg", self._look(path))
        if not waiting:
            self.ledger.note("photo", name, 200, f"{path}: none waits", done=False)
            return
        self._insist("kept", f"{name} {path}", path, {"viec": "luu", "da-xem": waiting[0], "chac": "1"})

    def accept(self) -> None:
        """Take in one of the reports that wait."""
        waiting = re.findall(r"/bao-cao/([0-9a-f-]{36})/tiep-nhan/", self._look("/bao-cao/cho-tiep-nhan/"))
        if waiting:
            uid = self.chance.choice(waiting)
            form = {"viec": "nhan", "ve": "hang-cho"}
            self._insist("accepted", uid, f"/bao-cao/{uid}/tiep-nhan/", form, leads="/bao-cao/cho-tiep-nhan/")

    def announce(self) -> None:
        """Tell everybody below, and have them written to."""
        name = self._named()
        form = {"title": f"Thông báo {name}", "text": "Mời các đơn vị đăng ký tham quan.", "client_key": name}
        path = self._insist("announced", name, "/thong-bao/dang/", form)
        self._insist("reminded", path.split("/")[-2], f"{path}nhac/", {}, leads=path)

    def _recorded(self) -> str:
        name = self._named()
        form = {"held_on": self.held_on, "so-gifts": "2", "so-money": "600000", "chon-giver": "local", "place": ""}
        form |= {"title": f"Trao quà {name}", "paper_location": "", "partner_bodies": "", "client_key": name}
        paper = ("papers", "bien-ban.txt", f"Đã trao hai suất quà, lần {name}.".encode())
        return self._insist("activity", name, "/hoat-dong/ghi/?loai=tang_qua", form, paper)

    def _named(self) -> str:
        """A name for one deed, the same by the same seed: no row of digits, which could be somebody's number."""
        self._count += 1
        return f"{self.name}-{self._count}-{''.join(self.chance.choices(string.ascii_lowercase, k=16))}"

    def _insist(
        self, kind: str, key: str, path: str, form: Form, file: File | None = None, *, leads: str = ""
    ) -> str:
        """Until it is acknowledged by leading on (to `leads`, if that is known beforehand); where to."""
        for _ in self._tries(f"{kind} {key}"):
            got = self.browser.post(path, form, file)
            done = got.status == 302 and (got.to == leads if leads else not got.to.startswith("/dang-nhap/"))
            told = got.to if got.status == 302 else spoken(got.text)
            self.ledger.note(kind, key, got.status, told, done=done, took=got.took)
            if done:
                return got.to
        raise AssertionError("unreachable")

    def _look(self, path: str) -> str:
        for _ in self._tries(path):
            got = self.browser.get(path)
            if got.status == 200:
                return got.text
            self.ledger.note("look", path, got.status, got.to or spoken(got.text), done=False, took=got.took)
        raise AssertionError("unreachable")

    def _tries(self, what: str) -> Iterator[int]:
        """One try after the other, as long as it makes sense."""
        number = 0
        while time.monotonic() < self._until:
            yield number
            number += 1
            time.sleep(self.chance.uniform(0.5, 2.0))
        raise GaveUp(f"{what} was not acknowledged after {number} tries")


def gifts_of(uid: str) -> int:
    """The figure that goes up with a report, told from its name."""
    return 1 + int(uid.replace("-", "")[-4:], 16) % 90


def drawn(chance: random.Random) -> bytes:
    """A small picture like no other."""
    import cv2
    import numpy as np

    made = np.frombuffer(chance.randbytes(6 * 8 * 3), np.uint8).reshape(6, 8, 3)
    large = cv2.resize(made, (320, 240), interpolation=cv2.INTER_CUBIC)
    return bytes(cv2.imencode(".jpg", large)[1].tobytes())


def spoken(page: str) -> str:
    """The words of an answer that was not expected, to be understood afterwards."""
    inside = page.partition("<main")[2] or page
    words = re.sub(r"<[^>]+>|\s+", " ", inside)
    return " ".join(words.split())[:300]
