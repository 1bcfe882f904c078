"""One page (or, for htmx, one fragment) for every domain error: what happened, where, and a way on."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from nhipcau.core.errors import (
    Conflict,
    Fault,
    InvalidInput,
    MissingProgram,
    NhipCauError,
    NotAllowed,
    NotFound,
)


@dataclass(frozen=True)
class Kind:
    """How one class of error is answered: status, heading and what to do next."""

    status: int
    title: object
    advice: object


# The first class that fits decides; NhipCauError itself is last.
_KINDS: tuple[tuple[type[NhipCauError], Kind], ...] = (
    (
        NotFound,
        Kind(
            404,
            _("Không tìm thấy"),
            _("Có thể đường dẫn đã cũ, hoặc nội dung này nằm ngoài phạm vi của chức danh bạn đang dùng."),
        ),
    ),
    (
        NotAllowed,
        Kind(
            403,
            _("Bạn chưa có quyền làm việc này"),
            _("Nếu bạn giữ chức danh khác, hãy chọn chức danh ấy ở đầu trang rồi thử lại."),
        ),
    ),
    (
        Conflict,
        Kind(
            409,
            _("Việc này đã thay đổi trong lúc bạn làm"),
            _("Hãy mở lại trang để thấy tình trạng mới nhất rồi làm tiếp."),
        ),
    ),
    (
        InvalidInput,
        Kind(422, _("Chưa nhận được nội dung này"), _("Hãy quay lại, sửa những chỗ nêu trên rồi gửi lại.")),
    ),
    (
        MissingProgram,
        Kind(
            503,
            _("Máy chủ còn thiếu một thành phần"),
            _("Dữ liệu của bạn không bị ảnh hưởng. Hãy báo cho người quản trị máy chủ."),
        ),
    ),
    (
        NhipCauError,
        Kind(422, _("Chưa làm được việc này"), _("Hãy quay lại và thử lại.")),
    ),
)


def kind_of(error: NhipCauError) -> Kind:
    """The answer for that error."""
    return next(kind for cls, kind in _KINDS if isinstance(error, cls))


def failure(request: HttpRequest, error: NhipCauError) -> HttpResponse:
    """The error as a page; as a bare notice where htmx asked, which `app.js` shows without leaving the page."""
    kind = kind_of(error)
    faults: tuple[Fault, ...] = error.faults if isinstance(error, InvalidInput) else ()
    htmx = bool(getattr(request, "htmx", False))
    template = "web/parts/failure.html" if htmx else "web/failure.html"
    context = {"kind": kind, "message": error.message, "faults": faults}
    return render(request, template, context, status=kind.status)
