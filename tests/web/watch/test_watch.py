"""What an operator sees of each request, and what nobody may see there."""

from __future__ import annotations

import datetime as dt
import json
import logging
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import OperationalError, connection
from django.test import Client
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from prometheus_client import REGISTRY, CollectorRegistry, generate_latest
from pytest_django.fixtures import Settings

from nhipcau.config import logs
from nhipcau.ops import traces
from nhipcau.ops.actions import WORKER, note_beat
from nhipcau.ops.gauges import Standing
from nhipcau.outbox import jobs
from nhipcau.outbox.jobs import _runners, run_due
from nhipcau.outbox.models import Job, JobState
from nhipcau.web.watch import health
from tests.cast import NOW, Cast
from tests.collector import collecting

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def writable(data_dir: Path) -> None:

    data_dir.mkdir(exist_ok=True)


def lines(caplog: pytest.LogCaptureFixture, name: str) -> list[logging.LogRecord]:
    return [record for record in caplog.records if record.name == name]


def as_json(record: logging.LogRecord) -> dict[str, object]:
    logs.Addressless().filter(record)
    told: dict[str, object] = json.loads(logs.formatter().format(record))
    return told


def away() -> None:
    raise OperationalError("connection refused")


def test_a_request_keeps_the_name_its_proxy_gave_it_and_gets_one_otherwise(client: Client) -> None:
    given = client.get("/dang-nhap/", headers={"X-Request-ID": "0192abcd-ef01"})
    assert given.headers["X-Request-ID"] == "0192abcd-ef01"
    forged = client.get("/dang-nhap/", headers={"X-Request-ID": "x\tnguyen@example.vn"})
    assert len(forged.headers["X-Request-ID"]) == 32


def test_one_line_a_request_names_the_route_and_not_the_address(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("INFO", "nhipcau.access_line"):
        client.get("/dang-nhap/?next=/van-ban/bi-mat/", REMOTE_ADDR="203.0.113.9")
        client.get("/khong-co/0192/")
    [opened, missing] = [as_json(record) for record in lines(caplog, "nhipcau.access_line")]
    assert {key: opened[key] for key in ("method", "route", "status")} == {
        "method": "GET", "route": "sign_in", "status": 200,
    }  # fmt: skip
    assert missing["route"] == "none"
    assert not [word for word in ("bi-mat", "203.0.113.9", "0192") if word in json.dumps([opened, missing])]


def test_a_line_carries_the_request_it_was_written_in(caplog: pytest.LogCaptureFixture) -> None:
    from structlog.contextvars import bound_contextvars

    with caplog.at_level("WARNING"), bound_contextvars(request_id="abc-12345"):
        logging.getLogger("nhipcau.any").warning("thư của %s từ %s", "lan@congdoan.example", "198.51.100.7")
        told = as_json(caplog.records[-1])
    assert (told["request_id"], told["level"], told["event"]) == ("abc-12345", "warning", "thư của «…» từ «…»")


@pytest.mark.parametrize(
    "said", ["0912 345 678", "+84912345678", "k3YdauVet9Qx7Zr2Lw8Pb5", "xa@donggiang.example", "2001:db8::7"]
)
def test_lines_for_machines_are_masked_like_those_of_a_terminal(
    said: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("WARNING"):
        logging.getLogger("nhipcau.any").warning("không gửi được tới %s", said)
    assert as_json(caplog.records[-1])["event"] == "không gửi được tới «…»"


def test_an_error_says_where_and_of_which_kind_but_not_its_words(caplog: pytest.LogCaptureFixture) -> None:
    try:
        raise ValueError("Key (login)=(nguyenvana) already exists")
    except ValueError:
        logging.getLogger("django.request").error("Lỗi: %s", "/to-chuc/0192/", exc_info=sys.exc_info())
    told = as_json(caplog.records[-1])
    assert str(told["exception"]).endswith("builtins.ValueError")
    assert "test_watch.py" in str(told["exception"])
    assert not [word for word in ("nguyenvana", "0192") if word in json.dumps(told)]


def test_requests_are_counted_by_route_method_and_status(client: Client) -> None:
    labels = {"route": "sign_in", "method": "GET", "status": "200"}
    before = REGISTRY.get_sample_value("nhipcau_requests_total", labels) or 0
    client.get("/dang-nhap/")
    assert REGISTRY.get_sample_value("nhipcau_requests_total", labels) == before + 1
    client.generic("NGUYENVANA", "/dang-nhap/")
    assert b"NGUYENVANA" not in generate_latest(REGISTRY)


def test_a_job_has_one_line_with_its_number_and_how_it_ended(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(_runners, "test.quiet", lambda secret, *, at: None)
    made = Job.objects.create(name="test.quiet", args=["bi-mat"], run_at=NOW)
    seen: list[dict[str, object]] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            seen.append(as_json(record))

    logger, keep = logging.getLogger("nhipcau.outbox.jobs"), Keep()
    logger.addHandler(keep)
    with caplog.at_level("INFO", logger.name):
        run_due(at=NOW)
    logger.removeHandler(keep)
    [told] = seen
    assert (told["job"], told["job_name"], told["attempt"], told["outcome"]) == (made.pk, "test.quiet", 1, "done")
    assert "bi-mat" not in json.dumps(told)


def test_a_job_is_a_span_with_its_name_how_it_ended_and_nothing_of_what_it_was_about(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fails(secret: str, *, at: dt.datetime) -> None:
        raise ValueError(f"không gửi được cho {secret}")

    monkeypatch.setitem(_runners, "test.fails", fails)
    monkeypatch.setitem(_runners, "test.quiet", lambda secret, *, at: None)
    for name in ("test.fails", "test.quiet"):
        Job.objects.create(name=name, args=["Nguyen-Van-A"], run_at=NOW)
    provider = TracerProvider()
    with collecting() as collector:
        provider.add_span_processor(SimpleSpanProcessor(OTLPSpanExporter(endpoint=collector.url)))
        monkeypatch.setattr(jobs, "tracer", provider.get_tracer("thu"))
        run_due(at=NOW)
        provider.shutdown()
    assert collector.spans() == {
        "job test.fails": {"nhipcau.job.attempt": 1, "nhipcau.job.outcome": "queued"},
        "job test.quiet": {"nhipcau.job.attempt": 1, "nhipcau.job.outcome": "done"},
    }
    assert b"Nguyen-Van-A" not in b"".join(collector.bodies)


def test_a_monitor_reads_how_the_instance_stands(cast: Cast) -> None:
    Job.objects.create(name="tasks.remind", run_at=NOW, state=JobState.FAILED)
    note_beat(name=WORKER, at=NOW)
    registry = CollectorRegistry()
    registry.register(Standing())
    told = generate_latest(registry).decode()
    assert "nhipcau_database_up 1.0" in told
    assert "nhipcau_jobs_failed 1.0" in told
    assert 'nhipcau_mail{state="queued"} 0.0' in told
    assert 'nhipcau_last_done_seconds{work="worker"}' in told


def test_alive_asks_nothing_of_the_database(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "ensure_connection", away)
    answer = client.get("/healthz", headers={"Host": "bat-ky.example"})
    assert (answer.status_code, answer.content) == (200, b"ok\n")


def test_ready_says_what_is_missing(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_up_to_date", set())
    assert client.get("/readyz").json() == {"database": True, "tables": True, "files": True}
    monkeypatch.setattr(health, "_up_to_date", set())
    monkeypatch.setattr(health, "pending", lambda: 2)
    behind = client.get("/readyz")
    assert (behind.status_code, behind.json()["tables"]) == (503, False)
    monkeypatch.setattr(connection, "cursor", away)
    gone = client.get("/readyz")
    assert (gone.status_code, gone.json()["database"]) == (503, False)


def test_who_names_a_collector_without_its_packages_is_told_and_served(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    settings.TRACES_URL = "http://127.0.0.1:9/v1/traces"
    monkeypatch.setattr(traces, "TRACES", replace(traces.TRACES, modules=("no_such_module",)))
    traces.begin()
    assert "requirements/traces.txt" in caplog.text
