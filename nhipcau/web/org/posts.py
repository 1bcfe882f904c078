"""Chức danh: the seats of the own unit and those directly below; opened, handed over with their minutes."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhipcau.access.staffing import let_back_in
from nhipcau.core.errors import InvalidInput, NotFound
from nhipcau.core.official import OfficialDocument
from nhipcau.documents.storing import media
from nhipcau.org.handing_over import earliest_end, get_handover_for, hand_over, handovers_of, in_hand
from nhipcau.org.handover_paper import document_of
from nhipcau.org.models import Post, Role
from nhipcau.org.queries import holder_of
from nhipcau.org.scope import Scope
from nhipcau.org.seats import get_managed_for, managed_posts, managed_units, open_post, roles_given_by
from nhipcau.org.vacancies import APPOINTS, may_entrust, may_hand_over, why_not_entrusted
from nhipcau.press.docx import to_docx
from nhipcau.press.pdf import to_pdf
from nhipcau.web.account.codes import slip_of
from nhipcau.web.declare import FORM, POST, always, page
from nhipcau.web.fields import DayField
from nhipcau.web.forms import PageForm
from nhipcau.web.request import PageRequest
from nhipcau.web.sending import download
from nhipcau.web.words import spoken

ON_A_PAGE = 50
_MAKERS: dict[str, tuple[Callable[[OfficialDocument], bytes], str]] = {
    "docx": (to_docx, media.DOCX),
    "pdf": (to_pdf, media.PDF),
}


class PostForm(PageForm):
    """A new seat: where, called what, doing what."""

    unit = forms.ChoiceField(label=gettext_lazy("Đơn vị"))
    title = forms.CharField(
        label=gettext_lazy("Tên chức danh"),
        max_length=160,
        error_messages={"required": gettext_lazy("Hãy ghi tên chức danh.")},
    )
    roles = forms.MultipleChoiceField(
        label=gettext_lazy("Việc được làm"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Hãy chọn ít nhất một việc.")},
    )

    def __init__(self, scope: Scope, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit, roles = self.fields["unit"], self.fields["roles"]
        assert isinstance(unit, forms.ChoiceField)  # noqa: S101 - declared above
        assert isinstance(roles, forms.MultipleChoiceField)  # noqa: S101 - declared above
        unit.choices = [(str(one.uid), getattr(one, "name", "")) for one in managed_units(scope)]
        roles.choices = [(role.value, spoken(role.label)) for role in roles_given_by(scope.post)]


class EndForm(PageForm):
    """From which day on the holder has the post no longer."""

    end = DayField(
        label=gettext_lazy("Thôi giữ từ ngày"),
        help_text=gettext_lazy("Từ ngày này người giữ không còn quyền của chức danh."),
        error_messages={"required": gettext_lazy("Hãy ghi ngày.")},
    )


@page(*APPOINTS)
def index(request: PageRequest) -> HttpResponse:
    """Every post with its holder, unit by unit."""
    listed = Paginator(managed_posts(request.scope), ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "web/org/posts.html", {"page_obj": listed})


@page(*APPOINTS, methods=FORM)
def create(request: PageRequest) -> HttpResponse:
    """A new post, which nobody holds yet."""
    scope = request.scope
    form = PostForm(scope, request.POST if request.method == "POST" else None)
    if form.is_valid():
        typed = form.cleaned_data
        roles = [Role(one) for one in typed["roles"]]
        try:
            post = open_post(
                unit=scope.get_unit(typed["unit"]),
                title=typed["title"],
                roles=roles,
                actor=scope.post,
                at=request.moment,
            )
        except InvalidInput as refusal:
            form.take(refusal)
        else:
            messages.success(request, _("Đã lập chức danh. Bây giờ có thể phân công người giữ."))
            return redirect("org:post", uid=post.uid)
    return render(request, "web/org/post_create.html", {"form": form}, status=422 if form.is_bound else 200)


@page(*APPOINTS, methods=FORM)
def detail(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """Who holds it and held it; here an appointment ends, and its minutes are printed."""
    scope, post = request.scope, get_managed_for(request.scope, uid)
    held = holder_of(post, scope.day)
    first = earliest_end(held, scope.day) if held else scope.day
    form = EndForm(request.POST if request.method == "POST" else None, initial={"end": f"{first:%d/%m/%Y}"})
    if form.done(lambda: hand_over(post=post, **form.cleaned_data, actor=scope.post, at=request.moment)):
        messages.success(request, _("Đã ghi ngày thôi giữ. Hãy in biên bản để hai bên ký."))
        return redirect("org:post", uid=post.uid)
    return _shown(request, post, form, status=422 if form.is_bound else 200)


@page(*APPOINTS, methods=POST, fresh=always)
def reissue(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """A code for the holder, shown once."""
    post = get_managed_for(request.scope, uid)
    handed = let_back_in(post=post, actor=request.scope.post, at=request.moment)
    answer = _shown(request, post, EndForm(), slip=slip_of(request, handed))
    answer["Cache-Control"] = "no-store"
    return answer


@page(*APPOINTS, takes="org.minutes_taken", of="handover")
def minutes(request: PageRequest, uid: uuid.UUID, kind: str) -> HttpResponse:
    """Biên bản bàn giao, as .docx or PDF, as often as it is wanted."""
    found = get_handover_for(request.scope, uid)
    if kind not in _MAKERS:
        raise NotFound("Không có loại tệp này.")
    make, media_type = _MAKERS[kind]
    name = f"bien-ban-ban-giao-{found.appointment.valid_to or found.made_at:%Y%m%d}.{kind}"
    return download(make(document_of(found)), name, media_type)


def _shown(request: PageRequest, post: Post, form: EndForm, status: int = 200, **more: object) -> HttpResponse:
    scope = request.scope
    held, hands_over = holder_of(post, scope.day), may_hand_over(post, scope.post)
    context = {
        "post": post,
        "roles": [spoken(role.label) for role in Role if post.has_role(role)],
        "held": held,
        "own": post.pk == scope.post.pk,
        "entrusts": may_entrust(post, scope.post),
        "why_not": spoken(why_not_entrusted(post, scope.post)),
        "hands_over": hands_over,
        "in_hand": [(spoken(one.title), len(one.rows)) for one in in_hand(post, scope.at)]
        if held and hands_over
        else [],
        "handovers": handovers_of(scope, post),
        "form": form,
        **more,
    }
    return render(request, "web/org/post.html", context, status=status)
