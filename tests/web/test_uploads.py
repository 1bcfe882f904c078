"""Files that people send: on every page one that is too large is refused before a byte of it is read."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.core.files.utils import FileProxyMixin
from django.test import Client, RequestFactory
from django.urls import reverse
from pytest_django.fixtures import Settings

from nhipcau.core.errors import InvalidInput
from nhipcau.documents.models import StoredFile
from nhipcau.web.uploads import sent_file, sent_papers
from tests.cast import Cast
from tests.test_architecture import PACKAGE
from tests.web.uploads import UPLOADS, Place, taking_files

PLACES = [(name, place) for name, places in UPLOADS.items() for place in places]
LARGE = b"x" * 3000


def large() -> io.BytesIO:
    file = io.BytesIO(LARGE)
    file.name = "ban-quet.pdf"
    return file


@pytest.mark.parametrize(
    ("name", "place"), PLACES, ids=[f"{place}-{name}" for place, (name, _) in enumerate(PLACES)]
)
def test_a_page_refuses_a_file_that_is_too_large_unread(
    name: str, place: Place, cast: Cast, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, url = Client(), reverse(place.shown_on, kwargs=dict(place.kwargs(cast))) + f"?{place.query}"
    client.force_login(cast.account(getattr(cast, place.who)))
    form = dict(taking_files(client.get(url).content.decode(), url))[name]
    stored = StoredFile.objects.count()
    settings.MAX_FILE_BYTES = 2048
    read: list[object] = []
    monkeypatch.setattr(FileProxyMixin, "read", property(lambda self: read.append))
    sent = {field: large() for field in form.files}
    answer = client.post(form.action, {**form.data, **sent}, follow=True)
    assert "Tệp nặng quá 2 kB" in answer.content.decode()
    assert (read, StoredFile.objects.count()) == ([], stored)


def test_what_arrives_beyond_the_limit_is_not_put_aside(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MAX_FILE_BYTES, settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 100_000, 0
    kept: list[int] = []
    monkeypatch.setattr(TemporaryUploadedFile, "write", lambda self, data: kept.append(len(data)), raising=False)
    request = RequestFactory().post("/", {"tep": io.BytesIO(b"x" * 900_000)})
    with pytest.raises(InvalidInput, match="Tệp nặng quá 97 kB"):
        sent_file(request, "tep", missing="Hãy chọn tệp.")
    assert sum(kept) <= settings.MAX_FILE_BYTES


def test_files_that_are_too_heavy_together_are_refused_though_each_is_small(settings: Settings) -> None:
    settings.MAX_UPLOAD_BYTES = 5 * 2**20
    request = RequestFactory().post("/", {"tep": [io.BytesIO(b"x" * 2 * 2**20) for _ in range(3)]})
    with pytest.raises(InvalidInput, match="gửi một lần nặng quá 5 MB"):
        sent_papers(request, "tep")


def test_no_page_takes_a_file_another_way() -> None:
    """`forms.FileField` and `request.FILES` are for web/uploads.py; other forms are only handed what came."""
    taking = ("forms.FileField", "FILES.get", "FILES[")
    pages = [path for path in (PACKAGE / "web").rglob("*.py") if path.name != "uploads.py"]
    assert [path.name for path in pages if any(word in path.read_text("utf-8") for word in taking)] == []
