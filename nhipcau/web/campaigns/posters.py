"""Posters to hang up, and the QR code alone. Every unit that takes part can print them."""

from __future__ import annotations

import uuid

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhipcau.campaigns import queries
from nhipcau.campaigns.models import Campaign, Material, MaterialKind
from nhipcau.campaigns.pages import blocks
from nhipcau.core.errors import Conflict, NotFound
from nhipcau.org.queries import name_of
from nhipcau.press import qr
from nhipcau.press.poster import Poster, to_pdf
from nhipcau.web.declare import page
from nhipcau.web.forms import PageForm
from nhipcau.web.request import PageRequest
from nhipcau.web.sending import download

_PICTURES = {"svg": (qr.svg, "image/svg+xml"), "png": (qr.png, "image/png")}


class PosterForm(PageForm):
    """Where the code leads, and whose points are printed."""

    bai = forms.ChoiceField(label=gettext_lazy("Mã QR dẫn tới"), required=False)
    y = forms.ChoiceField(label=gettext_lazy("In các ý của trang"), required=False)

    def __init__(self, campaign: Campaign, pages: list[Material], *args: object) -> None:
        super().__init__(*args)
        quizzes = [(str(one.number), one.title) for one in queries.open_quizzes(campaign)]
        self._offer("bai", [*quizzes, ("", _("Trang của chiến dịch"))])
        self._offer("y", [("", _("Không in")), *((str(one.uid), one.versions.all()[0].title) for one in pages)])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        """The first choice stands until another is made; nothing has to be chosen."""
        field = self.fields[name]
        field.choices, field.initial, field.needed = choices, choices[0][0], True  # type: ignore[attr-defined]


@page()
def poster(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """Choose, then print."""
    campaign = _with_address(request, uid)
    form = PosterForm(campaign, _pages(campaign), request.GET or None)
    form.is_valid()
    quizzes = [(one.title, _address(campaign, one.number)) for one in queries.open_quizzes(campaign)]
    addresses = [*quizzes, (_("Trang của chiến dịch"), _address(campaign))]
    context = {"campaign": campaign, "form": form, "addresses": addresses}
    return render(request, "web/campaigns/poster.html", context)


@page(takes="campaigns.poster_taken", of="campaign")
def poster_pdf(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """The poster, A4. It is in Vietnamese, for those who pass by."""
    campaign = _with_address(request, uid)
    address, to_quiz = _leads_to(request, campaign)
    what = "làm bài trắc nghiệm" if to_quiz else "xem tài liệu, làm trắc nghiệm"
    printed = Poster(
        issuer=name_of(campaign.unit, request.scope.day).name,
        title=campaign.name,
        period=f"{campaign.first_day:%d/%m/%Y} – {campaign.last_day:%d/%m/%Y}",
        lead=campaign.purpose,
        points=_points(request, campaign),
        invitation=f"Quét mã để {what}; không cần tài khoản, không hỏi tên",
        address=address,
        printed_on=request.scope.day,
    )
    return download(to_pdf(printed), "ap-phich.pdf", "application/pdf")


@page()
def code(request: PageRequest, uid: uuid.UUID, kind: str) -> HttpResponse:
    """The QR code alone, as SVG or PNG."""
    campaign = _with_address(request, uid)
    if kind not in _PICTURES:
        raise NotFound("Mã QR chỉ có ở dạng SVG và PNG.")
    make, media_type = _PICTURES[kind]
    return download(make(_leads_to(request, campaign)[0]), f"ma-qr.{kind}", media_type)


def _with_address(request: PageRequest, uid: uuid.UUID) -> Campaign:
    campaign = queries.get_campaign_for(request.scope, uid)
    if not campaign.token:
        raise Conflict("Chiến dịch có địa chỉ và mã QR sau khi mở.")
    return campaign


def _leads_to(request: PageRequest, campaign: Campaign) -> tuple[str, bool]:
    """The address behind the code, and whether it is a quiz; without a wish the first quiz that is open."""
    numbers = [one.number for one in queries.open_quizzes(campaign)]
    wanted = request.GET.get("bai", str(numbers[0]) if numbers else "")
    if wanted == "":
        return _address(campaign), False
    if wanted not in map(str, numbers):
        raise NotFound("Không có bài trắc nghiệm này trong chiến dịch.")
    return _address(campaign, int(wanted)), True


def _address(campaign: Campaign, quiz: int | None = None) -> str:
    """Of a quiz, else of the campaign's own page."""
    if quiz is None:
        return settings.SITE_URL + reverse("campaign_front", kwargs={"token": campaign.token})
    return settings.SITE_URL + reverse("campaign_quiz", kwargs={"token": campaign.token, "number": quiz})


def _pages(campaign: Campaign) -> list[Material]:
    return [one for one in queries.shown_materials(campaign) if one.kind == MaterialKind.PAGE]


def _points(request: PageRequest, campaign: Campaign) -> list[str]:
    """The points of the chosen page; its paragraphs where it has none."""
    wanted = request.GET.get("y", "")
    if not wanted:
        return []
    found = blocks(queries.get_material(campaign, wanted).versions.all()[0].text)
    points = [line for block in found if block.kind == "points" for line in block.lines]
    return points or [block.text for block in found if block.kind == "paragraph"]
