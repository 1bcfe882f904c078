"""Files that people send. Every page takes them here, and looks at their size before it reads a byte.

What is larger than allowed is not even put aside while it arrives: a full disk would stop everybody's work.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from nhipcau.core.errors import Fault, InvalidInput
from nhipcau.core.said import Said
from nhipcau.documents.storing.evidence import MOST, TOO_MANY, Paper
from nhipcau.web.words import spoken

Kept = TypeVar("Kept")
MEGABYTE = 2**20
PAPER = ".docx,.doc,.pdf,.txt"
EMPTY = _("Tệp rỗng, không có nội dung. Hãy chọn lại tệp.")


class Overflow(SimpleUploadedFile):
    """In place of a file with which all that was sent at once grew too large."""


class BoundedUpload(FileUploadHandler):
    """First of the handlers: counts a file while it arrives and passes nothing on past the limits."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.before = self.size = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        self.size = start + len(raw_data)
        return None if self._too_much() else raw_data

    def file_complete(self, file_size: int) -> UploadedFile[Any] | None:
        too_much = self._too_much()
        self.before, self.size = self.before + file_size, 0
        if not too_much:
            return None  # the next handler keeps it
        kind = SimpleUploadedFile if file_size > settings.MAX_FILE_BYTES else Overflow
        refused = kind(self.file_name or "", b"", self.content_type or "")
        refused.size = file_size
        return refused

    def _too_much(self) -> bool:
        return self.size > settings.MAX_FILE_BYTES or self.before + self.size > settings.MAX_UPLOAD_BYTES


def checked_size(upload: UploadedFile[Any], most: int | None = None) -> UploadedFile[Any]:
    """The file, if it is small enough to be read into memory at all (`most` bytes where a page takes less)."""
    if isinstance(upload, Overflow):
        told = f"{settings.MAX_UPLOAD_BYTES // MEGABYTE} MB"
        raise InvalidInput(
            Said(
                f"Các tệp gửi một lần nặng quá {told}. Hãy gửi làm nhiều lần.",
                f"The files sent at once are larger than {told}. Send them in parts.",
            )
        )
    limit = min(most or settings.MAX_FILE_BYTES, settings.MAX_FILE_BYTES)
    if (upload.size or 0) > limit:
        told = f"{limit // MEGABYTE} MB" if limit >= MEGABYTE else f"{limit // 1024} kB"
        raise InvalidInput(
            Said(
                f"Tệp nặng quá {told}. Hãy nén hoặc tách tệp rồi gửi lại.",
                f"The file is larger than {told}. Compress or split it and send it again.",
            )
        )
    return upload


def sent_file(request: HttpRequest, name: str, *, missing: str, most: int | None = None) -> UploadedFile[Any]:
    """The file of one field; `missing` says what to choose where there is none."""
    file = request.FILES.get(name)
    if file is None:
        raise InvalidInput(missing)
    return checked_size(file, most)


def sent_papers(request: HttpRequest, name: str) -> list[Paper]:
    """The files of one field; number and sizes are looked at before anything is read."""
    return _papers(request.FILES.getlist(name), MOST, TOO_MANY, name)


def sent_names(request: HttpRequest) -> list[tuple[str, list[str]]]:
    """Of each field with files what they are called, where nothing is read of them."""
    return [(name, [str(one.name) for one in sent]) for name, sent in request.FILES.lists()]


def _papers(files: Sequence[UploadedFile[Any]], most: int, too_many: str, name: str = "") -> list[Paper]:
    if len(files) > most:
        raise InvalidInput(too_many, [Fault(name, too_many)])
    try:
        for file in files:
            checked_size(file)
    except InvalidInput as refusal:
        raise InvalidInput(refusal.message, [Fault(name, refusal.message)]) from refusal
    return [Paper(file.name or "", file.read()) for file in files]


class UploadField(forms.FileField):
    """One file, small enough to be read."""

    def __init__(self, *, accept: str, most: int | None = None, drop: bool = False, **kwargs: Any) -> None:
        look = {"class": "drop"} if drop else {}
        kwargs.setdefault("widget", forms.FileInput(attrs={"accept": accept, **look}))
        kwargs["error_messages"] = {"empty": EMPTY, **kwargs.get("error_messages", {})}
        super().__init__(**kwargs)
        self.most = most

    def clean(self, data: Any, initial: Any = None) -> Any:
        if data:
            _as_error(lambda: checked_size(data, self.most))
        return super().clean(data, initial)


class SeveralFiles(forms.FileInput):
    """Several at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Up to `most` files as a list of `Paper`. `needed`: the domain asks for them in some cases only."""

    def __init__(
        self,
        *,
        accept: str = "",
        most: int = MOST,
        too_many: str = TOO_MANY,
        drop: bool = False,
        needed: bool = False,
        **kwargs: Any,
    ) -> None:
        look = {"accept": accept} | ({"class": "drop"} if drop else {})
        kwargs.setdefault("widget", SeveralFiles(attrs={"multiple": True} | {k: v for k, v in look.items() if v}))
        super().__init__(**kwargs)
        self.most, self.too_many, self.needed = most, too_many, needed

    def clean(self, data: Any, initial: Any = None) -> list[Paper]:
        files: Sequence[Any] = data if isinstance(data, list | tuple) else [data] if data else []
        for file in files or [None]:
            super().clean(file, initial)
        return _as_error(lambda: _papers(files, self.most, self.too_many))


def _as_error(act: Callable[[], Kept]) -> Kept:
    try:
        return act()
    except InvalidInput as refusal:
        raise forms.ValidationError(spoken(refusal.message)) from refusal
