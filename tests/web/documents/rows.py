"""What the pages of letters and tasks need in their addresses; used by the permission table."""

from __future__ import annotations

from collections.abc import Mapping

from nhipcau.core.official import Signer
from nhipcau.documents.actions import CopyOrder, make_copy, register_petition, reserve_block
from nhipcau.documents.models import CopyForm, Document, Scan
from nhipcau.documents.outgoing.copying import parts_of
from nhipcau.documents.storing import files, media
from nhipcau.tasks.actions import complete
from tests.cast import NOW, Cast
from tests.reader.signed import pages
from tests.web import directive


def waiting(cast: Cast) -> Mapping[str, object]:
    """A letter of the province that nobody has confirmed."""
    return {"uid": directive.arrived(cast.clerk).uid}


def scan(cast: Cast) -> Mapping[str, object]:
    """A scan of the province that waits to be recognised."""
    waits = Scan(unit=cast.province, sent_by=cast.clerk, name="quet.pdf", received_on=NOW.date(), pages=3)
    waits.created_at = NOW
    waits.save()
    return {"uid": waits.uid}


def in_register(cast: Cast) -> Mapping[str, object]:
    """A letter in the province's register."""
    return {"uid": directive.registered(cast.clerk).uid}


def own_sight(cast: Cast) -> Mapping[str, object]:
    """Why one sees that letter."""
    return {"kind": "document", **in_register(cast)}


def printed(cast: Cast) -> Mapping[str, object]:
    """A page of a letter in the province's register that came as a PDF."""
    uid = in_register(cast)["uid"]
    letter = Document.objects.get(uid=str(uid))
    letter.original = files.store(pages(), media.PDF)
    letter.save(update_fields=["original"])
    return {"uid": uid, "number": 1}


def begun(cast: Cast) -> Mapping[str, object]:
    """The province's register of incoming letters has begun; the address takes no argument."""
    in_register(cast)
    return {}


def block(cast: Cast) -> Mapping[str, object]:
    """Numbers that the province keeps for the pen."""
    register = directive.registered(cast.clerk).entry.register
    kept = reserve_block(register=register, count=3, reason="mất điện", actor=cast.clerk, at=NOW)
    return {"uid": kept.uid}


def petition(cast: Cast) -> Mapping[str, object]:
    """A complaint that the province received."""
    day = NOW.date()
    register_petition(unit=cast.province, received_on=day, handler="Trưởng ban", actor=cast.clerk, at=NOW)
    return {"year": day.year, "number": 1}


def copy_sheet(cast: Cast) -> Mapping[str, object]:
    """The sheet of a copy that the province made."""
    source = directive.registered(cast.clerk)
    order = CopyOrder(CopyForm.EXCERPT, NOW.date(), Signer(), excerpt=(parts_of(source.text)[0],))
    copy = make_copy(source=source, order=order, actor=cast.clerk, at=NOW)
    return {"uid": copy.uid, "name": "to-sao.docx"}


def obligation(cast: Cast) -> Mapping[str, object]:
    """What that letter asks first."""
    first = directive.registered(cast.clerk).obligations.order_by("position").first()
    assert first is not None
    return {"uid": first.uid}


def task(cast: Cast) -> Mapping[str, object]:
    """A task from the commune to its local unions."""
    return {"uid": directive.at_local(cast).task.uid}


def at_commune(cast: Cast) -> Mapping[str, object]:
    """What the commune was given."""
    return {"uid": directive.at_commune(cast).uid}


def at_local(cast: Cast) -> Mapping[str, object]:
    """What the local union was given."""
    return {"uid": directive.at_local(cast).uid}


def paper(cast: Cast) -> Mapping[str, object]:
    """A paper of the local union."""
    given = directive.at_local(cast)
    files = [("bien-ban.txt", "Biên bản tập huấn".encode())]
    complete(assignment=given, note="Xong", evidence=files, actor=cast.local_volunteer, at=NOW)
    return {"uid": given.uid, "file": given.evidence.get().file.uid}
