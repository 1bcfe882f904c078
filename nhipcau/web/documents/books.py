"""The office's registers: opening a series, closing it, keeping numbers for the pen, filling in a line."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from nhipcau.core.errors import Conflict, InvalidInput, NotFound
from nhipcau.core.said import Said
from nhipcau.documents import actions, queries
from nhipcau.documents.models import Direction, Register
from nhipcau.documents.registers.books import SERIES
from nhipcau.documents.registers.forms import BOOKS
from nhipcau.documents.registers.reserving import block_lines, blocks_of, get_block_for
from nhipcau.documents.registers.series import series_of
from nhipcau.documents.rights import REGISTRARS
from nhipcau.web.declare import FORM, page
from nhipcau.web.documents.lineforms import LineForm, OpenForm, ReserveForm
from nhipcau.web.documents.shelf import Shelf, shelf_of
from nhipcau.web.documents.slots import book_name
from nhipcau.web.request import PageRequest


@page(*REGISTRARS, methods=FORM)
def books(request: PageRequest) -> HttpResponse:
    """Every register of this year; open another one."""
    scope = request.scope
    form = OpenForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            register = actions.open_register(
                unit=scope.unit,
                direction=Direction(given["direction"]),
                year=scope.day.year,
                first_number=given["first_number"],
                # A name without its code is a slip, not the common register.
                series=given["series"] or ("" if given["name"] else SERIES),
                name=given["name"],
                actor=scope.post,
                at=request.moment,
            )
        except InvalidInput as refusal:
            form.take(refusal)
        except Conflict as conflict:
            form.add_error(None, conflict.message)
        else:
            messages.success(request, _("Đã mở %(name)s.") % {"name": book_name(register)})
            return redirect("documents:books")
    known = [one for way in Direction for one in series_of(scope, way, scope.day.year)]
    context = {
        "form": form,
        "books": [(one, book_name(one), _shelf(one)) for one in known],
        "year": scope.day.year,
        "crumbs": [(_("Văn bản"), reverse("documents:register")), (_("Các sổ"), "")],
    }
    return render(request, "web/documents/books.html", context, status=422 if form.errors else 200)


@page(*REGISTRARS, methods=FORM)
def close(request: PageRequest) -> HttpResponse:
    """No more numbers from a register, for good; then it is printed."""
    shelf = shelf_of(request)
    register = _begun(shelf)
    if request.method == "POST":
        actions.close_register(register=register, actor=request.scope.post, at=request.moment)
        messages.success(request, _("Đã đóng sổ. Hãy in sổ để ký và lưu."))
        return redirect(f"{reverse('documents:printed')}?{shelf.query}")
    context = {
        "title": _("Đóng sổ"),
        "lead": f"{book_name(register)}, {register.year}",
        "text": _(
            "Sổ đã đóng không cấp số nữa và không mở lại được; các dòng vẫn xem, in và hủy được. "
            "Cần lấy số tiếp thì mở sổ khác."
        ),
        "confirm": _("Đóng sổ"),
        "look": "danger",
        "back": f"{reverse('documents:register')}?{shelf.query}",
    }
    return render(request, "web/tasks/ask.html", context)


@page(*REGISTRARS, methods=FORM)
def reserve(request: PageRequest) -> HttpResponse:
    """Keep numbers for numbering by hand; what was kept before stands below."""
    shelf, scope = shelf_of(request), request.scope
    form = ReserveForm(request.POST if request.method == "POST" else None, initial={"ticket": uuid.uuid4().hex})
    if form.is_bound and form.is_valid():
        try:
            register = shelf.register or actions.open_register(
                unit=scope.unit,
                direction=shelf.direction,
                year=shelf.year,
                first_number=1,
                actor=scope.post,
                at=request.moment,
            )
            block = actions.reserve_block(
                register=register,
                count=form.cleaned_data["count"],
                reason=form.cleaned_data["reason"],
                client_key=form.cleaned_data["ticket"],
                actor=scope.post,
                at=request.moment,
            )
        except InvalidInput as refusal:
            form.take(refusal)
        except Conflict as conflict:
            form.add_error(None, conflict.message)
        else:
            messages.success(request, _("Đã giữ các số %(numbers)s.") % {"numbers": str(block)})
            return redirect("documents:block", uid=block.uid)
    context = {
        "form": form,
        "shelf": shelf,
        "blocks": blocks_of(shelf.register) if shelf.register else [],
        "crumbs": [_home(shelf), (_("Giữ số để ghi tay"), "")],
    }
    return render(request, "web/documents/reserve.html", context, status=422 if form.errors else 200)


@page(*REGISTRARS)
def block(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """The numbers of a block: used, still kept, struck."""
    found = get_block_for(request.scope, uid)
    lines, shelf = list(block_lines(found)), _shelf(found.register)
    context = {
        "numbers": found,
        "shelf": shelf,
        "lines": lines,
        "free": sum(line.is_free for line in lines),
        "crumbs": [
            _home(shelf),
            (_("Giữ số để ghi tay"), f"{reverse('documents:reserve')}?{shelf.query}"),
            (str(found), ""),
        ],
    }
    return render(request, "web/documents/block.html", context)


@page(*REGISTRARS, methods=FORM)
def block_end(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """Strike what was not used, so that no gap is left."""
    found = get_block_for(request.scope, uid)
    if request.method == "POST":
        actions.end_block(block=found, actor=request.scope.post, at=request.moment)
        messages.success(request, _("Đã kết thúc đợt giữ số %(numbers)s.") % {"numbers": str(found)})
        return redirect("documents:block", uid=found.uid)
    free = [line.label for line in block_lines(found) if line.is_free]
    context = {
        "title": _("Kết thúc đợt giữ số %(numbers)s") % {"numbers": str(found)},
        "lead": found.reason,
        "text": _("Các số chưa dùng sẽ bị hủy, không dùng lại: %(numbers)s.") % {"numbers": ", ".join(free)}
        if free
        else _("Mọi số của đợt này đã dùng; không số nào bị hủy."),
        "confirm": _("Kết thúc đợt giữ số"),
        "look": "danger",
        "back": reverse("documents:block", kwargs={"uid": found.uid}),
    }
    return render(request, "web/tasks/ask.html", context)


@page(*REGISTRARS, methods=FORM)
def line(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """Columns that do not come from the letter: copies, keeper, day of transfer, remarks."""
    letter = queries.get_document_for(request.scope, uid)
    entry = getattr(letter, "entry", None)
    if entry is None:
        raise Conflict("Văn bản này chưa có số nên chưa có dòng trong sổ.")
    incoming = letter.direction == Direction.INCOMING
    shown = {name: getattr(entry, name) for name in ("keeper", "copies", "dispatched_on", "note")}
    form = LineForm(request.POST if request.method == "POST" else None, initial=shown, incoming=incoming)
    if form.is_bound and form.is_valid():
        try:
            actions.fill_line(entry=entry, actor=request.scope.post, at=request.moment, **form.cleaned_data)
        except InvalidInput as refusal:
            form.take(refusal)
        else:
            messages.success(request, _("Đã ghi vào dòng số %(n)s của sổ.") % {"n": entry.label})
            return redirect("documents:document", uid=letter.uid)
    context = {
        "form": form,
        "title": _("Ghi thêm vào sổ, dòng số %(n)s") % {"n": entry.label},
        "lead": str(letter),
        "text": _("Ô để trống được in trống để ghi tay."),
        "confirm": _("Ghi vào sổ"),
        "back": reverse("documents:document", kwargs={"uid": letter.uid}),
    }
    return render(request, "web/tasks/ask.html", context, status=422 if form.errors else 200)


def _shelf(register: Register) -> Shelf:
    return Shelf(BOOKS[register.direction].word, register.year, register.series, register, (register,))


def _begun(shelf: Shelf) -> Register:
    if shelf.register is None:
        raise NotFound(
            Said(
                f"Sổ năm {shelf.year} chưa có số nào nên không có gì để đóng.",
                f"The register of {shelf.year} has no number yet, so there is nothing to close.",
            )
        )
    return shelf.register


def _home(shelf: Shelf) -> tuple[str, str]:
    return str(shelf.label), shelf.home
