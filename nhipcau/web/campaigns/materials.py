"""Materials of a campaign: read, written anew, withdrawn."""

from __future__ import annotations

import uuid

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhipcau.campaigns import queries
from nhipcau.campaigns.materials import MOST_TEXT, MaterialInput, add_material, revise_material, withdraw_material
from nhipcau.campaigns.models import Campaign, CampaignState, Material, MaterialKind, MaterialVersion
from nhipcau.campaigns.pages import blocks
from nhipcau.core.errors import InvalidInput, NotFound
from nhipcau.documents.storing import files
from nhipcau.documents.storing.evidence import Paper
from nhipcau.web.declare import FORM, POST, page
from nhipcau.web.forms import PageForm
from nhipcau.web.request import PageRequest
from nhipcau.web.sending import download
from nhipcau.web.stale import EditForm
from nhipcau.web.uploads import UploadField


class MaterialForm(EditForm):
    """A page or a file. What changed is asked from the second version on."""

    anew = frozenset({"changed"})

    title = forms.CharField(label=gettext_lazy("Tên tài liệu"), max_length=200)
    text = forms.CharField(
        label=gettext_lazy("Nội dung"),
        max_length=MOST_TEXT,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text=gettext_lazy(
            "Dòng bắt đầu bằng # là tiêu đề, bằng - là gạch đầu dòng; để một dòng trống giữa hai đoạn."
        ),
    )
    paper = UploadField(
        accept=".pdf,.docx,.xlsx,.txt",
        label=gettext_lazy("Tệp"),
        required=False,
        help_text=gettext_lazy("Một tệp .pdf, .docx, .xlsx hoặc .txt; không gửi ảnh, danh sách có tên người."),
    )
    changed = forms.CharField(label=gettext_lazy("Bản này có gì mới"), max_length=500)
    public = forms.BooleanField(
        label=gettext_lazy("Ai có mã QR của chiến dịch cũng đọc được"),
        required=False,
        help_text=gettext_lazy("Đoàn viên không có tài khoản; tài liệu cho đoàn viên thì chọn ô này."),
    )
    number = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, kind: MaterialKind, *args: object, first: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["paper" if kind == MaterialKind.PAGE else "text"]
        if first:
            del self.fields["changed"]

    def given(self) -> MaterialInput:
        """What the domain takes; only after `is_valid`."""
        data = self.cleaned_data
        file = data.get("paper")
        return MaterialInput(
            title=data["title"],
            text=data.get("text", ""),
            paper=Paper(file.name or "", file.read()) if file else None,
            changed=data.get("changed", ""),
            public=data["public"],
        )


class WithdrawForm(PageForm):
    """Why it is taken from the readers."""

    reason = forms.CharField(label=gettext_lazy("Lý do rút"), max_length=250)


@page()
def material(request: PageRequest, uid: uuid.UUID, material: uuid.UUID) -> HttpResponse:
    """One material as it stands now, what changed in it, and what stood before (`?ban=`)."""
    campaign = queries.get_campaign_for(request.scope, uid)
    found = queries.get_material(campaign, material)
    return _shown(request, campaign, found, WithdrawForm())


@page(takes="campaigns.material_taken", of="campaign")
def material_file(request: PageRequest, uid: uuid.UUID, material: uuid.UUID) -> HttpResponse:
    """The file of a version (`?ban=`), else of the newest."""
    campaign = queries.get_campaign_for(request.scope, uid)
    return file_of(_version(request, queries.get_material(campaign, material)))


@page(methods=FORM)
def add(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """A page, or with `?loai=tep` a file."""
    campaign = queries.get_own_campaign(request.scope, uid)
    kind = MaterialKind.FILE if request.GET.get("loai") == "tep" else MaterialKind.PAGE
    form = MaterialForm(kind, request.POST or None, request.FILES or None, first=True)
    if form.is_bound and form.is_valid():
        try:
            made = add_material(
                campaign=campaign, kind=kind, given=form.given(), actor=request.scope.post, at=request.moment
            )
        except InvalidInput as refusal:
            form.take(refusal)
        else:
            messages.success(request, _("Đã thêm tài liệu."))
            return redirect("campaigns:material", uid=uid, material=made.uid)
    context = {"campaign": campaign, "form": form, "kind": kind, "material": None}
    return render(request, "web/campaigns/material_edit.html", context, status=422 if form.errors else 200)


@page(methods=FORM)
def revise(request: PageRequest, uid: uuid.UUID, material: uuid.UUID) -> HttpResponse:
    """A new version, saying what is new."""
    campaign = queries.get_own_campaign(request.scope, uid)
    found = queries.get_material(campaign, material)
    kind, newest = MaterialKind(found.kind), found.versions.all()[0]
    initial = {"title": newest.title, "text": newest.text, "public": found.public, "number": newest.number}
    form = MaterialForm(kind, request.POST or None, request.FILES or None, initial=initial, first=False)
    if form.is_bound and form.is_valid():
        number = form.cleaned_data["number"] or 0
        try:
            revise_material(
                material=found, given=form.given(), number=number, actor=request.scope.post, at=request.moment
            )
        except InvalidInput as refusal:
            form.take(refusal)
        else:
            messages.success(request, _("Đã ra bản mới; bản cũ vẫn còn để xem lại."))
            return redirect("campaigns:material", uid=uid, material=found.uid)
    context = {"campaign": campaign, "form": form, "kind": kind, "material": found, "newest": newest}
    return render(request, "web/campaigns/material_edit.html", context, status=422 if form.errors else 200)


@page(methods=POST)
def withdraw(request: PageRequest, uid: uuid.UUID, material: uuid.UUID) -> HttpResponse:
    """Take it from the readers."""
    campaign = queries.get_own_campaign(request.scope, uid)
    found = queries.get_material(campaign, material)
    form = WithdrawForm(request.POST)
    if form.is_valid():
        try:
            withdraw_material(
                material=found, reason=form.cleaned_data["reason"], actor=request.scope.post, at=request.moment
            )
        except InvalidInput as refusal:
            form.take(refusal)
        else:
            messages.success(request, _("Đã rút tài liệu."))
            return redirect("campaigns:campaign", uid=uid)
    return _shown(request, campaign, found, form)


def file_of(version: MaterialVersion) -> HttpResponse:
    """The file of a version as a download; NotFound for a page."""
    if version.file is None:
        raise NotFound("Tài liệu này không phải là tệp.")
    return download(files.read(version.file), version.name, version.file.media_type)


def _shown(request: PageRequest, campaign: Campaign, found: Material, form: WithdrawForm) -> HttpResponse:
    version = _version(request, found)
    newest = found.versions.all()[0]
    running = campaign.state in (CampaignState.DRAFT, CampaignState.OPEN)
    context = {
        "campaign": campaign,
        "material": found,
        "version": version,
        "versions": list(found.versions.all()),
        "is_newest": version == newest,
        "blocks": blocks(version.text),
        "may_edit": running and campaign.unit_id == request.scope.unit.pk,
        "form": form,
    }
    return render(request, "web/campaigns/material.html", context, status=422 if form.errors else 200)


def _version(request: PageRequest, found: Material) -> MaterialVersion:
    asked = request.GET.get("ban", "")
    versions = list(found.versions.all())
    chosen = next((one for one in versions if str(one.number) == asked), None) if asked else versions[0]
    if chosen is None:
        raise NotFound("Tài liệu này không có bản ấy.")
    return chosen
