"""The slip that goes round with a letter, on screen and on paper; the post in charge, its proposal, the answer."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from nhipcau.core.errors import InvalidInput, NotFound
from nhipcau.documents.models import Direction, Document, DocumentState
from nhipcau.documents.queries import get_document_for, visible_documents
from nhipcau.documents.rights import LEADERS, OFFICERS
from nhipcau.org.models import Post
from nhipcau.press.slip import to_pdf
from nhipcau.tasks import actions
from nhipcau.tasks.followup import answering
from nhipcau.tasks.queries import get_assignment_for, handling_of
from nhipcau.tasks.slips import LetterSlip, Note, paper, slip_for
from nhipcau.web.declare import FORM, POST, page
from nhipcau.web.request import PageRequest
from nhipcau.web.sending import download
from nhipcau.web.tasks.labels import chip
from nhipcau.web.tasks.noteforms import AnswerForm, HandlerForm, ProposalForm

_OFFERED = 60


@page(*OFFICERS)
def slip(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """The letter's slip as it stands, with what may be done next."""
    scope = request.scope
    found = slip_for(scope, uid)
    letter = found.document
    may_instruct = found.own and letter.state == DocumentState.REGISTERED and scope.post.has_role(*LEADERS)
    context = {
        "document": letter,
        "slip": paper(scope, found),
        "notes": [_shown(note) for note in found.notes],
        "withdrawn": found.withdrawn,
        "answers": answering(letter) if found.own else [],
        "own": found.own,
        "may_instruct": may_instruct and letter.scope != "outside",
        "crumbs": _crumbs(found),
    }
    return render(request, "web/tasks/slip.html", context)


def _shown(note: Note) -> dict[str, object]:
    rows = [
        {
            "name": unit.name,
            "role": unit.role.label,
            "due": unit.due,
            "assignment": unit.assignment,
            "chip": chip(unit.assignment.state) if unit.assignment else None,
        }
        for unit in note.units
    ]
    return {"instruction": note.instruction, "units": rows}


def _crumbs(found: LetterSlip) -> list[tuple[str, str]]:
    letter = found.document
    home = [(_("Sổ văn bản đến"), reverse("documents:register"))] if found.own else []
    here = (letter.number or _("Văn bản chưa có số"), reverse("documents:document", args=[letter.uid]))
    return [*home, here, (_("Phiếu giải quyết"), "")]


@page(*OFFICERS, takes="tasks.slip_taken", of="document")
def slip_pdf(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """The slip as an A4 page."""
    found = slip_for(request.scope, uid)
    number = found.entry.label if found.entry else "chua-co-so"
    return download(to_pdf(paper(request.scope, found)), f"phieu-giai-quyet-{number}.pdf", "application/pdf")


@page(*OFFICERS, methods=FORM)
def name_handler(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """The unit's head names the post in charge."""
    scope = request.scope
    given = get_assignment_for(scope, uid)
    before = handling_of(given)
    start = {"handler": before.handler, "due": before.due} if before else {"due": given.due}
    form = HandlerForm(request.POST if request.method == "POST" else None, initial=start)
    if form.done(
        lambda: actions.name_handler(
            assignment=given,
            handler=form.cleaned_data["handler"],
            due=form.cleaned_data["due"],
            actor=scope.post,
            at=request.moment,
        )
    ):
        messages.success(request, _("Đã ghi người giải quyết vào phiếu."))
        return redirect("tasks:assignment", uid=given.uid)
    titles = Post.objects.at(scope.day).filter(unit=scope.unit).values_list("title", flat=True)
    context = {
        "form": form,
        "title": _("Phân công người giải quyết"),
        "lead": given.task.title,
        "confirm": _("Ghi vào phiếu"),
        "choices": titles.distinct(),
        "back": reverse("tasks:assignment", kwargs={"uid": given.uid}),
    }
    return render(request, "web/tasks/ask.html", context, status=422 if form.errors else 200)


@page(*OFFICERS, methods=FORM)
def propose(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """The post in charge writes what it proposes."""
    given = get_assignment_for(request.scope, uid)
    before = handling_of(given)
    start = {"text": before.proposal if before else ""}
    form = ProposalForm(request.POST if request.method == "POST" else None, initial=start)
    if form.done(
        lambda: actions.propose(
            assignment=given, text=form.cleaned_data["text"], actor=request.scope.post, at=request.moment
        )
    ):
        messages.success(request, _("Đã ghi ý kiến đề xuất vào phiếu."))
        return redirect("tasks:assignment", uid=given.uid)
    context = {
        "form": form,
        "title": _("Ghi ý kiến đề xuất"),
        "lead": given.task.title,
        "confirm": _("Ghi vào phiếu"),
        "back": reverse("tasks:assignment", kwargs={"uid": given.uid}),
    }
    return render(request, "web/tasks/ask.html", context, status=422 if form.errors else 200)


@page(*LEADERS, methods=FORM)
def link_answer(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """Name the letter of ours that answers this one."""
    document = get_document_for(request.scope, uid)
    letters = _possible(request, document)
    choices = [(str(one.uid), str(one)) for one in letters]
    form = AnswerForm(request.POST if request.method == "POST" else None, choices)
    if form.is_bound and form.is_valid():
        chosen = next(one for one in letters if str(one.uid) == form.cleaned_data["letter"])
        try:
            actions.link_answer(document=document, letter=chosen, actor=request.scope.post, at=request.moment)
        except InvalidInput as refusal:
            form.take(refusal)
        else:
            messages.success(request, _("Đã gắn văn bản trả lời."))
            return redirect("tasks:slip", uid=document.uid)
    context = {
        "form": form,
        "title": _("Văn bản trả lời"),
        "lead": str(document),
        "text": _("Văn bản đi có viện dẫn văn bản này được tự gắn; chỉ chọn ở đây khi chưa đúng."),
        "confirm": _("Gắn"),
        "back": reverse("tasks:slip", kwargs={"uid": document.uid}),
    }
    return render(request, "web/tasks/ask.html", context, status=422 if form.errors else 200)


@page(*LEADERS, methods=POST)
def unlink_answer(request: PageRequest, uid: uuid.UUID, letter: uuid.UUID) -> HttpResponse:
    """Take a letter that was named by hand off again."""
    document = get_document_for(request.scope, uid)
    answer = get_document_for(request.scope, letter)
    actions.unlink_answer(document=document, letter=answer, actor=request.scope.post, at=request.moment)
    messages.success(request, _("Đã gỡ văn bản trả lời."))
    return redirect("tasks:slip", uid=document.uid)


def _possible(request: PageRequest, document: Document) -> list[Document]:
    """The own letters that went out since this one came in, newest first."""
    if document.direction != Direction.INCOMING:
        raise NotFound("Chỉ văn bản đến mới có văn bản trả lời.")
    rows = visible_documents(
        request.scope, direction=Direction.OUTGOING, state=DocumentState.REGISTERED, own_only=True
    )
    return list(rows.filter(dated__gte=document.received_on)[:_OFFERED]) if document.received_on else []
