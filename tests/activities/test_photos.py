"""Photographs of an activity: covered, looked at by the unit, and only then seen by others."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from nhipcau.activities import actions, photos
from nhipcau.activities.actions import withdraw_activity
from nhipcau.activities.correcting import correct_activity
from nhipcau.activities.models import WaitingPhoto
from nhipcau.activities.photos import WaitingPhotos, add_photos, cover_more, drop_photo, keep_photos
from nhipcau.activities.queries import get_waiting_photo_for
from nhipcau.audit.models import Entry
from nhipcau.core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from nhipcau.documents.models import StoredFile
from nhipcau.documents.storing import files
from nhipcau.documents.storing.blurring import Covered
from nhipcau.documents.storing.evidence import Paper
from tests.activities.conftest import GIVEN, Log
from tests.cast import NOW, Cast
from tests.ops.tampering import sentences
from tests.refusals import by_field
from tests.stored import path_of

PHOTO = Paper("IMG_1.jpg", b"one")


@pytest.fixture(autouse=True)
def covering(monkeypatch: pytest.MonkeyPatch) -> None:
    """The covering itself is tested beside it (tests/documents/test_blurring.py)."""

    def faces(given: list[Paper]) -> list[Covered]:
        return [Covered(b"covered " + one.data, 1) for one in given]

    monkeypatch.setattr(photos, "faces_covered", faces)
    monkeypatch.setattr(actions, "faces_covered", faces)
    monkeypatch.setattr(photos, "cells_covered", lambda data, cells: Covered(b"more " + data, len(cells)))


def test_a_photograph_waits_for_its_unit_and_nobody_else_sees_it(cast: Cast, log: Log) -> None:
    activity = log(photos=[PHOTO])
    waiting = WaitingPhoto.objects.get()
    assert bytes(waiting.picture) == b"covered one"
    assert not activity.evidence.exists()
    assert get_waiting_photo_for(cast.scope(cast.local_volunteer), activity.uid, waiting.uid) == waiting
    for other in (cast.commune_officer, cast.provincial_officer, cast.stranger):
        with pytest.raises(NotFound):
            get_waiting_photo_for(cast.scope(other), activity.uid, waiting.uid)


def test_after_a_look_it_is_kept_once_with_what_was_covered_more(cast: Cast, log: Log) -> None:
    activity = log(photos=[PHOTO])
    waiting = WaitingPhoto.objects.get()
    cover_more(photo=waiting, cells=[3, 4], actor=cast.local_volunteer, at=NOW)
    for _tap in (1, 2):
        keep_photos(activity=activity, looked_at=[str(waiting.uid)], actor=cast.local_volunteer, at=NOW)
    kept = activity.evidence.get()
    assert files.read(kept.file) == b"more covered one"
    assert StoredFile.objects.count() == 1, "the picture with less covered was never stored"
    assert not WaitingPhoto.objects.exists()
    assert Entry.objects.filter(action="activities.photos_kept").count() == 1
    assert sentences() == []


def test_only_what_was_looked_at_is_kept(cast: Cast, log: Log) -> None:
    activity = log(photos=[PHOTO])
    seen = str(WaitingPhoto.objects.get().uid)
    add_photos(activity=activity, photos=[Paper("b.jpg", b"two")], actor=cast.local_volunteer, at=NOW)
    keep_photos(activity=activity, looked_at=[seen], actor=cast.local_volunteer, at=NOW)
    assert bytes(WaitingPhoto.objects.get().picture) == b"covered two"


def test_the_same_photograph_sent_twice_waits_once_and_there_is_a_limit(cast: Cast, log: Log) -> None:
    activity = log(photos=[PHOTO])
    add_photos(activity=activity, photos=[PHOTO, PHOTO], actor=cast.local_volunteer, at=NOW)
    assert WaitingPhoto.objects.count() == 1
    many = [Paper(f"{n}.jpg", str(n).encode()) for n in range(10)]
    with pytest.raises(InvalidInput) as refusal:
        add_photos(activity=activity, photos=many, actor=cast.local_volunteer, at=NOW)
    assert "photos" in by_field(refusal.value)


def test_a_photograph_taken_out_again_is_erased(
    cast: Cast, log: Log, data_dir: Path, django_capture_on_commit_callbacks: object
) -> None:
    activity = log(photos=[PHOTO])
    seen = [str(WaitingPhoto.objects.get().uid)]
    keep_photos(activity=activity, looked_at=seen, actor=cast.local_volunteer, at=NOW)
    kept = activity.evidence.get()
    path, small = path_of(kept.file), data_dir / files.thumbnail_key(kept.file.sha256)
    small.parent.mkdir(parents=True)
    small.write_bytes(b"small")
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        correct_activity(
            activity=activity,
            given=GIVEN,
            edits=1,
            reason="còn nhận ra một người",
            without=[kept.pk],
            actor=cast.local_volunteer,
            at=NOW,
        )
    assert not path.exists()
    assert not small.exists(), "whoever asks for the small picture later gets nothing of it either"
    assert not StoredFile.objects.exists()
    assert sentences() == []


def test_nobody_else_touches_the_photographs_of_a_unit(cast: Cast, log: Log) -> None:
    activity = log(photos=[PHOTO])
    waiting = WaitingPhoto.objects.get()
    for post, refusal in ((cast.stranger, NotFound), (cast.commune_officer, NotAllowed)):
        with pytest.raises(refusal):
            add_photos(activity=activity, photos=[PHOTO], actor=post, at=NOW)
        with pytest.raises(refusal):
            cover_more(photo=waiting, cells=[1], actor=post, at=NOW)
        with pytest.raises(refusal):
            keep_photos(activity=activity, looked_at=[str(waiting.uid)], actor=post, at=NOW)
        with pytest.raises(refusal):
            drop_photo(photo=waiting, actor=post, at=NOW)


@pytest.mark.parametrize("cells", [[], [-1], [80]])
def test_squares_that_are_none_are_refused(cast: Cast, log: Log, cells: list[int]) -> None:
    log(photos=[PHOTO])
    with pytest.raises(InvalidInput):
        cover_more(photo=WaitingPhoto.objects.get(), cells=cells, actor=cast.local_volunteer, at=NOW)


def test_a_withdrawn_activity_takes_none(cast: Cast, log: Log) -> None:
    gone = withdraw_activity(activity=log(), reason="ghi hai lần", actor=cast.local_volunteer, at=NOW)
    with pytest.raises(Conflict):
        add_photos(activity=gone, photos=[PHOTO], actor=cast.local_volunteer, at=NOW)


def test_what_nobody_looks_at_for_a_month_is_erased(cast: Cast, log: Log) -> None:
    log(photos=[PHOTO])
    sweep = WaitingPhotos()
    assert sweep.sweep(at=NOW + dt.timedelta(days=29)) == 0
    later = NOW + dt.timedelta(days=31)
    assert (sweep.left(at=later), sweep.sweep(at=later), sweep.left(at=later)) == (1, 1, 0)
