"""A log says what happened in the program, and nothing of whom."""

from __future__ import annotations

import datetime as dt
import io
import logging
import time
from types import SimpleNamespace

import pytest
from gunicorn.config import Config

from nhipcau.config.weblog import WebLog
from nhipcau.core.masking import HIDDEN, Masking, masked, told

LOGIN, NAME, PHONE = "nguyen.thi.dau.vet", "Nguyễn Thị Dấu Vết", "0912 345 678"
MAIL, ADDRESS, TOKEN = "dau.vet@congdoan.example", "203.0.113.77", "nc1_k3YdauVet9Qx7Zr2Lw8Pb5"
MARKERS = (LOGIN, NAME, PHONE, MAIL, ADDRESS, TOKEN)


def logged(act: object) -> str:
    """What a logger with the server's formatter wrote while `act` used it."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(Masking("%(levelname)s %(name)s %(message)s"))
    logger = logging.Logger("nhipcau.thu")
    logger.addHandler(handler)
    assert callable(act)
    act(logger)
    return out.getvalue()


@pytest.mark.parametrize(
    "text",
    [
        MAIL, ADDRESS, "2001:db8::77", PHONE, "+84912345678", "0912.345.678", TOKEN, f"/lich/{TOKEN}.ics",
        "/tim/?q=Nguyễn+Thị", "http://may/x?token=abc",
    ],
)  # fmt: skip
def test_what_leads_to_somebody_is_masked(text: str) -> None:
    assert HIDDEN in masked(f"hỏng ở {text} rồi")
    assert "912" not in masked(text)


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-23 09:15:02,123", "0193f6a2-7c1e-7b7a-9d0e-0f1e2d3c4b5a",
        "nhipcau.reports.totals.consolidation:120",
        "tasks_assignment_unit_id_idx", "12.500.000 đồng", "báo cáo 2026-Q1 của biểu mẫu quy",
    ],
)  # fmt: skip
def test_what_says_where_in_the_program_stays(text: str) -> None:
    assert masked(text) == text


def test_an_error_keeps_its_place_and_loses_what_it_said() -> None:
    def act(logger: logging.Logger) -> None:
        try:
            try:
                raise ValueError(f"duplicate key (login)=({LOGIN}), {NAME}")
            except ValueError as first:
                raise RuntimeError(f"{NAME} {MAIL} {TOKEN}") from first
        except RuntimeError as error:
            logger.exception("Việc %s hỏng: %s", "mail.send", error)

    written = logged(act)
    assert [one for one in MARKERS if one in written] == []
    assert "ValueError" in written
    assert "RuntimeError" in written
    assert "test_masking.py" in written
    assert "mail.send" in written


def test_an_error_that_can_only_speak_of_the_program_is_told_whole() -> None:
    assert told(AttributeError("'Unit' object has no attribute 'nmae'")) == (
        "AttributeError: 'Unit' object has no attribute 'nmae'"
    )
    assert told(KeyError(NAME)) == "KeyError"


def test_of_an_address_only_its_pattern_is_logged() -> None:
    known = SimpleNamespace(path=f"/lich/{LOGIN}/", resolver_match=SimpleNamespace(route="lich/<str:secret>/"))
    unknown = SimpleNamespace(path=f"/{NAME}/", resolver_match=None)

    def act(logger: logging.Logger) -> None:
        for request in (known, unknown):
            logger.warning("Not Found: %s", request.path, extra={"request": request})

    assert logged(act).splitlines() == [
        "WARNING nhipcau.thu Not Found: /lich/<str:secret>/",
        f"WARNING nhipcau.thu Not Found: {HIDDEN}",
    ]


def test_the_web_server_names_no_visitor() -> None:
    log = WebLog(Config())
    headers = [("REFERER", f"http://may/{NAME}"), ("USER-AGENT", LOGIN), ("COOKIE", TOKEN)]
    request = SimpleNamespace(headers=headers)
    answer = SimpleNamespace(status="200 OK", sent=10, headers=[], response_length=10)
    environ = {
        "REMOTE_ADDR": ADDRESS, "REQUEST_METHOD": "GET", "RAW_URI": f"/lich/{TOKEN}.ics?ten={NAME}",
        "PATH_INFO": f"/lich/{TOKEN}.ics", "QUERY_STRING": f"ten={NAME}", "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_REFERER": NAME, "HTTP_USER_AGENT": LOGIN, "HTTP_AUTHORIZATION": f"Basic {TOKEN}",
    }  # fmt: skip
    atoms = log.atoms(answer, request, environ, dt.timedelta(seconds=1))
    written = " ".join(str(value) for value in atoms.values())
    assert [one for one in MARKERS if one in written] == []
    assert atoms["m"] == "GET"
    assert atoms["r"].startswith("GET /lich/<")
    strange = log.atoms(answer, request, environ | {"PATH_INFO": f"/{NAME}/"}, dt.timedelta(seconds=1))
    assert strange["r"] == f"GET {HIDDEN}"


def test_masking_takes_no_longer_than_the_line_is_long() -> None:
    def cost(text: str) -> float:
        began = time.process_time()
        masked(text)
        return time.process_time() - began

    for pump in ("a", "1", "1.", ":", "a.", "-", " ", "0 ", "@"):
        assert cost(pump * 100_000) < 2
