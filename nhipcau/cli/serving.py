"""The server's processes: gunicorn for the pages and a worker beside it, looked after until told to stop."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass

from nhipcau.cli.output import say

LOOK_SECONDS = 0.5
SPARE = 8  # threads that only say that the server is busy, or send a file
_SET_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2)


@dataclass
class Tended:
    """A process that is started again when something killed it. `start` names it for people."""

    name: str
    command: list[str]
    running: subprocess.Popen[bytes] | None = None

    def look(self) -> int | None:
        """Start it if it does not run; its exit code if it ended by itself, which starting again would not mend."""
        if self.running is not None:
            code = self.running.poll()
            if code is None:
                return None
            if code >= 0 and self.name == WEB:
                return code
            say(f"{self.name} đã dừng; đang chạy lại.")
        self.running = subprocess.Popen(self.command, preexec_fn=_die_with_parent())  # noqa: PLW1509 - one call of libc
        return None

    def end(self) -> int:
        """Ask it to stop and wait until it did."""
        if self.running is None:
            return 0
        if self.running.poll() is None:
            self.running.terminate()
        return self.running.wait()


WEB, WORKER = "Máy chủ trang", "Tiến trình việc nền"


def run_server(*, host: str, port: int, with_worker: bool) -> None:
    """Both until this process is told to end, or the pages cannot be served (a port in use). What dies is started
    again; when this process is killed, they end too, so that whoever looks after it can start it anew."""
    signal.signal(signal.SIGTERM, _interrupt)
    _measure()
    tended = [Tended(WEB, web_command(host, port))]
    if with_worker:
        tended.append(Tended(WORKER, [sys.executable, "-m", "nhipcau.cli.main", "worker"]))
    code: int | None = None
    try:
        for one in tended:
            one.look()
        say(f"Đang phục vụ tại http://{host}:{port}/ (Ctrl+C để dừng)")
        while code is None:
            time.sleep(LOOK_SECONDS)
            code = next((ended for one in tended if (ended := one.look()) is not None), None)
    except KeyboardInterrupt:
        code = tended[0].end()
    finally:
        for one in tended:
            one.end()
    sys.exit(code)


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


def web_command(host: str, port: int) -> list[str]:
    """gunicorn. The pages are loaded once, before its processes part; `nhipcau.web.gate` bounds what is at work and
    what waits, so there are threads enough to turn the rest away."""
    from django.conf import settings

    threads = settings.WEB_THREADS + settings.WEB_WAITING + SPARE
    command = [sys.executable, "-m", "gunicorn", "nhipcau.config.wsgi", "--bind", f"{host}:{port}", "--preload"]
    command += ["--config", "python:nhipcau.config.gunicorn"]
    command += ["--workers", str(settings.WEB_PROCESSES), "--threads", str(threads)]
    command += ["--logger-class", "nhipcau.config.weblog.WebLog"]
    return [*command, "--no-control-socket", "--log-level", "warning"]


def _die_with_parent() -> Callable[[], None] | None:
    """On Linux the kernel ends a child whose parent was killed; elsewhere whoever starts services has to."""
    if sys.platform != "linux":
        return None
    libc, parent = ctypes.CDLL(None), os.getpid()

    def tie() -> None:
        libc.prctl(_SET_DEATH_SIGNAL, signal.SIGTERM)
        if os.getppid() != parent:
            os._exit(1)

    return tie


def _interrupt(_number: int, _frame: object) -> None:
    """Being told to stop by a service manager is as good as Ctrl+C."""
    raise KeyboardInterrupt
