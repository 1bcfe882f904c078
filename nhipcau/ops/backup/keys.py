"""Key files. A passphrase is any text; a pair is made by us, and its public half alone is enough to back up.

The server that holds nothing but the public half can lock its backups and never open them: whoever steals it and
the disk with the backups gets no more than what lies on the server itself.
"""

from __future__ import annotations

import base64
import os
from dataclasses import dataclass, field
from pathlib import Path

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.pwhash import argon2id
from nacl.utils import random

from nhipcau.core.errors import NhipCauError
from nhipcau.core.said import Said
from nhipcau.ops.backup import refusals

SIZE = 32
_PUBLIC, _SECRET = "nhipcau-backup-public:", "nhipcau-backup-secret:"
_SHORTEST = 12  # letters of a passphrase
_LONGEST_FILE = 4096
# Argon2id, "moderate": 256 MiB and about a second, once for each archive.
_OPS, _MEMORY = argon2id.OPSLIMIT_MODERATE, argon2id.MEMLIMIT_MODERATE
_MOST_OPS, _MOST_MEMORY = 16, 2**30  # what a header may ask of whoever opens it

Lock = dict[str, str | int]


class WrongKey(Exception):
    """This key does not open it."""


class SecretNeeded(WrongKey):
    """The public half locks, it does not open."""


@dataclass(frozen=True)
class Passphrase:
    """`lock` gives a stream's key and what its header says to find it again; `open` is the inverse."""

    secret: bytes = field(repr=False)

    def lock(self) -> tuple[bytes, Lock]:
        salt = random(argon2id.SALTBYTES)
        said: Lock = {"by": "passphrase", "salt": _text(salt), "ops": _OPS, "memory": _MEMORY}
        return argon2id.kdf(SIZE, self.secret, salt, opslimit=_OPS, memlimit=_MEMORY), said

    def open(self, said: Lock) -> bytes:
        if said.get("by") != "passphrase":
            raise WrongKey
        ops, memory = int(said["ops"]), int(said["memory"])
        if ops > _MOST_OPS or memory > _MOST_MEMORY:
            raise ValueError(memory)
        return argon2id.kdf(SIZE, self.secret, _bytes(said["salt"]), opslimit=ops, memlimit=memory)


@dataclass(frozen=True)
class Pair:
    """A public key, with the secret one where it is at hand."""

    public: PublicKey
    secret: PrivateKey | None = field(default=None, repr=False)

    def lock(self) -> tuple[bytes, Lock]:
        key = random(SIZE)
        return key, {"by": "public-key", "sealed": _text(SealedBox(self.public).encrypt(key))}

    def open(self, said: Lock) -> bytes:
        if said.get("by") != "public-key":
            raise WrongKey
        if self.secret is None:
            raise SecretNeeded
        try:
            return bytes(SealedBox(self.secret).decrypt(_bytes(said["sealed"])))
        except CryptoError as error:
            raise WrongKey from error


@dataclass(frozen=True)
class Kept:
    """The key of one stream, as the machine that made it remembers it for the self-test."""

    key: bytes = field(repr=False)

    def lock(self) -> tuple[bytes, Lock]:
        raise NotImplementedError("a remembered key opens; it does not lock")

    def open(self, said: Lock) -> bytes:
        return self.key


Key = Passphrase | Pair | Kept


def read_key(path: Path) -> Passphrase | Pair:
    """What the file holds. UnreadableFile or NhipCauError says what is wrong with it."""
    if not path.is_file():
        raise refusals.bad_key_file(path, Said("không có tệp này", "there is no such file"))
    if path.stat().st_size > _LONGEST_FILE:
        raise refusals.bad_key_file(path, Said("tệp quá lớn", "the file is too large"))
    content = path.read_bytes().strip()
    try:
        for prefix in (_PUBLIC, _SECRET):
            if content.startswith(prefix.encode()):
                return _pair(prefix, _bytes(content.decode("ascii").removeprefix(prefix)))
    except (ValueError, CryptoError, TypeError) as error:
        raise refusals.bad_key_file(path, Said("nội dung bị hỏng", "its content is damaged")) from error
    if len(content.decode("utf-8", "replace")) < _SHORTEST:
        raise refusals.bad_key_file(
            path,
            Said(f"mật khẩu ngắn hơn {_SHORTEST} ký tự", f"the passphrase has fewer than {_SHORTEST} characters"),
        )
    return Passphrase(content)


def make_pair(path: Path) -> Path:
    """Write a new secret key to `path` (its owner's alone) and the public half beside it as `path.pub`."""
    secret, public = PrivateKey.generate(), path.with_name(path.name + ".pub")
    for file, text, mode in (
        (path, _SECRET + _text(bytes(secret)), 0o600),
        (public, _PUBLIC + _text(bytes(secret.public_key)), 0o644),
    ):
        try:
            handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        except FileExistsError as error:
            raise NhipCauError(refusals.target_taken(file).message) from error
        with os.fdopen(handle, "w", encoding="ascii") as out:
            out.write(text + "\n")
    return public


def _pair(prefix: str, raw: bytes) -> Pair:
    if prefix == _PUBLIC:
        return Pair(PublicKey(raw))
    secret = PrivateKey(raw)
    return Pair(secret.public_key, secret)


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")


def _bytes(text: object) -> bytes:
    return base64.b64decode(str(text), validate=True)
