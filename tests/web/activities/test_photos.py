"""Photographs on the page: sent with the activity, looked at, kept."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from nhipcau.activities.models import Activity, WaitingPhoto
from nhipcau.core.errors import MissingProgram
from nhipcau.documents.storing import blurring
from tests.cast import Cast
from tests.web.activities.conftest import As
from tests.web.activities.test_record import PAGE, TYPED
from tests.web.reports import places, scenes


def test_sent_with_the_activity_looked_at_and_kept(cast: Cast, acting: As) -> None:
    pytest.importorskip("cv2", reason="the extra photos is not installed")
    from tests.documents.drawn import coded, gathering

    scenes.publish()
    client = acting(cast.local_volunteer)
    photo = SimpleUploadedFile("IMG_7.jpg", coded(gathering((20, 40, 120), width=320)))
    answer = client.post(PAGE, {**TYPED, "photos": photo})
    activity, waiting = Activity.objects.get(), WaitingPhoto.objects.get()
    page = f"/hoat-dong/{activity.uid}/anh/"
    assert answer["Location"] == page
    assert "Ảnh chờ xem lại" in client.get("/").content.decode()
    assert client.get(f"{page}{waiting.uid}.jpg").content == bytes(waiting.picture)
    assert client.post(page, {"viec": "che", "anh": str(waiting.uid), "o": ["0", "1"]}).status_code == 302
    unsure = client.post(page, {"viec": "luu", "da-xem": str(waiting.uid)})
    assert (unsure.status_code, activity.evidence.count()) == (422, 0)
    client.post(page, {"viec": "luu", "da-xem": str(waiting.uid), "chac": "1"})
    number = activity.evidence.get().pk
    above = acting(cast.commune_officer)
    assert above.get(f"/hoat-dong/{activity.uid}/anh-nho/{number}.jpg")["Content-Type"] == "image/jpeg"
    shown = above.get(f"/hoat-dong/{activity.uid}/giay-to/{number}/")
    assert shown["Content-Disposition"].startswith("inline")


def test_a_photograph_can_be_dropped(cast: Cast, acting: As) -> None:
    place = places.waiting_photo(cast)
    client, page = acting(cast.local_volunteer), f"/hoat-dong/{place['uid']}/anh/"
    client.post(page, {"viec": "bo", "anh": str(place["photo"])})
    assert not WaitingPhoto.objects.exists()


def test_without_the_part_that_covers_faces_photographs_are_refused_and_nothing_is_recorded(
    cast: Cast, acting: As, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(*_given: object) -> None:
        raise MissingProgram("Máy chủ chưa có phần che khuôn mặt nên chưa nhận ảnh chụp.")

    monkeypatch.setattr(blurring, "_ask", missing)
    scenes.publish()
    photo = SimpleUploadedFile("IMG_7.jpg", b"\xff\xd8\xff\xe0")
    page = acting(cast.local_volunteer).post(PAGE, {**TYPED, "photos": photo})
    assert page.status_code == 422
    assert "che khuôn mặt" in str(page.context["form"].errors["photos"])
    assert not Activity.objects.exists()
