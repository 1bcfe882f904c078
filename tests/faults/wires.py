"""A line between two programs of this machine that can be cut: refused, reset, or silent for ever."""

from __future__ import annotations

import socket
import struct
import threading
from contextlib import suppress
from enum import Enum


class State(Enum):
    """REFUSED: the other machine is there, the program is not. SILENT: nothing comes any more."""

    WELL = "well"
    REFUSED = "refused"
    SILENT = "silent"


class Wire:
    """Listens on `port` and passes on to `beyond`, both ways."""

    def __init__(self, beyond: int) -> None:
        self._beyond = beyond
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._door.getsockname()[1]
        self._state = State.WELL
        self._ends: set[socket.socket] = set()
        self._changing = threading.Lock()
        threading.Thread(target=self._serve, daemon=True).start()

    def be(self, state: State) -> None:
        """From now on; what was under way is cut off where the program is gone."""
        self._state = state
        if state is State.REFUSED:
            self.reset()

    def reset(self) -> None:
        """Every connection ends with an RST, as from a firewall that forgot it."""
        with self._changing:
            for end in self._ends:
                _break(end)
            self._ends.clear()

    def close(self) -> None:
        self._door.close()
        self.reset()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                here, _ = self._door.accept()
                threading.Thread(target=self._pass_on, args=(here,), daemon=True).start()

    def _pass_on(self, here: socket.socket) -> None:
        if self._state is State.REFUSED:
            _break(here)
            return
        try:
            there = socket.create_connection(("127.0.0.1", self._beyond), timeout=10)
        except OSError:
            _break(here)
            return
        there.settimeout(None)
        with self._changing:
            self._ends |= {here, there}
        for one, other in ((here, there), (there, here)):
            threading.Thread(target=self._pump, args=(one, other), daemon=True).start()

    def _pump(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while data := one.recv(2**16):
                if self._state is not State.SILENT:
                    other.sendall(data)
            other.shutdown(socket.SHUT_WR)


def _break(end: socket.socket) -> None:
    with suppress(OSError):
        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    with suppress(OSError):
        end.shutdown(socket.SHUT_RD)  # wakes whoever reads from it
    end.close()
