"""Who uses the processors and the memory meanwhile (Linux): looked up once a second."""

from __future__ import annotations

import os
import threading
import time
from contextlib import suppress
from pathlib import Path

import psycopg

TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")


class Watch(threading.Thread):
    """Adds up what the processes below each named one use, and the backends of one database."""

    def __init__(self, server: str, database: str, heads: dict[str, int]) -> None:
        super().__init__(daemon=True)
        self.heads, self._database = heads, database
        self._line = psycopg.connect(f"{server}/postgres", autocommit=True)
        self._seen: dict[str, dict[int, float]] = {name: {} for name in (*heads, "generator", "database")}
        self._before: dict[str, float] = {}
        self._memory: list[tuple[float, list[float]]] = []
        self._over = threading.Event()
        self._looking = threading.Lock()
        self._began = time.monotonic()

    def run(self) -> None:
        while not self._over.wait(1):
            self.look()

    def look(self) -> None:
        """Once, now."""
        with self._looking:
            for name, head in list(self.heads.items()):
                self._add(name, below(head))
            with self._line.cursor() as cursor:
                cursor.execute("SELECT pid FROM pg_stat_activity WHERE datname = %s", [self._database])
                self._add("database", [row[0] for row in cursor.fetchall()])
            server = [megabytes(pid) for pid in below(self.heads["server"])]
            self._memory.append((time.monotonic(), server))

    def begin(self) -> None:
        """From now on it counts."""
        self.look()
        with self._looking:
            self._before = self._sums()
            self._began, self._memory = time.monotonic(), self._memory[-1:]

    def figures(self) -> dict[str, object]:
        """Cores in use on average since `begin`, and the memory of the server's processes, the master first."""
        self.look()
        with self._looking:
            spent = time.monotonic() - self._began
            cores = {name: round((now - self._before[name]) / spent, 2) for name, now in self._sums().items()}
            moments = (0, len(self._memory) // 2, -1)
            start, middle, finish = (self._memory[place][1] for place in moments)
            return {"cores": cores, "server_rss_mb": {"start": start, "middle": middle, "end": finish}}

    def close(self) -> None:
        self._over.set()
        self.join()
        self._line.close()

    def _add(self, name: str, pids: list[int]) -> None:
        for pid in pids:
            with suppress(OSError):
                self._seen[name][pid] = processor_seconds(pid)

    def _sums(self) -> dict[str, float]:
        return {name: sum(pids.values()) for name, pids in self._seen.items()}


def below(head: int) -> list[int]:
    """That process, and all it started."""
    found, waiting = [], [head]
    while waiting:
        one = waiting.pop(0)
        with suppress(OSError):
            children = [path.read_text().split() for path in Path(f"/proc/{one}/task").glob("*/children")]
            found.append(one)
            waiting += [int(child) for group in children for child in group]
    return found


def processor_seconds(pid: int) -> float:
    """What it has used so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def megabytes(pid: int) -> float:
    """Its resident memory; 0 if it has just ended."""
    with suppress(OSError):
        return round(int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE / 2**20, 1)
    return 0.0
