"""Ảnh: what the machine covered is looked at by the unit, covered more where needed, and only then kept."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from nhipcau.activities.models import Activity
from nhipcau.activities.photos import add_photos, cover_more, drop_photo, keep_photos
from nhipcau.activities.queries import get_activity_for, get_waiting_photo_for
from nhipcau.core.errors import Fault, InvalidInput, MissingProgram, NotAllowed, NotFound, UnreadableFile
from nhipcau.core.text import whole
from nhipcau.documents.storing import blurring, files, media
from nhipcau.documents.storing.grid import COLUMNS, ROWS
from nhipcau.web.activities.forms import photos_field
from nhipcau.web.activities.views import evidence_of
from nhipcau.web.declare import FORM, page
from nhipcau.web.forms import PageForm
from nhipcau.web.request import PageRequest
from nhipcau.web.words import labelled

_CELLS = [(row * COLUMNS + column, row + 1, column + 1) for row in range(ROWS) for column in range(COLUMNS)]


class PhotosForm(PageForm):
    """Photographs to add."""

    photos = photos_field()


@page(methods=FORM)
def photos(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """The photographs that wait; POST, by `viec`: send more, cover more, drop one, keep all that were looked at."""
    activity = get_activity_for(request.scope, uid)
    if activity.unit_id != request.scope.unit.pk:
        raise NotAllowed("Chỉ đơn vị ghi hoạt động xem và lưu ảnh đang chờ.")
    if request.method != "POST":
        return _show(request, activity, PhotosForm())
    todo = request.POST.get("viec", "")
    if todo == "them":
        return _add(request, activity)
    try:
        if todo == "luu":
            return _keep(request, activity)
        _change(request, activity, todo)
    except InvalidInput as refusal:
        return _show(request, activity, PhotosForm(), faults=refusal.faults)
    return redirect("activities:photos", uid=uid)


@page()
def waiting(request: PageRequest, uid: uuid.UUID, photo: uuid.UUID) -> HttpResponse:
    """A photograph that waits, as it would be kept; for its own unit alone."""
    found = get_waiting_photo_for(request.scope, uid, photo)
    answer = HttpResponse(bytes(found.picture), content_type=media.JPEG)
    answer["Cache-Control"] = "private, no-store"
    return answer


@page()
def thumbnail(request: PageRequest, uid: uuid.UUID, number: int) -> HttpResponse:
    """A kept photograph, small."""
    evidence = evidence_of(request, uid, number)
    if not media.is_picture(evidence.file.media_type):
        raise NotFound("Giấy tờ này không phải ảnh.")
    try:
        small = blurring.thumbnail(evidence.file)
    except (MissingProgram, UnreadableFile):  # it can still be shown as it is
        small = files.read(evidence.file)
    answer = HttpResponse(small, content_type=media.JPEG)
    answer["Cache-Control"] = "private, max-age=86400"
    return answer


def _add(request: PageRequest, activity: Activity) -> HttpResponse:
    form = PhotosForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            add_photos(
                activity=activity, photos=form.cleaned_data["photos"], actor=request.scope.post, at=request.moment
            )
        except InvalidInput as refusal:
            form.take(refusal)
        except MissingProgram as missing:
            form.add_error("photos", missing.message)
        else:
            return redirect("activities:photos", uid=activity.uid)
    return _show(request, activity, form)


def _change(request: PageRequest, activity: Activity, todo: str) -> None:
    found = get_waiting_photo_for(request.scope, activity.uid, request.POST.get("anh", ""))
    actor, at = request.scope.post, request.moment
    if todo == "bo":
        drop_photo(photo=found, actor=actor, at=at)
        messages.success(request, _("Đã bỏ ảnh."))
        return
    marked = [cell for one in request.POST.getlist("o") if (cell := whole(one, 999)) is not None]
    cover_more(photo=found, cells=marked, actor=actor, at=at)
    messages.success(request, _("Đã che thêm; hãy xem lại."))


def _keep(request: PageRequest, activity: Activity) -> HttpResponse:
    if "chac" not in request.POST:
        raise InvalidInput("Chưa lưu ảnh.", [Fault("", "hãy xem từng ảnh rồi đánh dấu là đã xem")])
    looked_at = request.POST.getlist("da-xem")
    keep_photos(activity=activity, looked_at=looked_at, actor=request.scope.post, at=request.moment)
    messages.success(request, _("Đã lưu ảnh vào hoạt động."))
    return redirect("activities:detail", uid=activity.uid)


def _show(
    request: PageRequest, activity: Activity, form: PhotosForm, *, faults: Sequence[Fault] = ()
) -> HttpResponse:
    rows = list(activity.waiting_photos.all())
    for row in rows:
        row.version = files.sha256(bytes(row.picture))[:8]  # type: ignore[attr-defined]  # a new address for a new picture
    context = {
        "activity": activity,
        "label": labelled(activity.type),
        "rows": rows,
        "cells": _CELLS,
        "form": form,
        "faults": faults,
    }
    refused = bool(faults) or bool(form.errors)
    return render(request, "web/activities/photos.html", context, status=422 if refused else 200)
