"""Bút phê: a leader says on a telephone who leads, who helps and by when."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from nhipcau.core.text import fold
from nhipcau.documents.models import Document
from nhipcau.documents.queries import get_document_for
from nhipcau.documents.rights import LEADERS
from nhipcau.org.models import Post, Unit
from nhipcau.org.queries import children_of, departments_of, name_of, names_of, posts_with_role
from nhipcau.org.scope import Scope
from nhipcau.org.searching import search_units
from nhipcau.tasks import actions
from nhipcau.tasks.instructing import SIGNERS
from nhipcau.tasks.models import AssignmentRole, Instruction, Task
from nhipcau.tasks.slips import get_instruction_for
from nhipcau.web.declare import FORM, page
from nhipcau.web.request import PageRequest
from nhipcau.web.tasks.asked import asked_of
from nhipcau.web.tasks.forms import NOBODY
from nhipcau.web.tasks.noteforms import NoteForm, WithdrawForm

_FOUND = 6
FEW = 12  # so many units below are offered at once; beyond that one searches


@page(*LEADERS, methods=FORM)
def instruct(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """The note on one letter; `?thay=` a note that it replaces, whose words and units are offered again."""
    document = get_document_for(request.scope, uid)
    replaced = request.GET.get("thay", "")
    old = get_instruction_for(request.scope, replaced) if replaced else None
    searching = "tim-don-vi" in request.POST  # the search button of a browser without scripts
    form = _form(request, document, old, bound=request.method == "POST" and not searching)
    if form.done(
        lambda: actions.instruct(
            document=document, instruction=form.given(), actor=request.scope.post, at=request.moment
        )
    ):
        messages.success(request, _("Đã ghi bút phê. Các đơn vị thấy việc của mình ngay."))
        return redirect("tasks:slip", uid=document.uid)
    context = {
        "document": document,
        "form": form,
        "old": old,
        "back": reverse("documents:document", kwargs={"uid": document.uid}),
        "crumbs": [
            (_("Sổ văn bản đến"), reverse("documents:register")),
            (document.number or _("Văn bản chưa có số"), reverse("documents:document", args=[document.uid])),
            (_("Bút phê"), ""),
        ],
        **_units(request.scope, form, request.POST.get("tim", "")),
    }
    return render(request, "web/tasks/note.html", context, status=422 if form.errors else 200)


@page(*LEADERS)
def find_units(request: PageRequest) -> HttpResponse:
    """Units below whose name holds `tim`, beside those that have a role already."""
    wanted = request.GET.get("tim", "").strip()
    chosen = _chosen(request.scope, request.GET)
    form = NoteForm(
        None,
        names=_named(request.scope, chosen, wanted),
        chosen=chosen,
        asked=(),
        picked=(),
        signers=(),
        replaces=None,
    )
    return render(request, "web/tasks/note_units.html", {"form": form, **_units(request.scope, form, wanted)})


@page(*LEADERS, methods=FORM)
def withdraw(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """Strike a note with its reason; what nobody has done yet is taken back."""
    note = get_instruction_for(request.scope, uid)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.done(
        lambda: actions.withdraw(
            instruction=note, reason=form.cleaned_data["reason"], actor=request.scope.post, at=request.moment
        )
    ):
        messages.success(request, _("Đã thôi bút phê; việc chưa xong thôi giao."))
        return redirect("tasks:slip", uid=note.document.uid)
    context = {
        "form": form,
        "title": _("Thôi bút phê"),
        "lead": note.text,
        "text": _("Việc chưa xong được rút lại ở mọi cấp; kết quả đã báo và dòng bút phê vẫn được giữ."),
        "confirm": _("Thôi bút phê"),
        "look": "danger",
        "back": reverse("tasks:slip", kwargs={"uid": note.document.uid}),
    }
    return render(request, "web/tasks/ask.html", context, status=422 if form.errors else 200)


def _form(request: PageRequest, document: Document, old: Instruction | None, *, bound: bool) -> NoteForm:
    scope, data = request.scope, request.POST
    posted = request.method == "POST"
    chosen = _chosen(scope, data) if posted else _chosen_before(old)
    start: dict[str, object] = dict(data.items()) if posted else _start(scope, old)
    return NoteForm(
        data if bound else None,
        names=_named(scope, chosen, data.get("tim", "").strip()),
        chosen=chosen,
        asked=asked_of(document),
        picked=data.getlist("obligation") if posted else _picked_before(old),
        signers=_signers(scope),
        replaces=old,
        initial=start,
    )


def _start(scope: Scope, old: Instruction | None) -> dict[str, object]:
    start: dict[str, object] = {"ticket": uuid.uuid4().hex, "signed_on": scope.day}
    if old is not None:
        due = dict(old.units.values_list("role", "due"))
        start |= {
            "text": old.text,
            "lead_due": due.get(AssignmentRole.LEAD),
            "support_due": due.get(AssignmentRole.SUPPORT),
        }
    return start


def _signers(scope: Scope) -> list[Post]:
    """Whose paper note may be entered: asked for only where the visitor is no leader."""
    if scope.post.has_role(*SIGNERS):
        return []
    posts = [post for role in SIGNERS for post in posts_with_role(scope.unit, role, scope.day)]
    return sorted(set(posts), key=lambda post: post.pk)


def _chosen(scope: Scope, data: QueryDict) -> dict[Unit, str]:
    """The roles in the form, unit by unit; a unit that is not visible does not exist."""
    known = set(AssignmentRole.values)
    given = {name.removeprefix("role-"): str(role) for name, role in data.items() if name.startswith("role-")}
    return {scope.get_unit(uid): role for uid, role in given.items() if role in known}


def _chosen_before(old: Instruction | None) -> dict[Unit, str]:
    return {one.unit: one.role for one in old.units.select_related("unit")} if old else {}


def _picked_before(old: Instruction | None) -> list[str]:
    """The letter's requests that went with the old note."""
    tasks = old.tasks.filter(obligation__from_note=False) if old else Task.objects.none()
    return [str(uid) for uid in tasks.values_list("obligation__uid", flat=True)]


def _named(scope: Scope, chosen: Mapping[Unit, str], wanted: str) -> dict[Unit, str]:
    """The rows of the form: departments, the own office, units with a role, then those below or found."""
    below = list(children_of(scope.unit, scope.day))
    few = below if len(below) <= FEW else []
    found = _found(scope, below, wanted)
    departments = list(departments_of(scope.unit, scope.day))
    ours = {unit.pk for unit in departments}
    others = [unit for unit in (*chosen, *few, *found) if unit.pk in ours or not unit.kind.internal]
    units = {unit.pk: unit for unit in (*departments, scope.unit, *others)}
    names = names_of(units, scope.day)
    own = _("%(name)s (đơn vị mình)") % {"name": name_of(scope.unit, scope.day).name}
    return {unit: own if pk == scope.unit.pk else names[pk].name for pk, unit in units.items()}


def _found(scope: Scope, below: list[Unit], wanted: str) -> list[Unit]:
    """The first few of that name: units directly below before those further down."""
    if not wanted:
        return []
    near = [unit for unit in below if fold(wanted) in fold(str(getattr(unit, "name", "")))]
    return list({unit.pk: unit for unit in (*near, *search_units(scope, wanted))}.values())[:_FOUND]


def _units(scope: Scope, form: NoteForm, wanted: str) -> dict[str, object]:
    many = children_of(scope.unit, scope.day).count() > FEW
    return {
        "roles": AssignmentRole.choices,
        "nobody": NOBODY,
        "searchable": many,
        "wanted": wanted,
        "none_found": bool(wanted) and not search_units(scope, wanted).exists(),
    }
