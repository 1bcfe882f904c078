"""A scan comes in: it waits for the worker, and only then becomes a letter, or nothing."""

from __future__ import annotations

import shutil
from pathlib import Path
from unittest.mock import patch

import pypdfium2 as pdfium
import pytest

from nhipcau.audit.models import Entry
from nhipcau.core.errors import Conflict, NotFound, UnreadableFile
from nhipcau.core.said import UNSAID, unpacked
from nhipcau.documents.actions import KeptOut, accept, discard, receive
from nhipcau.documents.models import Document, DocumentState, Scan, ScanState, StoredFile
from nhipcau.documents.queries import download_original, download_searchable, get_scan_for, waiting_scans
from nhipcau.org.models import Post
from nhipcau.outbox.jobs import run_due
from nhipcau.reader.extract import Extracted
from nhipcau.reader.language.words import PageWords, Word
from nhipcau.reader.model import Field, Reading
from tests.cast import NOW, Cast
from tests.documents.letters import RECEIVED, arrive, plan

PDF = b"%PDF-1.7 only pictures"
WORDS = (PageWords(0, (Word("56/KH-LĐLĐ", 0.97, (100, 200, 300, 400), (4, 14)),)),)
READ = Reading("Số: 56/KH-LĐLĐ", "ocr", number=Field("56/KH-LĐLĐ", 0.97, UNSAID, (4, 14)), pages=WORDS)


@pytest.fixture(autouse=True)
def pictures_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The file's pages are pictures: extraction leaves two of them unread."""
    monkeypatch.setattr(
        "nhipcau.documents.incoming.scanning.extract",
        lambda data, name, *, ocr: Extracted("", "ocr", unread=2) if data.startswith(b"%PDF") else Extracted(
            data.decode(), "text"
        ),
    )  # fmt: skip


def sent(actor: Post, data: bytes = PDF) -> Scan:
    scan = accept(unit=actor.unit, data=data, name="quet.pdf", received_on=RECEIVED, actor=actor, at=NOW)
    assert isinstance(scan, Scan)
    return scan


def worked(reading: Reading | Exception) -> None:
    """The worker's turn, in which the recogniser sees `reading`."""
    with patch("nhipcau.documents.incoming.scanning.read_bytes", side_effect=[reading]):
        assert run_due(at=NOW) == 1


def gone(data_dir: Path) -> bool:
    return not any(path.is_file() for folder in ("files", "waiting") for path in (data_dir / folder).rglob("*"))


def test_a_scan_waits_and_nothing_of_it_is_among_the_letters(cast: Cast, data_dir: Path) -> None:
    scan = sent(cast.clerk)
    assert (scan.state, scan.pages, scan.pages_done) == (ScanState.WAITING, 2, 0)
    assert list(waiting_scans(cast.scope(cast.clerk))) == [scan]
    assert not Document.objects.exists()
    assert not (data_dir / "files").exists()


def test_the_worker_makes_it_a_letter_with_its_words(cast: Cast, data_dir: Path) -> None:
    scan = sent(cast.clerk)
    worked(READ)
    scan.refresh_from_db()
    assert scan.document is not None
    assert (scan.document.state, scan.document.number) == (DocumentState.READ, "56/KH-LĐLĐ")
    assert (scan.state, scan.words[0]["words"][0][:2]) == (ScanState.DONE, ["56/KH-LĐLĐ", 97])
    assert "pages" not in scan.document.reading
    assert not any((data_dir / "waiting").iterdir())


@pytest.mark.parametrize(
    ("reading", "stamp"),
    [
        (Reading("TỐI MẬT\nKẾ HOẠCH", "ocr"), "secret"),
        (Reading("KẾ HOẠCH", "ocr", stamps="MẬT"), "secret"),
        (Reading("ĐƠN TỐ CÁO\nTôi tên là", "ocr"), "complaint"),
    ],
)
def test_what_must_not_enter_is_erased_when_its_words_are_known(
    cast: Cast, data_dir: Path, reading: Reading, stamp: str
) -> None:
    scan = sent(cast.clerk)
    worked(reading)
    scan.refresh_from_db()
    assert (scan.state, scan.name, scan.sha256, scan.words) == (ScanState.KEPT_OUT, "", "", [])
    assert "không" in scan.note
    assert gone(data_dir)
    assert not Document.objects.exists()
    assert not StoredFile.objects.exists()
    assert Entry.objects.get(action="documents.kept_out").data.find(stamp) > 0
    assert "quet.pdf" not in "".join(Entry.objects.values_list("data", flat=True))


def test_without_tesseract_the_clerk_fills_the_letter_in_by_hand(cast: Cast) -> None:
    sent(cast.clerk)
    worked(UnreadableFile("cần chương trình tesseract"))
    document = Document.objects.get()
    assert (document.state, document.text) == (DocumentState.READ, "")
    failed, by_hand = map(unpacked, document.reading["warnings"])
    assert ("tesseract" in failed, "bằng tay" in by_hand, "by hand" in by_hand.en) == (True, True, True)


def test_the_same_scan_is_not_taken_twice(cast: Cast) -> None:
    sent(cast.clerk)
    with pytest.raises(Conflict, match="đang được nhận dạng"):
        sent(cast.clerk)
    worked(READ)
    with pytest.raises(Conflict, match="đã được nhận"):
        sent(cast.clerk)


def test_a_scan_that_became_known_meanwhile_joins_nothing(cast: Cast, data_dir: Path) -> None:
    scan = sent(cast.clerk)
    with patch("nhipcau.documents.incoming.intake.read_bytes", return_value=READ):
        receive(unit=cast.clerk.unit, data=PDF, name="a.pdf", received_on=RECEIVED, actor=cast.clerk, at=NOW)
    worked(READ)
    scan.refresh_from_db()
    assert (scan.state, scan.document, Document.objects.count()) == (ScanState.KNOWN, None, 1)
    assert not any((data_dir / "waiting").iterdir())


def test_a_job_that_runs_again_changes_nothing(cast: Cast) -> None:
    from nhipcau.documents.incoming.scanning import recognise

    scan = sent(cast.clerk)
    worked(READ)
    recognise(scan.pk, at=NOW)
    assert Document.objects.count() == 1


def test_a_letter_with_words_is_read_at_once(cast: Cast) -> None:
    document = accept(
        unit=cast.clerk.unit, data=plan(), name="a.txt", received_on=RECEIVED, actor=cast.clerk, at=NOW
    )
    assert isinstance(document, Document)
    assert not Scan.objects.exists()


def test_a_secret_name_stops_a_scan_at_the_door(cast: Cast, data_dir: Path) -> None:
    with pytest.raises(KeptOut):
        accept(
            unit=cast.clerk.unit, data=PDF, name="TỐI MẬT - 12.pdf", received_on=RECEIVED, actor=cast.clerk, at=NOW
        )
    assert gone(data_dir)


def test_strangers_see_no_scan(cast: Cast) -> None:
    scan = sent(cast.clerk)
    with pytest.raises(NotFound):
        get_scan_for(cast.scope(cast.stranger), scan.uid)


def test_discarding_the_letter_erases_its_words(cast: Cast) -> None:
    sent(cast.clerk)
    worked(READ)
    discard(document=Document.objects.get(), reason="gửi nhầm", actor=cast.clerk, at=NOW)
    assert not Scan.objects.exists()


@pytest.mark.needs_program("tesseract")
def test_a_real_secret_scan_leaves_nothing(cast: Cast, data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("PIL")
    from tests.reader.scans import secret

    monkeypatch.undo()
    monkeypatch.setattr("django.conf.settings.DATA_DIR", data_dir)
    assert shutil.which("tesseract")
    scan = sent(cast.clerk, secret("TỐI MẬT"))
    assert run_due(at=NOW) == 1
    scan.refresh_from_db()
    assert scan.state == ScanState.KEPT_OUT
    assert gone(data_dir)


@pytest.mark.needs_program("tesseract")
def test_a_searchable_copy_is_made_once_and_the_original_stays(
    cast: Cast, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("pikepdf")
    from tests.reader.scans import Sheet, letter, scanned

    data = scanned(letter(1), Sheet(150))
    scan = sent(cast.clerk, data)
    run_due(at=NOW)
    scan.refresh_from_db()
    assert scan.document is not None
    copy, name = download_searchable(scan.document)
    assert name == "quet-tim-kiem.pdf"
    words = pdfium.PdfDocument(copy)[0].get_textpage().get_text_range()
    assert "LIÊN ĐOÀN LAO ĐỘNG" in words
    assert download_original(scan.document)[0] == data
    monkeypatch.setattr("nhipcau.documents.queries.searchable_apart", lambda *_: pytest.fail("đã làm lại"))
    assert download_searchable(scan.document)[0] == copy


def test_a_typed_letter_has_no_searchable_copy(cast: Cast) -> None:
    with pytest.raises(NotFound, match="bản quét"):
        download_searchable(arrive(cast.clerk))
