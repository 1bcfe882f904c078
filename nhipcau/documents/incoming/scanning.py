"""Scanned letters: taken in at once, recognised by the worker, and kept only if their words may enter."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from nhipcau.audit.actions import record
from nhipcau.core.errors import Conflict, MissingProgram, UnreadableFile
from nhipcau.core.said import Said, joined
from nhipcau.documents.incoming.intake import (
    AlreadyReceived,
    Incoming,
    check_arrival,
    check_file,
    require_welcome,
    save_letter,
)
from nhipcau.documents.models import Document, Scan, ScanState
from nhipcau.documents.storing import files, waiting
from nhipcau.documents.storing.keptout import KeptOut, require_unstamped
from nhipcau.org.models import Post, Unit
from nhipcau.outbox.jobs import enqueue, job
from nhipcau.reader import read_bytes, read_extracted
from nhipcau.reader.extract import Extracted, extract
from nhipcau.reader.language.words import to_plain
from nhipcau.reader.model import Reading

JOB = "documents.recognise"
_LOST = Said(
    "Không còn thấy tệp đang chờ nhận dạng. Hãy gửi lại tệp.",
    "The file that waited to be recognised is gone. Send it again.",
)
_HELD = {
    ScanState.WAITING: Said(
        "Bản quét này đang được nhận dạng chữ. Hãy chờ, không cần gửi lại.",
        "This scan is being recognised. Wait; there is no need to send it again.",
    ),
    ScanState.FAILED: Said(
        "Bản quét này đã gửi mà máy chưa nhận dạng được. Hãy thử lại hoặc bỏ bản đã gửi.",
        "This scan was sent before and could not be recognised. Try that one again, or drop it.",
    ),
}
_BY_HAND = Said(
    "Tệp gốc vẫn được giữ: hãy mở xem rồi nhập các mục bằng tay.",
    "The original is kept: open it and enter the fields by hand.",
)


def accept(
    *, unit: Unit, data: bytes, name: str, received_on: dt.date, actor: Post, at: dt.datetime
) -> Document | Scan:
    """Take in a letter. One whose pages must be recognised becomes a Scan and waits for the worker (minutes for
    many pages); any other is read at once, as by `receive`.

    Raises KeptOut, AlreadyReceived, Conflict (the same scan waits already), InvalidInput, UnreadableFile,
    NotFound, NotAllowed; then nothing is kept.
    """
    letter = Incoming(unit=unit, data=data, name=name, received_on=received_on, at=at)
    check_arrival(letter, actor=actor)
    extracted = extract(letter.data, letter.name, ocr=False)
    if extracted.unread:
        return _wait(letter, extracted, actor)
    letter.reading = read_extracted(extracted)
    require_welcome(letter, actor=actor)
    files.write(letter.data)
    return save_letter(letter, actor=actor)


def _wait(letter: Incoming, extracted: Extracted, actor: Post) -> Scan:
    require_unstamped(extracted.text, unit=letter.unit, actor=actor, at=letter.at)
    scan = Scan(
        unit=letter.unit, sent_by=actor, name=letter.name, sha256=files.sha256(letter.data),
        received_on=letter.received_on, pages=extracted.unread, created_at=letter.at,
    )  # fmt: skip
    waiting.put(scan, letter.data)
    try:
        with transaction.atomic():
            Unit.objects.select_for_update().get(pk=letter.unit.pk)
            before = Scan.objects.filter(unit=letter.unit, sha256=scan.sha256, state__in=_HELD).first()
            if before is not None:
                raise Conflict(_HELD[ScanState(before.state)])
            scan.save()
            enqueue(JOB, scan.pk, at=letter.at)
            # Neither name nor digest: should its words forbid it, nothing of it may stay, here neither.
            record(actor=actor, action="documents.scan_received", obj=f"scan:{scan.uid}", at=letter.at)
    except BaseException:
        waiting.remove(scan)
        raise
    return scan


@job(JOB)
def recognise(pk: int, *, at: dt.datetime) -> None:
    """Read one waiting scan: it becomes a letter that waits for a person, or it is erased. Safe to repeat."""
    scan = Scan.objects.select_related("unit", "sent_by").filter(pk=pk, state=ScanState.WAITING).first()
    if scan is None:
        return
    data = waiting.take(scan)
    if data is None:
        forget(scan, ScanState.KEPT_OUT, _LOST)
        return
    letter = Incoming(scan.unit, data, scan.name, scan.received_on, at)
    try:
        check_file(letter)  # whoever sent it may have another post by now: rights were checked then
        letter.reading = _read(letter, scan)
        require_welcome(letter, actor=scan.sent_by)
        files.write(letter.data)
        _become(scan, letter)
    except KeptOut as refusal:
        forget(scan, ScanState.KEPT_OUT, refusal.message)
    except AlreadyReceived as before:
        forget(scan, ScanState.KNOWN, before.message)
    waiting.remove(scan)


def _read(letter: Incoming, scan: Scan) -> Reading:
    """What can be read; where nothing can, a reading that says why, for the clerk to fill in by hand."""

    def tell(done: int, of: int) -> None:
        Scan.objects.filter(pk=scan.pk).update(pages_done=done, pages=of)

    try:
        return read_bytes(letter.data, letter.name, tell=tell)
    except (MissingProgram, UnreadableFile) as error:
        return Reading(text="", text_source="ocr", warnings=(joined("", [error.message]), _BY_HAND))


@transaction.atomic
def _become(scan: Scan, letter: Incoming) -> None:
    scan.document = save_letter(letter, actor=scan.sent_by)
    scan.words, scan.state = to_plain(letter.reading.pages), ScanState.DONE
    scan.save(update_fields=["document", "words", "state"])


def forget(scan: Scan, state: ScanState, note: str) -> None:
    """Erase the scan: its name and digest too. `note` says why, to whoever sent it."""
    waiting.remove(scan)
    scan.state, scan.note, scan.name, scan.sha256, scan.words = state, note, "", "", []
    scan.save(update_fields=["state", "note", "name", "sha256", "words"])


def erase_words(document: Document) -> None:
    """Erase what was recognised of a letter that is put aside, and the copy made of it."""
    for scan in Scan.objects.filter(document=document):
        waiting.remove_searchable(scan)
        scan.delete()
