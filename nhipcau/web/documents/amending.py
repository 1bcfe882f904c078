"""Thu hồi, thay thế, đính chính: what a letter does to another one, looked at before it is done."""

from __future__ import annotations

import uuid
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhipcau.core.errors import Conflict, InvalidInput, NotFound
from nhipcau.documents import actions, queries
from nhipcau.documents.lineage.amending import preview
from nhipcau.documents.lineage.amendment_words import proposals
from nhipcau.documents.models import AmendmentKind, Direction, Document, DocumentState
from nhipcau.documents.numbering import key
from nhipcau.documents.rights import LEADERS
from nhipcau.org.scope import Scope
from nhipcau.web.declare import FORM, page
from nhipcau.web.forms import PageForm
from nhipcau.web.request import PageRequest

KINDS = {
    AmendmentKind.RECALL: gettext_lazy("Thu hồi: việc còn dở đóng lại ở mọi cấp, việc đã xong giữ nguyên"),
    AmendmentKind.REPLACE: gettext_lazy("Thay thế: việc còn dở chuyển sang văn bản mới, việc đã xong giữ nguyên"),
    AmendmentKind.CORRECT: gettext_lazy("Đính chính: chỉ ghi chú sai sót về thể thức, việc không đổi"),
}


class AmendForm(PageForm):
    """What is done to which letter; its fields stand in the address."""

    loai = forms.ChoiceField(
        label=gettext_lazy("Việc cần làm"),
        choices=list(KINDS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Hãy chọn thu hồi, thay thế hay đính chính.")},
    )
    so = forms.CharField(
        label=gettext_lazy("Số, ký hiệu của văn bản bị tác động"),
        max_length=60,
        help_text=gettext_lazy("Văn bản đến hoặc đi trong sổ của đơn vị, ví dụ 56/KH-LĐLĐ."),
        error_messages={"required": gettext_lazy("Hãy ghi số, ký hiệu.")},
    )


class NoteForm(PageForm):
    """What was wrong, for a correction."""

    note = forms.CharField(
        label=gettext_lazy("Nội dung đính chính"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Ví dụ: tại trang 2, «quý I» sửa thành «quý II»."),
    )


@page(*LEADERS, methods=FORM)
def amend(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """Choose the letter, see what would be touched, then do it."""
    by = queries.get_document_for(request.scope, uid)
    if by.unit_id != request.scope.unit.pk:
        raise NotFound(queries.ABSENT)
    if "van" in request.GET:
        return _confirmed(request, by)
    form = AmendForm(request.GET if "so" in request.GET else None)
    found: list[Document] = []
    if form.is_bound and form.is_valid():
        found = _numbered(request.scope, form.cleaned_data["so"], by)
        if len(found) == 1:
            return redirect(address(by, form.cleaned_data["loai"], found[0]))
        if not found:
            form.add_error("so", _("Không có văn bản nào mang số này trong sổ của đơn vị."))
    context = {
        "form": form,
        "document": by,
        "found": [(one, address(by, form.cleaned_data["loai"], one)) for one in found],
        "proposed": proposed(by),
        "crumbs": _crumbs(by),
    }
    return render(request, "web/documents/amend.html", context, status=422 if form.errors else 200)


def _confirmed(request: PageRequest, by: Document) -> HttpResponse:
    target = queries.get_document_for(request.scope, request.GET["van"])
    kind = request.GET.get("loai", "")
    if kind not in AmendmentKind.values:
        raise NotFound("Chỉ có thu hồi, thay thế và đính chính.")
    chosen = AmendmentKind(kind)
    actor, at = request.scope.post, request.moment
    form = NoteForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        note = form.cleaned_data["note"] if chosen == AmendmentKind.CORRECT else ""
        try:
            actions.amend(by=by, target=target, kind=chosen, note=note, actor=actor, at=at)
        except InvalidInput as refusal:
            form.take(refusal)
        except Conflict as conflict:
            form.add_error(None, conflict.message)
        else:
            messages.success(request, _("Đã ghi nhận; các đơn vị liên quan thấy ngay trên văn bản và việc."))
            return redirect("documents:document", uid=target.uid)
    context = {
        "form": form,
        "document": by,
        "target": target,
        "kind": chosen,
        "kind_label": KINDS[chosen],
        "preview": preview(by=by, target=target, kind=chosen, actor=actor, at=at),
        "crumbs": _crumbs(by),
    }
    return render(request, "web/documents/amend_confirm.html", context, status=422 if form.errors else 200)


def address(by: Document, kind: str, target: Document) -> str:
    """Where that act is looked at before it is done."""
    query = urlencode({"loai": str(kind), "van": str(target.uid)})
    return f"{reverse('documents:amend', kwargs={'uid': by.uid})}?{query}"


def proposed(by: Document) -> list[tuple[str, Document, str]]:
    """What the letter's words say it does: the kind in words, the letter meant, and where to look at it."""
    return [(one.kind.label, one.target, address(by, one.kind, one.target)) for one in proposals(by)]


def _numbered(scope: Scope, number: str, by: Document) -> list[Document]:
    rows = queries.visible_documents(scope, state=DocumentState.REGISTERED, own_only=True)
    directions = (Direction.INCOMING, Direction.OUTGOING)
    return list(rows.filter(number_key=key(number), direction__in=directions).exclude(pk=by.pk)[:20])


def _crumbs(by: Document) -> list[tuple[str, str]]:
    home = reverse("documents:document", kwargs={"uid": by.uid})
    return [(by.number or _("Văn bản"), home), (_("Thu hồi, thay thế, đính chính"), "")]
