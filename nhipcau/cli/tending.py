"""A process of the server that is looked after: begun again when it was killed, and renewed without a gap."""

from __future__ import annotations

import ctypes
import os
import select
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field

from nhipcau.cli.output import say

WEB, WORKER = "Máy chủ trang", "Tiến trình việc nền"
READY = "NHIPCAU_READY_FD"  # where a process that is to take over tells that it can
PATIENCE = 90.0  # seconds for it to be able to
_SET_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2)


@dataclass
class Tended:
    """A process that is started again when something killed it. `name` is for people; `command` is asked at each
    start, as the version in use may have changed; `keeps` are the descriptors that it is handed."""

    name: str
    command: Callable[[], list[str]]
    keeps: tuple[int, ...] = ()
    running: subprocess.Popen[bytes] | None = None
    leaving: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def look(self) -> int | None:
        """Start it if it does not run; its exit code if it ended by itself, which starting again would not mend."""
        self.leaving = [one for one in self.leaving if one.poll() is None]
        if self.running is not None:
            code = self.running.poll()
            if code is None:
                return None
            if code >= 0 and self.name == WEB:
                return code
            say(f"{self.name} đã dừng; đang chạy lại.")
        self.running = self._start()
        return None

    def renew(self) -> bool:
        """Another beside it that takes over once it is ready, and whether it did; one that cannot begin changes
        nothing."""
        heard, told = os.pipe()
        fresh = self._start(told)
        os.close(told)
        ready = select.select([heard], [], [], PATIENCE)[0] and os.read(heard, 1)  # ended, it has told nothing
        os.close(heard)
        if not ready:
            fresh.kill()
            fresh.wait()
            say(f"{self.name}: bản mới không mở được; bản đang chạy vẫn phục vụ.")
            return False
        if self.running is not None:
            self.running.terminate()  # it ends what it has in hand
            self.leaving.append(self.running)
        self.running = fresh
        say(f"{self.name}: đã chuyển sang tiến trình mới.")
        return True

    def end(self) -> int:
        """Ask it to stop and wait until it did."""
        if self.running is None:
            return 0
        for one in (self.running, *self.leaving):
            if one.poll() is None:
                one.terminate()
        for one in self.leaving:
            one.wait()
        return self.running.wait()

    def _start(self, ready: int | None = None) -> subprocess.Popen[bytes]:
        keeps, env = self.keeps, dict(os.environ)
        if ready is not None:
            keeps, env[READY] = (*keeps, ready), str(ready)
        return subprocess.Popen(self.command(), pass_fds=keeps, env=env, preexec_fn=_die_with_parent())  # noqa: PLW1509 - one call of libc


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
