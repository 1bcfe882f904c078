"""Opening foreign files in a process of its own: what such a process gives up, and how it is started and heard.

The parsers of foreign files are large and written in C and Rust; a file made on purpose may crash them, fill the
memory or never end. So they run in a fresh interpreter that sees neither our environment nor our folder, and is
killed with everything it started.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import resource
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from nhipcau.core.errors import UnreadableFile
from nhipcau.core.said import Said, unpacked

_ROOT = str(Path(__file__).resolve().parents[2])
_MOST_ANSWER = 2**16  # bytes of one answer; what is made comes as a file
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of linux/prctl.h
_NEW_USER, _NEW_NET = 0x10000000, 0x40000000  # CLONE_NEWUSER, CLONE_NEWNET of linux/sched.h


def confine(*, memory: int = 2 * 2**30, seconds: int = 120) -> None:
    """Limits of memory, time and file size; the asker's end is ours; no network where the system permits that.

    Each process that is started from here inherits them. LibreOffice starts within 2 GiB.
    """
    limits = {
        resource.RLIMIT_AS: memory,
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_FSIZE: 256 * 2**20,  # bytes a file
        resource.RLIMIT_NOFILE: 256,
        resource.RLIMIT_CORE: 0,
    }
    for kind, most in limits.items():
        hard = resource.getrlimit(kind)[1]
        limit = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (limit, limit))
    library = ctypes.CDLL(None)
    library.prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    for flags in (_NEW_NET, _NEW_USER | _NEW_NET):  # the first where we may, the second where anybody may
        if library.unshare(flags) == 0:
            return


def starting(module: str) -> str:
    """The program that calls `main` of a module of ours, wherever the interpreter is started."""
    return f"import sys; sys.path.insert(0, {_ROOT!r}); from {module} import main; main()"


@contextlib.contextmanager
def process(program: str, question: IO[bytes], folder: str) -> Iterator[subprocess.Popen[bytes]]:
    """A fresh interpreter at work in `folder`, asked by `question`; afterwards it and what it started are gone."""
    started = subprocess.Popen(  # noqa: S603 - our own interpreter
        [sys.executable, "-I", "-c", program],
        stdin=question, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        cwd=folder, env=_environment(folder), start_new_session=True,
    )  # fmt: skip
    try:
        yield started
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(started.pid, signal.SIGKILL)
        started.wait()
        if started.stdout is not None:
            started.stdout.close()


def answered(
    program: str, asked: Mapping[str, Any], *data: bytes, folder: str, longest: float, stopped: Said
) -> dict[str, Any]:
    """The one answer of a process that is asked by a line of JSON with the data behind it; what it makes lies in
    `folder`. Raises UnreadableFile with its refusal, or with `stopped` where it died, fell silent or said too much.
    """
    with tempfile.TemporaryFile() as question:
        question.write(json.dumps(asked).encode() + b"\n")
        question.writelines(data)
        question.seek(0)
        with process(program, question, folder) as started:
            assert started.stdout is not None  # noqa: S101 - opened as a pipe
            told = lines(started.stdout, silence=longest, longest=longest, most=_MOST_ANSWER)
            try:
                answer = json.loads(next(told, b"null"))
            except (TimeoutError, ValueError) as error:
                raise UnreadableFile(stopped) from error
    if not isinstance(answer, dict):
        raise UnreadableFile(stopped)
    if "refused" in answer:
        raise UnreadableFile(unpacked(answer["refused"]))
    return answer


def _environment(folder: str) -> dict[str, str]:
    """No secrets, no proxies, no settings of ours: what helper programs need and no more."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LANG": "C.UTF-8", "HOME": folder, "TMPDIR": folder}


def lines(pipe: IO[bytes], *, silence: float, longest: float, most: int) -> Iterator[bytes]:
    """Lines as they come. Raises TimeoutError after `silence` seconds without a word or `longest` in all,
    ValueError after more than `most` bytes."""
    end, heard, rest = time.monotonic() + longest, 0, bytearray()
    with selectors.DefaultSelector() as ready:
        ready.register(pipe, selectors.EVENT_READ)
        while True:
            if not ready.select(max(0.0, min(silence, end - time.monotonic()))):
                raise TimeoutError
            chunk = os.read(pipe.fileno(), 1 << 16)
            heard += len(chunk)
            if heard > most:
                raise ValueError(heard)
            if not chunk:
                return
            rest += chunk
            if b"\n" in chunk:
                *whole, rest = rest.split(b"\n")
                yield from map(bytes, whole)
