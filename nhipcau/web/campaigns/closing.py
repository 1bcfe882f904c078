"""The closing report on the pages: figures that lead to their activities, words, signature, number, signed copy."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhipcau.campaigns import closing, queries
from nhipcau.campaigns.closing_paper import document_of
from nhipcau.campaigns.counts import REACHED, reach_in_words
from nhipcau.campaigns.figures import behind, changed_since, keys, total
from nhipcau.campaigns.models import Campaign, CampaignState, ClosingReport, ClosingState
from nhipcau.core.errors import InvalidInput, NotFound
from nhipcau.core.numbers import format_value
from nhipcau.core.official import OfficialDocument
from nhipcau.documents.storing import files, media
from nhipcau.org.queries import names_of
from nhipcau.press.docx import to_docx
from nhipcau.press.pdf import to_pdf
from nhipcau.web.declare import FORM, POST, page
from nhipcau.web.forms import PageForm
from nhipcau.web.reports.signers import signer_of, signers
from nhipcau.web.reports.signing_forms import NumberForm, SignedForm, WithdrawForm
from nhipcau.web.request import PageRequest
from nhipcau.web.sending import download
from nhipcau.web.stale import EditForm

PER_PAGE = 50
_MAKERS: dict[str, tuple[Callable[[OfficialDocument], bytes], str]] = {
    "docx": (to_docx, media.DOCX),
    "pdf": (to_pdf, media.PDF),
}


def _words(label: object) -> forms.CharField:
    return forms.CharField(
        label=label,  # type: ignore[arg-type]
        required=False,
        max_length=closing.MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class ReportForm(EditForm):
    """The holder's words, and who signs."""

    danh_gia = _words(gettext_lazy("Đánh giá chung"))
    kho_khan = _words(gettext_lazy("Khó khăn, hạn chế"))
    kien_nghi = _words(gettext_lazy("Kiến nghị, phương hướng"))
    signer = forms.ChoiceField(label=gettext_lazy("Người ký"))
    authority = forms.CharField(label=gettext_lazy("Thẩm quyền ký"), max_length=200, required=False)


@page(methods=FORM)
def report(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """The report as it stands; the holder writes its words here."""
    campaign, found = _found(request, uid)
    if found is None or found.state != ClosingState.DRAFT or campaign.unit_id != request.scope.unit.pk:
        return _page(request, campaign, found)
    form = _form(request, campaign, found)
    if form.is_bound and form.is_valid():
        try:
            closing.write_report(
                report=found,
                narrative={code: form.cleaned_data[code] for code in ("danh_gia", "kho_khan", "kien_nghi")},
                authority=form.cleaned_data["authority"],
                signer=signer_of(request.scope, campaign.unit, form.cleaned_data["signer"]),
                actor=request.scope.post,
                at=request.moment,
            )
        except InvalidInput as refusal:
            form.take(refusal)
        else:
            messages.success(request, _("Đã lưu lời báo cáo."))
            return redirect("campaigns:report", uid=uid)
    return _page(request, campaign, found, form=form)


@page(methods=POST)
def draft(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """Freeze the figures, or freeze them anew."""
    campaign = queries.get_own_campaign(request.scope, uid)
    closing.draft_report(campaign=campaign, actor=request.scope.post, at=request.moment)
    messages.success(request, _("Đã chốt số liệu; mỗi số dẫn tới các hoạt động làm nên nó."))
    return redirect("campaigns:report", uid=uid)


@page(methods=POST)
def number(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """Number it after signature."""
    campaign, found = _own(request, uid)
    form = NumberForm(request.POST)
    done = _("Đã cấp số; in bản có số, đóng dấu rồi tải bản đã ký lên.")
    if _carried_out(request, form, found, closing.number_report, done):
        return redirect("campaigns:report", uid=uid)
    return _page(request, campaign, found, number_form=form)


@page(methods=POST)
def take_back(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """Strike a number given by mistake."""
    campaign, found = _own(request, uid)
    form = WithdrawForm(request.POST)
    done = _("Đã rút số; số ấy được hủy trong sổ văn bản đi kèm lý do.")
    if _carried_out(request, form, found, closing.take_back, done):
        return redirect("campaigns:report", uid=uid)
    return _page(request, campaign, found, back_form=form)


@page(methods=POST)
def attach(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """The signed copy: with it the report is issued."""
    campaign, found = _own(request, uid)
    form = SignedForm(request.POST, request.FILES)
    if _carried_out(request, form, found, _attach, _("Đã phát hành báo cáo.")):
        return redirect("campaigns:report", uid=uid)
    return _page(request, campaign, found, signed_form=form)


def _attach(*, file: UploadedFile[bytes], sure: bool, **about: Any) -> None:
    closing.attach_signed(data=file.read(), name=file.name or "", sure=sure, **about)


def _carried_out(
    request: PageRequest, form: PageForm, report: ClosingReport, act: Callable[..., object], told: str
) -> bool:
    """Whether a step of the report was taken with what the form says, and said so."""
    about = {"report": report, "actor": request.scope.post, "at": request.moment}
    done = form.done(lambda: act(**form.cleaned_data, **about))
    if done:
        messages.success(request, told)
    return done


@page(takes="campaigns.report_taken", of="campaign")
def report_file(request: PageRequest, uid: uuid.UUID, kind: str) -> HttpResponse:
    """The report as .docx or PDF: with a blank number until it has one; `da-ky` is the signed copy."""
    _campaign, found = _found(request, uid)
    if found is None:
        raise NotFound("Chiến dịch này chưa có báo cáo.")
    if kind == "da-ky" and found.signed_copy is not None:
        return download(files.read(found.signed_copy), found.signed_name, found.signed_copy.media_type)
    if kind not in _MAKERS:
        raise NotFound("Báo cáo này chỉ in ra .docx và .pdf.")
    make, media_type = _MAKERS[kind]
    if found.document is None:
        return download(make(document_of(found)), f"du-thao-bao-cao-chien-dich.{kind}", media_type)
    kept = found.document.original if kind == "docx" else found.pdf
    if kept is None:
        raise NotFound("Báo cáo này chỉ in ra .docx và .pdf.")
    return download(files.read(kept), f"{found.document.number.replace('/', '-')}.{kind}", media_type)


@page()
def sources(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """The activities behind one figure (`?so=`): they add up to it."""
    campaign, found = _found(request, uid)
    key = request.GET.get("so", "")
    if found is None or key not in keys(found.figures) or not request.scope.sees(campaign.unit):
        raise NotFound("Báo cáo này không có số liệu ấy.")
    count = next(one for one in found.figures["counts"] if one["key"] == key)
    listed = behind(found, key)
    page_obj = Paginator(listed, PER_PAGE).get_page(request.GET.get("page"))
    names = names_of([one.activity.unit_id for one in page_obj.object_list], request.scope.day)
    rows = [
        (one.activity, names[one.activity.unit_id].name, format_value(one.values[key], count["decimals"]))
        for one in page_obj.object_list
    ]
    context = {
        "campaign": campaign,
        "count": count,
        "total": format_value(count["value"], count["decimals"]),
        "rows": rows,
        "page_obj": page_obj,
    }
    return render(request, "web/campaigns/report_sources.html", context)


def _found(request: PageRequest, uid: uuid.UUID) -> tuple[Campaign, ClosingReport | None]:
    """The campaign and its report; a report that is not issued is the holder's own business."""
    campaign = queries.get_campaign_for(request.scope, uid)
    rows = ClosingReport.objects.filter(campaign=campaign).select_related(
        "campaign__unit", "document__entry", "document__original", "signer", "signed_copy", "pdf"
    )
    if campaign.unit_id != request.scope.unit.pk:
        found = rows.filter(state=ClosingState.ISSUED).first()
        if found is None:
            raise NotFound("Chiến dịch này chưa có báo cáo.")
        return campaign, found
    return campaign, rows.first()


def _own(request: PageRequest, uid: uuid.UUID) -> tuple[Campaign, ClosingReport]:
    campaign = queries.get_own_campaign(request.scope, uid)
    found = _found(request, uid)[1]
    if found is None:
        raise NotFound("Chiến dịch này chưa có báo cáo.")
    return campaign, found


def _form(request: PageRequest, campaign: Campaign, found: ClosingReport) -> ReportForm:
    initial = {
        **found.narrative,
        "authority": found.authority or "TM. BAN THƯỜNG VỤ",
        "signer": str(found.signer.uid) if found.signer else "",
    }
    form = ReportForm(request.POST or None, initial=initial)
    form.fields["signer"].choices = signers(request.scope, campaign.unit)  # type: ignore[attr-defined]
    return form


def _page(request: PageRequest, campaign: Campaign, found: ClosingReport | None, **asked: PageForm) -> HttpResponse:
    context: dict[str, Any] = {
        "campaign": campaign,
        "report": found,
        "own": campaign.unit_id == request.scope.unit.pk,
    }
    if found is not None:
        context |= _figures(found) | {
            "changed": changed_since(found),
            "traceable": request.scope.sees(campaign.unit),
            "form": asked.get("form") or (_form(request, campaign, found) if found.state == "draft" else None),
            "number_form": asked.get("number_form") or NumberForm(initial={"signed_on": request.scope.day}),
            "back_form": asked.get("back_form") or WithdrawForm(),
            "signed_form": asked.get("signed_form") or SignedForm(),
        }
    else:
        context["closed"] = campaign.state == CampaignState.CLOSED
    wrong = any(form.errors for form in asked.values())
    return render(request, "web/campaigns/report.html", context, status=422 if wrong else 200)


def _figures(found: ClosingReport) -> dict[str, Any]:
    figures = found.figures
    rows = [
        (one["key"], one["label"], format_value(one["value"], one["decimals"]), one["unit"])
        for one in figures["counts"]
    ]
    reach = reach_in_words(total(figures, REACHED), figures["members"]) if REACHED in keys(figures) else ""
    return {"figures": figures, "rows": rows, "reach": reach}
