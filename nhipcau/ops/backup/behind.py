"""A sink that another thread empties: reading and hashing here, encrypting and writing there, on two cores."""

from __future__ import annotations

import queue
import threading
from types import TracebackType

from nhipcau.ops.backup.tape import Sink

_AHEAD = 16  # pieces of at most a few megabytes that wait


class Behind:
    """Used as a context: leaving it waits for the last byte. An error of the writing thread is raised here."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._waiting: queue.Queue[bytes | None] = queue.Queue(_AHEAD)
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._empty, daemon=True)

    def write(self, data: bytes) -> None:
        if self._error is not None:
            raise self._error
        self._waiting.put(data)

    def __enter__(self) -> Behind:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._waiting.put(None)
        self._thread.join()
        if error is None and self._error is not None:
            raise self._error

    def _empty(self) -> None:
        """After an error it goes on taking, so that nobody waits for it."""
        while (data := self._waiting.get()) is not None:
            if self._error is None:
                try:
                    self._sink.write(data)
                except BaseException as error:  # raised again by whoever writes
                    self._error = error
