"""A form that is sent twice (pressed twice, sent again after a lost answer, or after going back) is done once.

Every form already carries what tells one drawing of its page from another: Django masks the token of
`{% csrf_token %}` anew each time. The same content from the same drawing, by the same account to the same address,
is answered as it was the first time. Changed content is another form; a refusal is forgotten, so that what was
corrected can be sent. htmx saves as one types and is left alone, and so are pages that declare `repeats`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from http import HTTPStatus
from itertools import chain

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from nhipcau.access.form_models import SentForm
from nhipcau.access.sent import begin, finish
from nhipcau.core.clock import SystemClock
from nhipcau.web.declare import access_of
from nhipcau.web.failure import IN_HAND, refusal

FIELD = "csrfmiddlewaretoken"
TRIES, PAUSE = 40, 0.25  # how long the second waits for the answer to the first: ten seconds
_KEPT = {HTTPStatus.FOUND, HTTPStatus.SEE_OTHER}

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class TwiceMiddleware:
    """Stands inside PostMiddleware: what that refuses was never sent."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answer = self.get_response(request)
        mine: SentForm | None = getattr(request, "sent_form", None)
        if mine is not None:
            finish(mine, answer["Location"] if answer.status_code in _KEPT else "")
        return answer

    def process_view(
        self, request: HttpRequest, view: Callable[..., object], args: object, kwargs: object
    ) -> HttpResponseBase | None:
        access = access_of(view)
        if access is None or access.repeats or not _counts(request):
            return None
        page, said = _page(request), _said(request)
        for _try in range(TRIES):
            form, mine = begin(page=page, said=said, at=SystemClock().now())
            if mine:
                request.sent_form = form  # type: ignore[attr-defined]  # read again in __call__
                return None
            if form.location:
                return _again(request, form.location)
            time.sleep(PAUSE)
        return refusal(request, IN_HAND)


def _counts(request: HttpRequest) -> bool:
    known = request.method == "POST" and request.user.is_authenticated
    return bool(known and not getattr(request, "htmx", False) and request.POST.get(FIELD))


def _page(request: HttpRequest) -> str:
    return _digest((str(request.user.pk), request.get_full_path(), request.POST[FIELD]))


def _said(request: HttpRequest) -> str:
    typed = sorted((name, values) for name, values in request.POST.lists() if name != FIELD)
    words = (part for name, values in typed for part in (name, str(len(values)), *map(str, values)))
    return _digest(chain(words, _files(request)))


def _files(request: HttpRequest) -> Iterator[str | bytes]:
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            yield from (name, str(file.name), str(file.size))
            if (file.size or 0) <= settings.MAX_FILE_BYTES:  # a larger one is refused before a byte of it is read
                yield from file.chunks()
                file.seek(0)


def _digest(parts: Iterator[str | bytes] | tuple[str, ...]) -> str:
    """Keyed, as a form may hold a password; every part with its length, so that no two runs together are alike."""
    made = salted_hmac("nhipcau.web.twice", "", algorithm="sha256")
    for part in parts:
        read = part.encode() if isinstance(part, str) else part
        made.update(b"%d:" % len(read) + read)
    return made.hexdigest()


def _again(request: HttpRequest, location: str) -> HttpResponseBase:
    told = _("Biểu mẫu này đã gửi rồi nên không ghi thêm lần nữa. Muốn ghi thêm, hãy tải lại trang có biểu mẫu.")
    messages.info(request, told)
    return HttpResponseRedirect(location)
