"""The post a page was drawn for. With two tabs open one may take another post in one of them; a form in the other
still says whom it was drawn for, and is not recorded for whoever sits there now. Nothing typed is lost: the answer
brings it all along, to be sent for the post it was meant for.
"""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from nhipcau.core.errors import Conflict
from nhipcau.org.models import Post
from nhipcau.org.queries import name_of
from nhipcau.org.scope import Scope
from nhipcau.web.failure import failure
from nhipcau.web.offline.replaying import POST as HEADER
from nhipcau.web.request import AnyRequest
from nhipcau.web.uploads import sent_names

POST_KEY = "acting_post"  # in the session: the post taken last, in whatever tab
FIELD, RETURN = "thay-mat", "tro-lai-chuc-danh"
PROOF = "xac-nhan"  # typed once more for what cannot be taken back: written into no page
_OURS = {"csrfmiddlewaretoken", FIELD, RETURN, PROOF}


def stale(request: AnyRequest) -> HttpResponse | None:
    """The answer to a form or fragment drawn for another post than the one taken now, or None to go on.

    Pressing the answer's button sends the same once more and takes the page's own post again.
    """
    drawn = request.headers.get(HEADER) or request.POST.get(FIELD, "")
    if request.scope is None or not drawn or drawn == str(request.scope.post.uid):
        return None
    meant = next((post for post in request.posts if str(post.uid) == drawn), None)
    if meant is not None and request.POST.get(RETURN):
        request.session[POST_KEY] = drawn
        request.scope = Scope(meant, request.moment)
        return None
    return _told(request, request.scope, meant)


def _told(request: AnyRequest, taken: Scope, meant: Post | None) -> HttpResponse:
    if request.htmx:
        text = _("Ở một thẻ khác bạn đã chuyển sang «%(taken)s», nên chưa ghi gì. Hãy tải lại trang này.")
        if meant is not None:
            text = _(
                "Trang này mở cho «%(meant)s», nhưng ở một thẻ khác bạn đã chuyển sang «%(taken)s», "
                "nên chưa ghi gì. Hãy chuyển lại ở thẻ kia rồi làm tiếp ở đây."
            )
        named = {"meant": meant.title if meant else "", "taken": taken.post.title}
        return failure(request, Conflict(text % named))
    context = {
        "taken": _named(taken.post, taken),
        "meant": _named(meant, taken) if meant else "",
        "drawn": str(meant.uid) if meant else "",
        "typed": list(_typed(request)),
        "files": sent_names(request),
        "field": FIELD,
        "again": RETURN,
    }
    return render(request, "web/drawn_for.html", context, status=HTTPStatus.CONFLICT)


def _named(post: Post, taken: Scope) -> str:
    return f"{post.title}, {name_of(post.unit, taken.day).name}"


def _typed(request: HttpRequest) -> Iterator[tuple[str, str]]:
    for name, values in request.POST.lists():
        if name not in _OURS:
            yield from ((name, str(value)) for value in values)
