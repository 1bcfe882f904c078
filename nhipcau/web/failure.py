"""One page (or, for htmx, one fragment) for every domain error: what happened, where, and a way on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from nhipcau.core.clock import SystemClock
from nhipcau.core.errors import (
    Conflict,
    Fault,
    InvalidInput,
    MissingProgram,
    NhipCauError,
    NoAnswer,
    NoRoom,
    NotAllowed,
    NotFound,
)
from nhipcau.ops.troubles import Trouble, trouble_of


@dataclass(frozen=True)
class Kind:
    """How one class of error is answered: status, heading and what to do; `message` where no error brings one.
    `wait`: in how many seconds the same may be asked again."""

    status: int
    title: object
    advice: object
    message: object = ""
    wait: int = 0


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
        NoRoom,
        Kind(503, _("Máy chủ đã hết chỗ lưu"), _("Những gì đã lưu trước đó vẫn còn."), wait=60),
    ),
    (
        NoAnswer,
        Kind(503, _("Kho tệp của máy chủ không trả lời"), _("Hãy đợi vài phút rồi làm lại."), wait=10),
    ),
    (
        NhipCauError,
        Kind(422, _("Chưa làm được việc này"), _("Hãy quay lại và thử lại.")),
    ),
)


# What happens before any page of ours is asked, by its status.
METHOD = Kind(
    405,
    _("Trang này không mở theo cách ấy"),
    _("Hãy quay lại trang trước và bấm nút trên trang, thay vì mở hoặc tải lại địa chỉ của bước gửi."),
    _("Địa chỉ này là một bước của trang khác, không mở trực tiếp được."),
)
UNREADABLE = Kind(
    400,
    _("Yêu cầu không đọc được"),
    _("Hãy quay lại, tải lại trang rồi thử lại."),
    _("Máy chủ không hiểu yêu cầu vừa gửi."),
)
TOO_LARGE = Kind(
    413,
    _("Nội dung gửi lên quá lớn"),
    _("Hãy chia thành nhiều lần gửi, hoặc đính kèm tệp thay vì dán cả nội dung vào ô."),
    _("Máy chủ không nhận một lần gửi lớn như vậy, nên nội dung vừa gửi chưa được lưu."),
)
OUTDATED = Kind(
    403,
    _("Trang đã để quá lâu"),
    _("Hãy quay lại, tải lại trang rồi gửi lần nữa; nếu đã đăng xuất ở nơi khác, hãy đăng nhập lại trước."),
    _("Phiên làm việc của trang này không còn, nên nội dung vừa gửi chưa được nhận."),
)
OURS = Kind(
    500,
    _("Máy chủ gặp lỗi"),
    _("Hãy thử lại sau ít phút. Nếu vẫn vậy, hãy báo người quản trị máy chủ địa chỉ trang và giờ ghi dưới đây."),
    _("Lỗi này là của chúng tôi, không phải của bạn, và đã được ghi lại. Những gì đã lưu trước đó vẫn còn."),
)
NO_DATABASE = Kind(
    503,
    _("Máy chủ chưa nối được với cơ sở dữ liệu"),
    _("Số liệu đã lưu không bị mất. Hãy đợi vài phút rồi tải lại; nếu vẫn vậy, hãy báo người quản trị máy chủ."),
    _("Trang này chưa mở được, và nội dung vừa gửi (nếu có) chưa được lưu."),
    wait=10,
)
UPGRADING = Kind(
    503,
    _("Phần mềm đang được nâng cấp"),
    _("Người quản trị máy chủ cần chạy xong bước «nhipcau migrate». Hãy đợi vài phút rồi tải lại trang."),
    _("Dữ liệu chưa ở dạng mà bản phần mềm mới cần, nên chưa mở trang nào."),
    wait=60,
)
BUSY = Kind(
    503,
    _("Máy chủ đang rất bận"),
    _("Hãy đợi vài giây rồi tải lại hoặc gửi lại. Gửi lại không làm ghi trùng."),
    _("Lúc này có nhiều người cùng làm việc, nên yêu cầu vừa rồi chưa được nhận và chưa lưu gì."),
    wait=5,
)
IN_HAND = Kind(
    409,
    _("Lần gửi trước còn đang làm"),
    _("Hãy đợi vài giây rồi tải lại trang này. Gửi lại không làm ghi trùng."),
    _("Biểu mẫu này vừa được gửi và máy chủ chưa làm xong, nên lần gửi thứ hai chưa làm gì."),
    wait=5,
)
NO_ROOM = Kind(
    503,
    _("Máy chủ đã hết chỗ lưu"),
    _("Hãy báo người quản trị máy chủ dọn ổ đĩa rồi gửi lại. Những gì đã lưu trước đó vẫn còn."),
    _("Ổ đĩa của máy chủ đã đầy, nên nội dung vừa gửi (nếu có) chưa được lưu."),
    wait=60,
)
_TROUBLES = {
    Trouble.AWAY: NO_DATABASE,
    Trouble.BUSY: BUSY,
    Trouble.FULL: NO_ROOM,
    Trouble.BEHIND: UPGRADING,
}


def kind_of_fault(error: BaseException | None) -> Kind:
    """Of what no page foresaw: what the machine is short of, else a fault of ours."""
    trouble = trouble_of(error)
    return _TROUBLES[trouble] if trouble else OURS


def kind_of(error: NhipCauError) -> Kind:
    """The answer for that error."""
    return next(kind for cls, kind in _KINDS if isinstance(error, cls))


def failure(request: HttpRequest, error: NhipCauError, openers: Sequence[str] = ()) -> HttpResponse:
    """The error as a page; as a bare notice where htmx asked, which `app.js` shows without leaving the page.

    `openers`: the person's other posts that may open the same page, which is then one press away.
    """
    faults: tuple[Fault, ...] = error.faults if isinstance(error, InvalidInput) else ()
    told = {"kind": kind_of(error), "message": error.message, "faults": faults, "openers": openers}
    return _shown(request, told)


def refusal(request: HttpRequest, kind: Kind) -> HttpResponse:
    """The same for what was refused before a page of ours was asked."""
    return _shown(request, {"kind": kind, "message": kind.message})


def bare(request: HttpRequest, kind: Kind) -> HttpResponse:
    """The same where nothing may be relied on, the database least: no account, no post, only what is said."""
    language = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    known = language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    context = {"kind": kind, "message": kind.message, "moment": SystemClock().now(), "place": request.path}
    with translation.override(getattr(request, "LANGUAGE_CODE", known)):
        page = loader.render_to_string(_template(request), context)
    return _with_wait(HttpResponse(page, status=kind.status), kind)


def _shown(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    context |= {"page_terms": ()}  # the words of a page that is not shown
    answer = render(request, _template(request), context, status=context["kind"].status)
    return _with_wait(answer, context["kind"])


def _with_wait(answer: HttpResponse, kind: Kind) -> HttpResponse:
    if kind.wait:
        answer["Retry-After"] = str(kind.wait)
    return answer


def _template(request: HttpRequest) -> str:
    return "web/parts/failure.html" if getattr(request, "htmx", False) else "web/failure.html"
