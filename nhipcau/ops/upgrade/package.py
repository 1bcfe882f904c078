"""The file that carries a version: its wheels, a list of them, and the signature of whoever made it."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nacl.exceptions import CryptoError
from nacl.signing import SigningKey, VerifyKey

from nhipcau.core.errors import Conflict, InvalidInput, NotFound, UnreadableFile
from nhipcau.core.said import Said
from nhipcau.ops.backup.tape import Broken, TapeReader, TapeWriter, Truncated

FORMAT = 1
LIST, SIGNATURE = "manifest.json", "manifest.sig"
_WHEEL = re.compile(r"wheels/[A-Za-z0-9_.!+-]+\.whl")
_MOST_LIST = 2**22
_SIGNS = b"nhipcau upgrade 1\n"  # so that the key's signature under anything else is none of this


@dataclass(frozen=True)
class Package:
    """What the signed list says."""

    version: str
    python: str
    wheels: dict[str, str]


def pack(*, wheels: Path, version: str, signing_key: SigningKey, out: Path) -> None:
    """Make the file from a directory of wheels; for whoever releases."""
    found = sorted(wheels.glob("*.whl"))
    listed = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in found}
    told = {
        "format": FORMAT,
        "version": version,
        "python": ".".join(map(str, sys.version_info[:2])),
        "wheels": listed,
    }
    content = json.dumps(told, sort_keys=True).encode()
    with out.open("xb") as file:
        tape = TapeWriter(file)
        tape.add(LIST, content)
        tape.add(SIGNATURE, base64.b64encode(signing_key.sign(_SIGNS + content).signature))
        for path in found:
            with path.open("rb") as wheel:
                tape.copy(f"wheels/{path.name}", path.stat().st_size, wheel)
        tape.close()


def unpack(path: Path, key: VerifyKey, folder: Path) -> Package:
    """Write the wheels into `folder` once the signature holds. UnreadableFile, Conflict or InvalidInput otherwise;
    nothing of the file is run before every byte of it is proved."""
    if not path.is_file():
        raise NotFound(Said(f"Không tìm thấy tệp «{path}».", f"There is no file “{path}”."))
    with _told(path), path.open("rb") as source:
        members = TapeReader(source).members()
        first, second = next(members), None
        if first.name != LIST:
            raise Broken(first.name)
        content = first.whole(_MOST_LIST)
        second = next(members)
        signature = base64.b64decode(second.whole(1024), validate=True) if second.name == SIGNATURE else b""
        _require_signed(path, key, content, signature)
        package = _package(path, json.loads(content))
        written = set()
        for member in members:
            name = member.name.removeprefix("wheels/")
            if not _WHEEL.fullmatch(member.name) or name not in package.wheels:
                raise Broken(member.name)
            running = hashlib.sha256()
            with (folder / name).open("xb") as out:
                for piece in member.pieces:
                    running.update(piece)
                    out.write(piece)
            if running.hexdigest() != package.wheels[name]:
                raise Broken(member.name)
            written.add(name)
        if written != set(package.wheels):
            raise Truncated
    return package


def _require_signed(path: Path, key: VerifyKey, content: bytes, signature: bytes) -> None:
    try:
        key.verify(_SIGNS + content, signature)
    except (CryptoError, ValueError) as error:
        raise InvalidInput(
            Said(
                f"Chữ ký của «{path}» không phải của người phát hành mà máy này tin. Không cài gì cả; hãy lấy "
                "tệp từ nơi phát hành chính thức.",
                f"The signature of “{path}” is not that of the publisher this machine trusts. Nothing was "
                "installed; get the file from its publisher.",
            )
        ) from error


def _package(path: Path, told: dict[str, Any]) -> Package:
    ours = ".".join(map(str, sys.version_info[:2]))
    if told["format"] != FORMAT or told["python"] != ours:
        raise Conflict(
            Said(
                f"«{path}» dành cho Python {told['python']} (dạng {told['format']}); máy này chạy Python {ours}.",
                f"“{path}” is for Python {told['python']} (format {told['format']}); this machine runs {ours}.",
            )
        )
    return Package(str(told["version"]), str(told["python"]), dict(told["wheels"]))


def public_key(text: str) -> VerifyKey:
    """The publisher's key as it stands in the settings, or in the file that they name."""
    if not text:
        raise InvalidInput(
            Said(
                "Chưa đặt NHIPCAU_UPGRADE_KEY: khóa công khai của người phát hành. Không có nó thì không tin được "
                "tệp nào.",
                "NHIPCAU_UPGRADE_KEY, the publisher's public key, is not set. Without it no file can be trusted.",
            )
        )
    raw = Path(text).read_text("ascii").strip() if Path(text).is_file() else text
    try:
        return VerifyKey(base64.b64decode(raw, validate=True))
    except (binascii.Error, ValueError, CryptoError, TypeError) as error:
        raise InvalidInput(
            Said(
                "NHIPCAU_UPGRADE_KEY không phải khóa công khai Ed25519 (base64, 44 ký tự).",
                "NHIPCAU_UPGRADE_KEY is no Ed25519 public key (base64, 44 characters).",
            )
        ) from error


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except (Truncated, Broken, StopIteration, KeyError, ValueError, TypeError) as error:
        raise UnreadableFile(
            Said(
                f"Tệp nâng cấp «{path}» bị hỏng hoặc chép chưa hết. Không cài gì cả; hãy chép lại.",
                f"The upgrade file “{path}” is damaged or not wholly copied. Nothing was installed; copy it again.",
            )
        ) from error


def signing_key_in(path: Path) -> SigningKey:
    """The publisher's own key; made, for its owner's eyes alone, where there is none yet."""
    if not path.exists():
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            out.write(base64.b64encode(bytes(SigningKey.generate())) + b"\n")
    return SigningKey(base64.b64decode(path.read_bytes().strip(), validate=True))


def public_text(key: SigningKey) -> str:
    """What its users put in their settings."""
    return base64.b64encode(bytes(key.verify_key)).decode("ascii")
