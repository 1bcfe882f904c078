"""Thiết bị đang đăng nhập: the list, and ending one or all the others."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from nhipcau.access.devices import devices_of, end_device, end_others, follow, seen, signed_in
from nhipcau.access.models import Account
from nhipcau.web.declare import FORM
from nhipcau.web.declare import signed_in as for_accounts
from nhipcau.web.request import AccountRequest, AnyRequest

NOTED, OTHERS = "device", "khac"
OFTEN = 10 * 60  # seconds between two notes that a device is still there
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("coc_coc", "Cốc Cốc"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("Chrome", "Chrome"),
    ("CriOS", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


def words_of(agent: str) -> str:
    """A browser as its officer calls it: "Chrome, Android"; "" for one that says nothing known."""
    found = (next((name for mark, name in table if mark in agent), "") for table in (_BROWSERS, _SYSTEMS))
    return ", ".join(filter(None, found))


def note_entry(request: HttpRequest, account: Account) -> None:
    """The account has just been let in by this request."""
    if not request.session.session_key:
        request.session.save()
    moment = request.moment  # type: ignore[attr-defined]
    request.session[NOTED] = True
    words = words_of(request.headers.get("User-Agent", ""))
    signed_in(account=account, session_key=str(request.session.session_key), words=words, at=moment)


def note_presence(request: AnyRequest) -> None:
    """Now and then: that the device is still there. The session is not written: its twelve hours stay twelve."""
    key = str(request.session.session_key)
    if request.session.get(NOTED) and caches["process"].add(f"seen:{key}", 1, OFTEN):
        seen(session_key=key, at=request.moment)


def keep_this_device(request: AccountRequest, account: Account) -> None:
    """After a change of password: this session goes on, all others of the account are over."""
    old = request.session.session_key
    update_session_auth_hash(request, account)
    follow(old=old, new=request.session.session_key)
    end_others(account=account, but=request.session.session_key, at=request.moment)


@for_accounts(methods=FORM)
def index(request: AccountRequest) -> HttpResponse:
    """`thiet-bi`: the one to sign out, or "khac" for all but this."""
    account, own = request.account, request.session.session_key
    if request.method == "POST":
        _end(request, request.POST.get("thiet-bi", ""))
        return redirect("devices")
    rows = [(device, device.session_key == own) for device in devices_of(account)]
    context = {"devices": rows, "others": any(not here for _device, here in rows)}
    return render(request, "web/account/devices.html", context)


def _end(request: AccountRequest, wanted: str) -> None:
    account, at = request.account, request.moment
    if wanted == OTHERS:
        end_others(account=account, but=request.session.session_key, at=at)
        messages.success(request, _("Các thiết bị khác đã bị đăng xuất."))
    else:
        end_device(account=account, device=wanted, at=at)
        messages.success(request, _("Thiết bị ấy đã bị đăng xuất."))
