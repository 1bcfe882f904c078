"""What systemd does in real use: whatever of the product ends is started again (deploy/systemd, Restart=)."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from contextlib import suppress
from pathlib import Path

from tests.load.site import Site, end
from tests.load.watching import below

AGAIN = 1.0  # RestartSec, shortened


class Keeper(threading.Thread):
    """`nhipcau serve` with its worker, and so many workers more."""

    def __init__(self, site: Site, workers: int = 0) -> None:
        super().__init__(daemon=True)
        self.site = site
        self._commands = [["serve", "--port", str(site.port)], *([["worker"]] * workers)]
        self._running: list[subprocess.Popen[bytes]] = []
        self._over = threading.Event()
        self._changing = threading.Lock()

    def start(self) -> None:
        self._running = [self.site.start(*command) for command in self._commands]
        self.site.await_up()
        super().start()

    def run(self) -> None:
        while not self._over.wait(AGAIN):
            with self._changing:
                for place, command in enumerate(self._commands):
                    if not self._over.is_set() and self._running[place].poll() is not None:
                        self._running[place] = self.site.start(*command)

    def stop(self) -> None:
        self._over.set()
        with self._changing:
            for one in self._running:
                end(one)

    def processes(self, word: str) -> list[int]:
        """Those of the product with that word in their command; gunicorn's master before its processes."""
        return [pid for one in self._running for pid in below(one.pid) if word in _command(pid)]


def kill(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def _command(pid: int) -> str:
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    return ""
