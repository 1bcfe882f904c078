"""Trình ký: one page for a draft, with its steps; the difference to confirm before the leader's words are kept."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.core import signing as tokens
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from nhipcau.core.errors import InvalidInput, NotFound
from nhipcau.core.periods import parse_period
from nhipcau.documents.models import StoredFile
from nhipcau.documents.outgoing.signedcopy import is_digitally_signed
from nhipcau.documents.rights import OFFICERS, REGISTRARS
from nhipcau.documents.storing import files
from nhipcau.org.queries import holder_of, name_of, names_of
from nhipcau.press.pdf import to_pdf
from nhipcau.reports.design.definition import load
from nhipcau.reports.issuing.drafts import changed_below, get_draft_for, issued_from, restated_by
from nhipcau.reports.issuing.signing import attach_signed, number, paper, preview, read_back, withdraw
from nhipcau.reports.models import SigningDraft, SigningState
from nhipcau.web.account.proof import soon_stale
from nhipcau.web.declare import FORM, page, when
from nhipcau.web.forms import PageForm
from nhipcau.web.reports.branches import Branch
from nhipcau.web.reports.signing_forms import EditedForm, NumberForm, SignedForm, WithdrawForm
from nhipcau.web.request import PageRequest
from nhipcau.web.words import in_words, named

SALT = "read-back"
A_DAY = 24 * 3600
TONES = {SigningState.OUT: "warn", SigningState.NUMBERED: "info", SigningState.ISSUED: "good"}


@page(methods=FORM, fresh=when("buoc", "ban-ky"))
def signing(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """The draft and its steps; `buoc` says which one is taken: doc, giu, so, ban-ky, rut."""
    draft = get_draft_for(request.scope, uid)
    if request.method != "POST":
        return _page(request, draft)
    step = STEPS.get(request.POST.get("buoc", ""))
    if step is None:
        raise InvalidInput(_("Hãy chọn một bước trên trang."))
    return step(request, draft)


@page(takes="reports.draft_taken", of="signing")
def signing_file(request: PageRequest, uid: uuid.UUID, kind: str) -> HttpResponse:
    """The draft as it stands, as .docx or PDF: blank, or numbered and dated."""
    draft = get_draft_for(request.scope, uid)
    letter = draft.document
    stem = f"{letter.number.replace('/', '-')}" if letter else f"trinh-ky-{draft.version.template.code}"
    name = f"{stem}-{draft.period}.{kind}" if letter is None else f"{stem}.{kind}"
    if kind == "docx":
        kept = letter.original if letter is not None and letter.original else draft.docx
        return attachment(files.read(kept), name, kept.media_type)
    if kind == "pdf":
        return attachment(to_pdf(paper(draft)), name, "application/pdf")
    raise NotFound(_("Bản trình ký chỉ có tệp .docx và .pdf."))


def attachment(data: bytes, name: str, media_type: str) -> HttpResponse:
    """A file to keep, never shown in the page."""
    response = HttpResponse(data, content_type=media_type)
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    return response


def _look(request: PageRequest, draft: SigningDraft) -> HttpResponse:
    """Read the leader's file and show the difference; nothing is kept yet."""
    form = EditedForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, draft, form)
    upload = form.cleaned_data["file"]
    data = upload.read()
    try:
        found = preview(draft=draft, data=data, name=upload.name or "", actor=request.scope.post, at=request.moment)
    except InvalidInput as refusal:
        return _page(request, draft, refusal=refusal)
    if not found.changes:
        messages.info(request, _("Lời văn trong tệp không khác bản trình ký; không có gì phải giữ."))
        return redirect("reports:signing", uid=draft.uid)
    kept = {"draft": str(draft.uid), "sha256": files.write(data), "name": upload.name}
    context = {**_head(request, draft), "found": found, "token": tokens.dumps(kept, salt=SALT)}
    return render(request, "web/reports/signing_changes.html", context)


def _keep(request: PageRequest, draft: SigningDraft) -> HttpResponse:
    """The difference was confirmed: keep the words of that very file."""
    try:
        kept = tokens.loads(request.POST.get("tep", ""), salt=SALT, max_age=A_DAY)
    except tokens.BadSignature as error:
        raise InvalidInput(_("Trang xem khác biệt đã cũ; hãy gửi lại tệp.")) from error
    if kept["draft"] != str(draft.uid):
        raise InvalidInput(_("Tệp này đã gửi cho một bản trình ký khác; hãy gửi lại tệp."))
    data = files.read(StoredFile(sha256=kept["sha256"]))
    try:
        read_back(draft=draft, data=data, name=kept["name"], actor=request.scope.post, at=request.moment)
    except InvalidInput as refusal:
        return _page(request, draft, refusal=refusal)
    messages.success(request, _("Đã giữ lời văn lãnh đạo sửa. Bản trình ký đã được dàn lại."))
    return redirect("reports:signing", uid=draft.uid)


def _number(request: PageRequest, draft: SigningDraft) -> HttpResponse:
    form = NumberForm(request.POST, changed=bool(changed_below(draft)))
    if form.is_valid():
        try:
            done = number(
                draft=draft,
                signed_on=form.cleaned_data["signed_on"],
                as_sealed=form.cleaned_data.get("as_sealed", False),
                actor=request.scope.post,
                at=request.moment,
            )
        except InvalidInput as refusal:
            form.take(refusal)
        else:
            given = done.document.number if done.document else ""
            messages.success(request, _("Đã cấp số %(number)s. Chưa phát hành.") % {"number": given})
            return redirect("reports:signing", uid=draft.uid)
    return _page(request, draft, form)


def _attach(request: PageRequest, draft: SigningDraft) -> HttpResponse:
    form = SignedForm(request.POST, request.FILES)
    if form.is_valid():
        upload = form.cleaned_data["file"]
        data = upload.read()
        try:
            made = attach_signed(
                draft=draft,
                data=data,
                name=upload.name or "",
                sure=form.cleaned_data["sure"],
                actor=request.scope.post,
                at=request.moment,
            )
        except InvalidInput as refusal:
            form.take(refusal)
        else:
            told = _("Đã phát hành báo cáo số %(number)s.") % {"number": made.document.number}
            if is_digitally_signed(data):
                told = f"{told} {_('Tệp có chữ ký số; hệ thống chưa kiểm tra chữ ký có hợp lệ hay không.')}"
            messages.success(request, told)
            return redirect("reports:issued", uid=made.uid)
    return _page(request, draft, form)


def _withdraw(request: PageRequest, draft: SigningDraft) -> HttpResponse:
    form = WithdrawForm(request.POST)
    if form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            withdraw(draft=draft, reason=reason, actor=request.scope.post, at=request.moment)
        except InvalidInput as refusal:
            form.take(refusal)
        else:
            messages.success(request, _("Đã rút bản trình ký. Có thể mở bản mới với số liệu hiện nay."))
            return redirect(_branch(draft).url("issue"))
    return _page(request, draft, form)


STEPS: dict[str, Callable[[PageRequest, SigningDraft], HttpResponse]] = {
    "doc": _look,
    "giu": _keep,
    "so": _number,
    "ban-ky": _attach,
    "rut": _withdraw,
}


def _branch(draft: SigningDraft) -> Branch:
    definition = load(draft.version.definition)
    return Branch(draft.version, definition, parse_period(draft.period), draft.unit)


def _head(request: PageRequest, draft: SigningDraft) -> dict[str, object]:
    branch, day = _branch(draft), request.scope.day
    holder = holder_of(draft.signer, day)
    return {
        "draft": draft,
        "name": named(branch.definition),
        "period": in_words(branch.period),
        "unit_name": name_of(draft.unit, day).name,
        "signer": f"{draft.signer.title}, {holder.person.name}" if holder else draft.signer.title,
        "tone": TONES.get(SigningState(draft.state), "neutral"),
        "figures_url": branch.url("consolidated"),
        "issue_url": branch.url("issue"),
        "restates": restated_by(draft),
    }


def _page(
    request: PageRequest, draft: SigningDraft, form: PageForm | None = None, refusal: InvalidInput | None = None
) -> HttpResponse:
    """The steps, with the form that was sent and refused in its place."""
    post = request.scope.post
    changed = changed_below(draft) if draft.state == SigningState.OUT else []
    names = names_of({flag.cause.unit_id for flag in changed}, request.scope.day)
    # Two forms of one page must not share the ids of their fields.
    fresh: list[PageForm] = [
        EditedForm(auto_id="id_sua_%s"),
        NumberForm(initial={"signed_on": request.scope.day}, changed=bool(changed)),
        SignedForm(),
        WithdrawForm(),
    ]
    edited, numbering, sealed, leaving = (form if form and type(form) is type(one) else one for one in fresh)
    context = {
        **_head(request, draft),
        "changed": sorted(names.values(), key=lambda name: name.sort_key),
        "edited": edited,
        "numbering": numbering,
        "sealed": sealed,
        "leaving": leaving,
        "leaving_open": form is leaving,
        "may_edit": post.has_role(*OFFICERS),
        "may_number": post.has_role(*REGISTRARS),
        "out": draft.state == SigningState.OUT,
        "numbered": draft.state == SigningState.NUMBERED,
        "made": issued_from(draft) if draft.state == SigningState.ISSUED else None,
        "withdrawn": draft.state == SigningState.WITHDRAWN,
        "refusal": refusal,
        "unproved": soon_stale(request),
    }
    return render(request, "web/reports/signing.html", context, status=422 if form or refusal else 200)
