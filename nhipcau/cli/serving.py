"""The server's processes: gunicorn for the pages and a worker beside it, looked after until told to stop.

The listening socket belongs to this process: told to begin anew (SIGUSR1), it lets a second gunicorn open its doors
beside the first, of the version in use by then, and nobody is turned away between the two.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
import tempfile
import time
from pathlib import Path

from nhipcau.cli.output import say
from nhipcau.cli.tending import WEB, WORKER, Tended
from nhipcau.core.errors import Conflict
from nhipcau.core.said import Said
from nhipcau.ops.upgrade.programs import CURRENT

LOOK_SECONDS = 0.5
BACKLOG = 1024  # calls that wait in the kernel while every process is busy
SPARE = 8  # threads that only say that the server is busy, or send a file


def run_server(*, host: str, port: int, with_worker: bool) -> None:
    """Both until this process is told to end, or the pages cannot be served. What dies is started again; when this
    process is killed, they end too, so that whoever looks after it can start it anew. Conflict: a port in use."""
    signal.signal(signal.SIGTERM, _interrupt)
    asked: list[int] = []
    signal.signal(signal.SIGUSR1, lambda number, _frame: asked.append(number))
    _measure()
    with listening(host, port) as door:
        tended = [Tended(WEB, lambda: web_command(door.fileno()), (door.fileno(),))]
        if with_worker:
            tended.append(Tended(WORKER, lambda: [python_in_use(), "-m", "nhipcau.cli.main", "worker"]))
        code: int | None = None
        try:
            say(f"Đang phục vụ tại http://{host}:{port}/ (Ctrl+C để dừng)")
            while code is None:
                code = next((ended for one in tended if (ended := one.look()) is not None), None)
                if asked:
                    asked.clear()
                    renew(tended)
                time.sleep(LOOK_SECONDS)
        except KeyboardInterrupt:
            code = tended[0].end()
        finally:
            for one in tended:
                one.end()
    sys.exit(code)


def renew(tended: list[Tended]) -> None:
    """The pages without a gap; a worker ends what it has in hand, and the look after that starts another. It stays
    at the version of the pages: where they cannot change, it does not either."""
    pages, *others = tended
    if not pages.renew():
        return
    for one in others:
        if one.running is not None:
            one.running.terminate()


def listening(host: str, port: int) -> socket.socket:
    family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
    try:
        return socket.create_server((host, port), family=family, backlog=BACKLOG)
    except OSError as error:
        raise Conflict(
            Said(
                f"Không mở được cổng {host}:{port} ({error.strerror}). Hãy dừng chương trình đang dùng cổng ấy, "
                "hoặc chọn cổng khác bằng --port.",
                f"Cannot listen on {host}:{port} ({error.strerror}). Stop the program that uses the port, or "
                "choose another with --port.",
            )
        ) from error


def python_in_use() -> str:
    """That of the version in use: `upgrade` moves the link while this process goes on. Its folder by its own name,
    or what is loaded later would come from the version after it."""
    current = (Path(sys.prefix).resolve().parent / CURRENT).resolve() / "bin" / "python"
    return str(current) if current.exists() else sys.executable


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


def web_command(door: int) -> list[str]:
    """gunicorn on that socket. The pages are loaded once, before its processes part; `nhipcau.web.gate` bounds what
    is at work and what waits, so there are threads enough to turn the rest away."""
    from django.conf import settings

    threads = settings.WEB_THREADS + settings.WEB_WAITING + SPARE
    command = [python_in_use(), "-m", "gunicorn", "nhipcau.config.wsgi", "--bind", f"fd://{door}", "--preload"]
    command += ["--config", "python:nhipcau.config.gunicorn"]
    command += ["--workers", str(settings.WEB_PROCESSES), "--threads", str(threads)]
    command += ["--logger-class", "nhipcau.config.weblog.WebLog"]
    return [*command, "--no-control-socket", "--log-level", "warning"]


def _interrupt(_number: int, _frame: object) -> None:
    """Being told to stop by a service manager is as good as Ctrl+C."""
    raise KeyboardInterrupt
