"""A sentence of the system's own is kept in both languages; a person's own words as they were typed."""

from __future__ import annotations

import pytest
from django.db import connection

from nhipcau.core.said import Said, english
from nhipcau.documents.models import Scan
from tests.cast import Cast
from tests.web.documents import rows


def kept(cast: Cast, note: str) -> str:
    scan = Scan.objects.get(uid=str(rows.scan(cast)["uid"]))
    Scan.objects.filter(pk=scan.pk).update(note=note)
    return Scan.objects.get(pk=scan.pk).note


def test_it_comes_back_in_both(cast: Cast) -> None:
    note = kept(cast, Said("quá hạn", "overdue"))
    assert (note, english(note)) == ("quá hạn", "overdue")


@pytest.mark.parametrize("typed", ["", "chờ bản gốc", '{"vi": "x", "en": "y"}', '{"vi": '])
def test_what_a_person_typed_stays_as_it_is(cast: Cast, typed: str) -> None:
    note = kept(cast, typed)
    assert (note, english(note)) == (typed, typed)


def test_older_rows_read_as_the_text_that_they_are(cast: Cast) -> None:
    kept(cast, "")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE documents_scan SET note = 'Máy chưa nhận dạng được'")
    assert Scan.objects.get().note == "Máy chưa nhận dạng được"
