"""An encrypted archive: a readable line that says how it is locked, then XChaCha20-Poly1305 piece by piece.

The line is bound to the stream, the order of the pieces is, and the last one says that it is the last: what was
changed, moved or cut off does not open.
"""

from __future__ import annotations

import hashlib
import json
import os
from typing import IO, Any

from nacl import bindings as sodium
from nacl.exceptions import CryptoError

from nhipcau.ops.backup.keys import Key, WrongKey
from nhipcau.ops.backup.tape import Broken, Truncated

MAGIC = b"NHIPCAU-BACKUP-1\n"
TAIL = b"\nNHIPCAU-BACKUP-ENDS\n"  # tells a file that was cut short from one that was changed
PIECE = 2**20
_EXTRA = sodium.crypto_secretstream_xchacha20poly1305_ABYTES
_FINAL = sodium.crypto_secretstream_xchacha20poly1305_TAG_FINAL
_MESSAGE = sodium.crypto_secretstream_xchacha20poly1305_TAG_MESSAGE
_START = sodium.crypto_secretstream_xchacha20poly1305_HEADERBYTES
_LONGEST_LINE = 8192


class Encrypted:
    """Takes bytes, writes them encrypted in pieces; `close` writes the last."""

    def __init__(self, out: IO[bytes], key: bytes, said: dict[str, Any]) -> None:
        line = json.dumps(said | {"check": _check(key)}, sort_keys=True).encode("ascii")
        self._out = out
        self._line: bytes | None = line
        self._state = sodium.crypto_secretstream_xchacha20poly1305_state()
        start = sodium.crypto_secretstream_xchacha20poly1305_init_push(self._state, key)
        out.write(MAGIC + line + b" " + hashlib.sha256(line).hexdigest().encode() + b"\n" + start)
        self._waiting = bytearray()

    def write(self, data: bytes) -> None:
        self._waiting += data
        if len(self._waiting) > PIECE:
            whole = len(self._waiting) - (len(self._waiting) % PIECE or PIECE)
            with memoryview(self._waiting) as view:
                for begin in range(0, whole, PIECE):
                    self._push(bytes(view[begin : begin + PIECE]), _MESSAGE)
            del self._waiting[:whole]

    def close(self) -> None:
        """The rest, marked as the end."""
        self._push(bytes(self._waiting), _FINAL)
        self._out.write(TAIL)

    def _push(self, data: bytes, tag: int) -> None:
        self._out.write(
            sodium.crypto_secretstream_xchacha20poly1305_push(self._state, data, ad=self._line, tag=tag)
        )
        self._line = None


class Decrypted:
    """The inverse, of a file that `read_line` was called on. WrongKey, Truncated at once; Broken while reading."""

    def __init__(self, source: IO[bytes], line: bytes, key: Key) -> None:
        said = json.loads(line)
        begin = source.tell()
        end = source.seek(-len(TAIL), os.SEEK_END)
        if source.read() != TAIL:
            raise Truncated
        source.seek(begin)
        self._left = end - begin - _START
        stream_key = key.open(said["lock"])
        if said["check"] != _check(stream_key):
            raise WrongKey
        self._source = source
        self._line: bytes | None = line
        self._state = sodium.crypto_secretstream_xchacha20poly1305_state()
        start = source.read(_START)
        if len(start) < _START:
            raise Truncated
        sodium.crypto_secretstream_xchacha20poly1305_init_pull(self._state, start, stream_key)
        self._ready, self._at, self._ended = b"", 0, False

    def read(self, size: int) -> bytes:
        parts, wanted = [], size
        while wanted:
            if self._at == len(self._ready):
                if self._ended:
                    break
                self._ready, self._at = self._pull(), 0
            part = self._ready[self._at : self._at + wanted]
            self._at += len(part)
            wanted -= len(part)
            parts.append(part)
        return parts[0] if len(parts) == 1 else b"".join(parts)

    def _pull(self) -> bytes:
        piece = self._source.read(max(0, min(PIECE + _EXTRA, self._left)))
        self._left -= len(piece)
        if len(piece) < _EXTRA:
            raise Broken("cipher")
        try:
            data, tag = sodium.crypto_secretstream_xchacha20poly1305_pull(self._state, piece, ad=self._line)
        except (CryptoError, RuntimeError, ValueError) as error:
            raise Broken("cipher") from error
        self._line = None
        self._ended = tag == _FINAL
        if self._ended != (self._left == 0):
            raise Broken("cipher")
        return bytes(data)


def read_line(source: IO[bytes]) -> bytes:
    """The line behind the magic. Broken if it is not as it was written."""
    raw = source.readline(_LONGEST_LINE)
    if not raw.endswith(b"\n"):
        raise Truncated
    line, _, digest = raw[:-1].rpartition(b" ")
    if hashlib.sha256(line).hexdigest().encode() != digest:
        raise Broken("header")
    return line


def _check(key: bytes) -> str:
    """Tells a wrong key from a damaged file, and nothing else."""
    return hashlib.blake2b(b"nhipcau", key=key, person=b"backup-check", digest_size=8).hexdigest()
