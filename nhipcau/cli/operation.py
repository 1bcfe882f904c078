"""`serve`, `worker`, `migrate`: running the thing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time

import click

from nhipcau.cli.instance import now, open_instance
from nhipcau.cli.output import say
from nhipcau.core.masking import told

BEAT_SECONDS = 1.0
ALIVE_SECONDS = 30
RECOUNT_SECONDS = 24 * 3600


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--no-worker", is_flag=True, help="Không chạy việc nền cùng máy chủ trang.")
def serve(host: str, port: int, no_worker: bool) -> None:
    """Chạy máy chủ trang, kèm một tiến trình việc nền."""
    open_instance()
    run_server(host=host, port=port, with_worker=not no_worker)


def run_server(*, host: str, port: int, with_worker: bool) -> None:
    """gunicorn with a worker beside it; both end when this process is told to, and a worker that dies is started
    again."""
    command = [sys.executable, "-m", "gunicorn", "nhipcau.config.wsgi", "--bind", f"{host}:{port}"]
    command += ["--workers", "2", "--threads", "4", "--no-control-socket", "--log-level", "warning"]
    command += ["--logger-class", "nhipcau.config.weblog.WebLog"]
    signal.signal(signal.SIGTERM, _interrupt)
    _measure()
    web, worker = subprocess.Popen(command), _start_worker() if with_worker else None
    say(f"Đang phục vụ tại http://{host}:{port}/ (Ctrl+C để dừng)")
    try:
        while web.poll() is None:
            if worker is not None and worker.poll() is not None:
                say("Tiến trình việc nền đã dừng; đang chạy lại.")
                worker = _start_worker()
            time.sleep(1)
    except KeyboardInterrupt:
        web.terminate()
    finally:
        if worker is not None:
            worker.terminate()
            worker.wait()
    sys.exit(web.wait())


def _measure() -> None:
    """Numbers for a monitor, on this machine alone; the server's processes add theirs up in a folder."""
    from django.conf import settings

    if not settings.METRICS_PORT:
        return
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix="nhipcau-metrics-")
    from prometheus_client import CollectorRegistry, start_http_server
    from prometheus_client.multiprocess import MultiProcessCollector

    from nhipcau.ops.gauges import Standing

    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    registry.register(Standing())
    start_http_server(settings.METRICS_PORT, addr="127.0.0.1", registry=registry)


def _start_worker() -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "nhipcau.cli.main", "worker"])


def _interrupt(_number: int, _frame: object) -> None:
    """Being told to stop by a service manager is as good as Ctrl+C."""
    raise KeyboardInterrupt


@click.command()
@click.option("--once", is_flag=True, help="Chạy hết việc đến hạn rồi thôi.")
@click.option("--again", is_flag=True, help="Xếp lại hàng những việc đã bỏ vì hỏng, rồi thôi.")
def worker(*, once: bool, again: bool) -> None:
    """Việc nền: nhắc hạn, đối chiếu số liệu đã chốt, niêm phong nhật ký."""
    open_instance()
    if again:
        from nhipcau.outbox.jobs import queue_again

        say(f"Đã xếp lại {queue_again(at=now())} việc.")
        return
    _work(once=once)


def _work(*, once: bool) -> None:
    from django.db import Error as DatabaseError
    from django.db import connection

    from nhipcau.audit.actions import seal
    from nhipcau.ops import retention
    from nhipcau.ops.actions import WORKER, note_beat
    from nhipcau.ops.backup import schedule as backups
    from nhipcau.org.bulk import recount_all
    from nhipcau.outbox.jobs import run_due
    from nhipcau.reports.sealing.staleness import settle
    from nhipcau.reports.totals.stored import settle as bring_totals
    from nhipcau.tasks.jobs import schedule
    from nhipcau.web.reaching import announced, digest, hours  # noqa: F401 - announced registers its job

    def beat() -> int:
        moment = now()
        schedule(at=moment)
        retention.schedule(at=moment)
        backups.schedule(at=moment)
        digest.schedule(at=moment)
        ran = run_due(at=moment)
        hours.send(at=moment)
        settle(at=moment)
        bring_totals(at=moment)
        seal(at=moment)
        return ran

    if once:
        ran = beat()
        note_beat(name=WORKER, at=now())
        say(f"Đã chạy {ran} việc.")
        return
    recounted = alive = float("-inf")
    try:
        while True:
            try:
                if time.monotonic() > recounted + RECOUNT_SECONDS:
                    recount_all()
                    recounted = time.monotonic()
                beat()
                if time.monotonic() > alive + ALIVE_SECONDS:
                    note_beat(name=WORKER, at=now())
                    alive = time.monotonic()
            except DatabaseError as error:  # a busy or restarting database: the next beat tries again
                say(f"Việc nền tạm dừng một nhịp: {told(error)}")
                connection.close()  # one that the database cut off would refuse every later beat
            time.sleep(BEAT_SECONDS)
    except KeyboardInterrupt:
        say("Đã dừng việc nền.")


@click.command()
def migrate() -> None:
    """Đưa các bảng lên đúng phiên bản của phần mềm; chạy lại bao nhiêu lần cũng được."""
    open_instance()
    say("Các bảng đã đúng phiên bản.")
