"""Two machines with a router between them, as network namespaces: what the router drops, nobody is told of."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

NET = "10.214"


class Road:
    """From this machine to `host`, which is another one to programs run `inside`."""

    def __init__(self) -> None:
        self._router, self._far = f"nhipcau-r{os.getpid()}", f"nhipcau-d{os.getpid()}"
        self.host, self.inside = f"{NET}.2.2", ["ip", "netns", "exec", self._far]

    def lay(self) -> None:
        for name in (self._router, self._far):
            _ip("netns", "add", name)
            _ip("-n", name, "link", "set", "lo", "up")
        here, there = f"nc{os.getpid()}", f"nd{os.getpid()}"
        _ip("link", "add", here, "type", "veth", "peer", "name", "near", "netns", self._router)
        _ip("-n", self._router, "link", "add", "far", "type", "veth", "peer", "name", there, "netns", self._far)
        _up(None, here, f"{NET}.1.1/24")
        _up(self._router, "near", f"{NET}.1.2/24")
        _up(self._router, "far", f"{NET}.2.1/24")
        _up(self._far, there, f"{NET}.2.2/24")
        _ip("route", "add", f"{NET}.2.0/24", "via", f"{NET}.1.2")
        _ip("-n", self._far, "route", "add", "default", "via", f"{NET}.2.1")
        self.mend()

    def cut(self) -> None:
        self._forward("0")

    def mend(self) -> None:
        self._forward("1")

    def _forward(self, value: str) -> None:
        write = f"echo {value} > /proc/sys/net/ipv4/ip_forward"
        subprocess.run(["ip", "netns", "exec", self._router, "sh", "-c", write], check=True)

    def remove(self) -> None:
        for name in (self._far, self._router):
            subprocess.run(["ip", "netns", "del", name], check=False, capture_output=True)


@contextmanager
def road() -> Iterator[Road]:
    """Gone afterwards, with whatever of it was laid."""
    made = Road()
    try:
        made.lay()
        yield made
    finally:
        made.remove()


def _up(space: str | None, link: str, address: str) -> None:
    where = ["-n", space] if space else []
    _ip(*where, "addr", "add", address, "dev", link)
    _ip(*where, "link", "set", link, "up")


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True)
