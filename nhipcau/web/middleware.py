"""Compression, language, the post one acts for, and the one translation of domain errors into pages."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import cast
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.urls import reverse
from django.utils import translation
from django.utils.encoding import iri_to_uri
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRedirect

from nhipcau.access.models import Account
from nhipcau.access.queries import next_seat, seats_of
from nhipcau.access.second import lacks_second
from nhipcau.core.clock import local_date
from nhipcau.core.errors import NhipCauError, NotAllowed, NotFound
from nhipcau.core.once import remembering
from nhipcau.core.said import Said
from nhipcau.ops import moment
from nhipcau.ops.troubles import refusal_of
from nhipcau.org.models import Post
from nhipcau.org.scope import Scope
from nhipcau.web import taking
from nhipcau.web.account import proof
from nhipcau.web.account.devices import note_presence
from nhipcau.web.declare import GET, Access, Level, access_of
from nhipcau.web.drawn_for import POST_KEY, stale
from nhipcau.web.failure import METHOD, failure, refusal
from nhipcau.web.request import LANGUAGE_KEY, AccountRequest, AnyRequest

GetResponse = Callable[[HttpRequest], HttpResponseBase]
log = logging.getLogger(__name__)


class CompressionMiddleware(GZipMiddleware):
    """Pages and tables travel compressed, at lengths that vary at random (BREACH); files are so already."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        kind = response.headers.get("Content-Type", "").partition(";")[0]
        if kind.startswith("text/") or kind in {"application/json", "application/xml", "image/svg+xml"}:
            return super().process_response(request, response)
        return response


class LanguageMiddleware:
    """The account's language (kept in its session), else the cookie, else Vietnamese; never the browser's own."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        language = self._choose(request)
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

    @staticmethod
    def _choose(request: HttpRequest) -> str:
        wishes = (request.session.get(LANGUAGE_KEY), request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME))
        known = dict(settings.LANGUAGES)
        return next((wish for wish in wishes if wish in known), settings.LANGUAGE_CODE)


class PostMiddleware:
    """Puts `moment`, `account`, `posts` and `scope` on the request, and lets nobody past what a view declares."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        ours = cast(AnyRequest, request)
        ours.moment = moment.now(request.COOKIES.get(moment.SCENE_COOKIE, ""))
        ours.account = request.user if isinstance(request.user, Account) else None
        ours.posts = seats_of(ours.account, ours.moment) if ours.account else []
        post = _acting(ours)
        ours.scope = Scope(post, ours.moment) if post else None
        ours.first = _first(ours)
        if ours.account:
            note_presence(ours)
        if request.method not in GET:
            response = self.get_response(request)
        else:
            with remembering():  # nothing that a page reads changes while it is drawn
                response = self.get_response(request)
        taking.note(ours, response)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., object], args: object, kwargs: object
    ) -> HttpResponseBase | None:
        access = access_of(view)
        if access is None:
            log.error("Trang %s không khai báo ai được mở nên bị từ chối.", request.path)
            return failure(request, NotFound("Không có trang này."))
        if request.method not in access.methods:
            answer = refusal(request, METHOD)
            answer["Allow"] = ", ".join(access.methods)
            return answer
        return _refuse(cast(AnyRequest, request), access) or _ask_again(request, access)


class DomainErrorMiddleware:
    """Domain errors become pages that say what happened and offer a way on. Other exceptions are faults of ours."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Http404):
            return failure(request, NotFound("Không có trang này."))
        refused = exception if isinstance(exception, NhipCauError) else refusal_of(exception)
        return failure(request, refused) if refused else None


def _acting(request: AnyRequest) -> Post | None:
    """The chosen post if it is still held today, else the first one held."""
    chosen = request.session.get(POST_KEY)
    return next((post for post in request.posts if str(post.uid) == chosen), next(iter(request.posts), None))


def _first(request: AnyRequest) -> str:
    """A second step where it is demanded."""
    account = request.account
    return "security" if account is not None and lacks_second(account, request.posts) else ""


def _refuse(request: AnyRequest, access: Access) -> HttpResponseBase | None:
    """The answer to a visitor who may not open the view, or None to go on."""
    if access.level is Level.PUBLIC:
        return None
    if request.account is None:
        return _to_sign_in(request)
    if request.first and not access.beforehand:
        return _sent_to(request, reverse(request.first))
    if access.level is Level.ACCOUNT:
        return None
    return stale(request) or _refuse_post(request, access)


def _ask_again(request: HttpRequest, access: Access) -> HttpResponseBase | None:
    """For what cannot be taken back: the page that asks for the password, or None to go on."""
    if access.fresh is None or request.method != "POST" or not access.fresh(request.POST):
        return None
    return proof.asked(cast(AccountRequest, request))


def _refuse_post(request: AnyRequest, access: Access) -> HttpResponseBase | None:
    """The answer to an account that acts for no post, or for one without the roles."""
    if request.scope is None:
        return failure(request, NotAllowed(_no_seat(request)))
    try:
        if access.roles:
            request.scope.require_role(*access.roles)
    except NotAllowed as error:
        able = (post for post in request.posts if post.has_role(*access.roles))
        return failure(request, error, [str(post.uid) for post in able] if request.method == "GET" else [])
    return None


def _no_seat(request: AnyRequest) -> Said:
    """Why nothing can be opened, and what to do: wait for the day, look at the other scene, or ask."""
    soon = next_seat(request.account, local_date(request.moment)) if request.account else None
    if soon is None:
        return Said(
            "Hôm nay tài khoản của bạn không giữ chức danh nào. Hãy hỏi người quản trị của đơn vị bạn.",
            "Your account holds no post today. Ask the administrator of your unit.",
        )
    day = f"{soon.valid_from:%d/%m/%Y}"
    vi = f"Hôm nay tài khoản của bạn không giữ chức danh nào; chức danh {soon.post.title} bắt đầu từ {day}."
    en = f"Your account holds no post today; the post {soon.post.title} begins on {day}."
    if moment.scenes():
        vi += " Hãy chọn cảnh sau ngày ấy ở đầu trang."
        en += " Choose the scene after that day at the top of the page."
    return Said(vi, en)


def _to_sign_in(request: AnyRequest) -> HttpResponseBase:
    """To the sign-in page and back: to the page asked for, or to the one a form was sent from.

    A browser that still brings a session was signed in: there the page says that the time is over, and that what
    was just sent has not arrived.
    """
    wanted = request.get_full_path() if request.method in ("GET", "HEAD") and not request.htmx else _from(request)
    query = {} if wanted == "/" else {"next": wanted}
    if settings.SESSION_COOKIE_NAME in request.COOKIES:
        query["het"] = "gui" if request.method == "POST" else "mo"
    return _sent_to(request, f"{settings.LOGIN_URL}{'?' if query else ''}{urlencode(query)}")


def _from(request: AnyRequest) -> str:
    """The page of ours that the request came from; the first page where that is not known."""
    came = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(came, {request.get_host()}, require_https=request.is_secure())
    return iri_to_uri(urlsplit(came)._replace(scheme="", netloc="").geturl()) if came and ours else "/"


def _sent_to(request: AnyRequest, url: str) -> HttpResponseBase:
    """A fragment's answer would land inside the page, so there the browser itself is sent on."""
    return HttpResponseClientRedirect(url) if request.htmx else HttpResponseRedirect(url)
