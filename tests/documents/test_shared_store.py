"""Files in a store that several machines share: as on the disk, and nothing of them on it."""

from __future__ import annotations

import dataclasses
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction

from nhipcau.audit.actions import record, seal
from nhipcau.audit.anchors import _gather
from nhipcau.core.errors import NhipCauError
from nhipcau.core.store import Kept
from nhipcau.documents.models import Document
from nhipcau.documents.storing import files, waiting
from nhipcau.ops.moving import prune
from tests.cast import NOW, SETUP, Cast
from tests.documents.letters import registered
from tests.ops.tampering import notes, sentences

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shared_store")]


@pytest.fixture
def letter(cast: Cast) -> Document:
    return registered(cast.clerk)


def _key(letter: Document) -> str:
    assert letter.original is not None
    return files.key_of(letter.original.sha256)


def test_a_letter_comes_back_and_leaves_nothing_on_the_disk(letter: Document, data_dir: Path) -> None:
    assert letter.original is not None
    assert files.sha256(files.read(letter.original)) == letter.original.sha256
    assert not (data_dir / "files").exists()
    assert sentences() == []


def test_an_altered_and_a_missing_object_are_not_handed_out_and_are_named(letter: Document) -> None:
    assert letter.original is not None
    whole = files.read(letter.original)
    files.kept().put(_key(letter), b"x" + whole[1:])
    with pytest.raises(NhipCauError, match="khác bản gốc"):
        files.read(letter.original)
    assert sentences() == [
        "Tệp «ke-hoach.txt» của văn bản 56/KH-LĐLĐ, số 1 trong sổ văn bản đến đã khác bản gốc (sai SHA-256)."
    ]
    files.store(whole, letter.original.media_type)  # whoever sends it again heals it
    assert files.read(letter.original) == whole
    files.kept().remove(_key(letter))
    with pytest.raises(NhipCauError, match="sao lưu"):
        files.read(letter.original)
    assert [line.endswith("không còn trong kho.") for line in sentences()] == [True]


def test_what_is_erased_is_gone_with_all_that_was_drawn_from_it(
    cast: Cast, django_capture_on_commit_callbacks: object
) -> None:
    stored = files.store(b"anh", "image/jpeg")
    assert files.derived(files.thumbnail_key(stored.sha256), lambda: b"small") == b"small"
    assert files.derived(files.thumbnail_key(stored.sha256), lambda: b"never made again") == b"small"
    files.derived(f"{files.pages_prefix(stored.sha256)}1.jpg", lambda: b"page")
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        files.erase(stored)
    left = [one.key for prefix in ("files/", "cache/") for one in files.kept().keys(prefix)]
    assert left == []


def test_files_of_undone_changes_are_told_and_pruned_after_a_day(letter: Document) -> None:
    files.write(b"cua mot viec da huy")
    assert notes()[-1].startswith("1 tệp trong kho") or notes()[0].startswith("1 tệp trong kho")
    [stray] = [one for one in files.kept().keys("files/") if one.key != _key(letter)]
    assert prune(actor=SETUP, at=stray.written) == 0
    assert prune(actor=SETUP, at=stray.written.replace(year=stray.written.year + 1)) == 1
    assert [one.key for one in files.kept().keys("files/")] == [_key(letter)]


def test_bytes_that_nobody_waits_for_are_strays(letter: Document) -> None:
    files.kept().put("waiting/one", b"1")
    [one] = files.kept().keys(waiting.PREFIX)
    later = one.written.replace(year=one.written.year + 1)
    assert waiting.strays({"one"}, before=later) == waiting.strays(set(), before=one.written) == []
    assert waiting.remove_strays(set(), before=later) == 1


class TestTheHeadsOfTheLog:
    def write(self, count: int) -> None:
        for number in range(count):
            with transaction.atomic():
                record(actor=SETUP, action="org.imported", obj="org:tree", at=NOW, data={"created": number})
            seal(at=NOW)

    def test_each_is_an_object_and_all_stand_in_the_chain(self, data_dir: Path) -> None:
        self.write(3)
        assert len([*files.kept().keys("anchors/")]) == 3
        assert sentences() == []
        assert not (data_dir / "anchors").exists()

    @pytest.mark.parametrize("room", ["..", ".", "", "x" * 300])
    def test_the_name_of_a_strangers_object_becomes_no_path(
        self, room: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.write(1)
        store = files.kept()
        kept = [*store.keys("anchors/")]
        strange = dataclasses.replace(kept[0], key=f"anchors/{room}/5-x")

        def keys(prefix: str, *, after: str = "") -> Iterator[Kept]:
            yield from [strange, *kept]

        monkeypatch.setattr(store, "keys", keys)
        with tempfile.TemporaryDirectory() as above:
            folder = Path(above) / "own"
            folder.mkdir()
            _gather(store, "anchors/", folder)
            assert [path.name for path in Path(above).iterdir()] == ["own"]
            assert [path.name for path in folder.iterdir()] == [kept[0].key.split("/")[1]]

    def test_one_that_was_renamed_or_taken_away_is_named(self) -> None:
        self.write(2)
        store = files.kept()
        first, last = [one.key for one in store.keys("anchors/")]
        store.remove(last)
        assert [line.startswith("Tệp neo anchors/audit.log chỉ tới mục số 1") for line in sentences()] == [True]
        name = last.rpartition("/")[0] + "/" + "0" * 14 + "2-" + "0" * 64 + last[-21:]
        store.put(name, b"")
        [said] = sentences()
        assert said.startswith("Nhật ký không còn là nhật ký đã neo")
        store.remove(first)
        store.remove(name)
        assert [line.startswith("Tệp neo anchors/audit.log không còn") for line in sentences()] == [True]
