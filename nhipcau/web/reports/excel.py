"""Biểu mẫu Excel: the form of one unit or of a branch to fill in; filled forms back, looked at before they count.

From the preview to the confirmation the page itself carries what the forms say, signed: no foreign file is kept.
"""

from __future__ import annotations

import tempfile
import uuid
import zipfile
from collections.abc import Callable, Iterator

from django.contrib import messages
from django.core import signing
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from nhipcau.core.errors import InvalidInput, NotAllowed, UnreadableFile
from nhipcau.core.periods import parse_period
from nhipcau.core.said import Said
from nhipcau.documents.storing.evidence import Paper
from nhipcau.exchange.xlsx.exporting import FormFile, export_forms, owing
from nhipcau.exchange.xlsx.importing import Dispute, Received, import_forms
from nhipcau.exchange.xlsx.parcels import opened
from nhipcau.exchange.xlsx.reading import Named, read_raw
from nhipcau.org.models import Post, Unit
from nhipcau.org.scope import Scope
from nhipcau.web.declare import FORM, page
from nhipcau.web.reports import pieces
from nhipcau.web.reports.branches import Branch, find
from nhipcau.web.reports.consolidated import FILLERS
from nhipcau.web.reports.forms import MOST_FILES, UploadForm
from nhipcau.web.request import PageRequest
from nhipcau.web.words import in_words

MOST_FORMS = 2000  # in one parcel: a province has fewer units that report to it
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SALT = "nhipcau.web.excel"


@page(*FILLERS, takes="reports.form_taken", of="unit")
def form_file(request: PageRequest, code: str, period: str, unit: uuid.UUID) -> HttpResponse:
    """The form of one unit; `?phan=2` its second section alone."""
    found = find(request.scope, code, period, unit)
    asked = request.GET.get("phan", "")
    made = next(_forms(found, request.scope, section=int(asked) if asked in map(str, range(1, 100)) else 0))
    response = HttpResponse(made.data, content_type=XLSX)
    response.headers["Content-Disposition"] = _named(made.file_name)
    return response


@page(*FILLERS, takes="reports.form_taken", of="unit")
def branch_file(request: PageRequest, code: str, period: str, unit: uuid.UUID) -> HttpResponseBase:
    """The forms of every unit of the branch that owes the report, in one zip."""
    found = find(request.scope, code, period, unit)
    count = owing(found.version, found.period, found.unit, with_children=True).count()
    if count > MOST_FORMS:
        raise InvalidInput(
            Said(
                f"Nhánh này có {count} đơn vị phải báo cáo, nhiều hơn {MOST_FORMS}. Hãy tải theo từng cấp dưới.",
                f"{count} units of this branch owe the report, more than {MOST_FORMS}. Download by lower branches.",
            )
        )
    out = tempfile.TemporaryFile()  # noqa: SIM115 - closed by the response
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as parcel:  # the forms are packed already
        for made in _forms(found, request.scope, with_children=True):
            parcel.writestr(made.file_name, made.data)
    out.seek(0)
    name = f"bieu-mau-{found.definition.code}-{found.period.key}.zip"
    return FileResponse(out, as_attachment=True, filename=name, content_type="application/zip")


def _forms(found: Branch, scope: Scope, *, with_children: bool = False, section: int = 0) -> Iterator[FormFile]:
    return export_forms(
        version=found.version, period=found.period, unit=found.unit, own=scope.unit,
        with_children=with_children, section=section,
    )  # fmt: skip


def _named(name: str) -> str:
    return content_disposition_header(as_attachment=True, filename=name) or ""


@page(*FILLERS, methods=FORM)
def upload(request: PageRequest) -> HttpResponse:
    """Choose the files; look at what they change; confirm."""
    if request.method == "POST" and "noi-dung" in request.POST:
        return _confirm(request)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return _shown(request, form=form, status=422 if request.method == "POST" else 200)
    try:
        forms = read_raw(_opened(form.cleaned_data["filled"]))
    except UnreadableFile as refusal:
        form.take(refusal)
        return _shown(request, form=form, status=422)
    done = _imported(request, forms, dry_run=True)
    return _shown(request, done=done, carried=_carry(request, forms))


def _confirm(request: PageRequest) -> HttpResponse:
    forms = _carried(request)
    choices: dict[str, Dispute] = {"tep": "file", "giu": "keep"}
    disputes = choices.get(request.POST.get("tranh-chap", ""), "refuse")
    done = _imported(request, forms, dry_run=False, disputes=disputes)
    saved = {one.report.uid for one in done if one.accepted and one.changes and one.report}
    if len(done) == len(saved) == 1:
        messages.success(request, _("Đã ghi số liệu từ biểu mẫu Excel. Hãy xem lại rồi gửi."))
        return redirect("reports:report", uid=saved.pop())
    return _shown(request, done=done)


def _opened(files: list[Paper]) -> list[tuple[str, bytes]]:
    found = [pair for file in files for pair in opened(file.name, file.data)]
    if not found:
        raise UnreadableFile(Said("Trong tệp nén không có biểu mẫu .xlsx nào.", "The zip holds no .xlsx form."))
    if len(found) > MOST_FILES:
        raise UnreadableFile(
            Said(
                f"Có {len(found)} tệp, nhiều hơn {MOST_FILES}. Hãy gửi làm nhiều lần.",
                f"{len(found)} files are more than {MOST_FILES}. Send them in parts.",
            )
        )
    return found


def _imported(
    request: PageRequest, forms: list[Named], *, dry_run: bool, disputes: Dispute = "refuse"
) -> list[Received]:
    return list(
        import_forms(
            forms=forms, acting=_acting(request.scope), at=request.moment, via="web",
            dry_run=dry_run, disputes=disputes,
        )
    )  # fmt: skip


def _acting(scope: Scope) -> Callable[[Unit], Post]:
    def acting(unit: Unit) -> Post:
        if unit.pk != scope.unit.pk:
            raise NotAllowed(
                Said(
                    "Biểu mẫu này của đơn vị khác; đơn vị ấy tự tải lên, hoặc cấp trên trực tiếp nhập thay.",
                    "This form belongs to another unit, which uploads it itself; or the level above enters it.",
                )
            )
        return scope.post

    return acting


def _carry(request: PageRequest, forms: list[Named]) -> str:
    said = {"post": request.scope.post.pk, "forms": forms}
    return signing.Signer(salt=_SALT).sign_object(said, compress=True)


def _carried(request: PageRequest) -> list[Named]:
    """What the preview carried, for the post that looked at it."""
    try:
        said = signing.Signer(salt=_SALT).unsign_object(request.POST["noi-dung"])
    except (signing.BadSignature, ValueError) as error:
        raise InvalidInput(_lost()) from error
    if said["post"] != request.scope.post.pk:
        raise InvalidInput(_lost())
    return [(name, raw) for name, raw in said["forms"]]


def _lost() -> Said:
    return Said(
        "Nội dung xem trước không còn nguyên. Hãy tải tệp lên lại.",
        "The preview is not intact. Upload the files again.",
    )


def _shown(
    request: PageRequest,
    *,
    form: UploadForm | None = None,
    done: list[Received] | None = None,
    carried: str = "",
    status: int = 200,
) -> HttpResponse:
    """The form, the preview or the outcome: three faces of one page."""
    done = done or []
    context = {
        "form": form or UploadForm(),
        "done": [_row(one) for one in done],
        "accepted": sum(one.accepted for one in done),
        "refused": [one for one in done if not one.accepted and not one.disputed],
        "disputed": any(one.disputed for one in done),
        "carried": carried if any(one.disputed or (one.accepted and one.changes) for one in done) else "",
        "preview": bool(carried),
        "tabs": pieces.tabs(request.scope, "reports:excel"),
    }
    return render(request, "web/reports/excel.html", context, status=status)


def _row(one: Received) -> dict[str, object]:
    period = in_words(parse_period(one.period)) if one.period else ""
    tone = "" if one.accepted else "warning" if one.disputed else "error"
    return {"one": one, "period": period, "tone": tone}
