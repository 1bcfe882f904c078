"""The stamp of a form: which report it is for and what stood in it when it was handed out, signed by this instance.

A form is known by its stamp, never by its file's name. The signature keeps a form of another instance, or one that
was altered, from being taken for ours; it is no secret.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import secrets
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.core import signing

from nhipcau.core.errors import UnreadableFile
from nhipcau.core.numbers import packed_size
from nhipcau.core.said import Said

_KIND = 1
_SALT = "nhipcau.exchange.form"
_WORD = 12  # characters of a text's digest: enough to see that it changed


@dataclass(frozen=True)
class Stamp:
    """`template`, `number` and `digest` name the template version. `base` is the payload that the form was handed
    out with, `words` the digests of its texts by mark: what differs from them was typed since.
    `section` is the only one in the form (counted from 1), or 0."""

    template: str
    number: int
    digest: str
    unit: uuid.UUID
    period: str
    base: bytes
    words: Mapping[str, str] = field(default_factory=dict)
    section: int = 0
    nonce: str = field(default_factory=lambda: secrets.token_hex(8))

    def sign(self) -> str:
        """The text for the hidden sheet."""
        said = {
            "kind": _KIND,
            "version": [self.template, self.number, self.digest],
            "unit": str(self.unit),
            "period": self.period,
            "nonce": self.nonce,
            "section": self.section,
            "base": base64.b64encode(self.base).decode(),
            "words": dict(self.words),
        }
        return _signer().sign_object(said, compress=True)

    def untouched(self, mark: str, text: str) -> bool:
        """Whether the text is still what the form was handed out with."""
        return self.words.get(mark, "") == word(text)


def word(text: str) -> str:
    """The digest of a text; empty for none."""
    return hashlib.sha256(text.encode()).hexdigest()[:_WORD] if text else ""


def read(text: str, name: str) -> Stamp:
    """The stamp as signed. UnreadableFile for another instance's, an altered one, or none."""
    try:
        said = _signer().unsign_object(text)
        if said["kind"] != _KIND:
            raise ValueError(said["kind"])
        base = base64.b64decode(said["base"], validate=True)
        unit = uuid.UUID(said["unit"])
        template, number, digest = said["version"]
        section, nonce = said.get("section", 0), said["nonce"]
        return Stamp(template, number, digest, unit, said["period"], base, said["words"], section, nonce)
    except (signing.BadSignature, KeyError, TypeError, ValueError, binascii.Error) as error:
        vi = (
            f"Tệp “{name}” không mang dấu của hệ thống này: không phải biểu mẫu tải từ đây, hoặc trang ẩn đã bị "
            "sửa. Hãy tải lại biểu mẫu rồi chép số liệu sang."
        )
        en = (
            f"The file “{name}” does not carry this system's stamp: it was not downloaded here, or its hidden "
            "sheet was altered. Download the form again and copy the figures over."
        )
        raise UnreadableFile(Said(vi, en)) from error


def fits(stamp: Stamp, cells: int) -> bool:
    """Whether its base is a payload of that many cells."""
    return len(stamp.base) == packed_size(cells)


def _signer() -> signing.Signer:
    return signing.Signer(salt=_SALT)
