"""Materials: pages and files, each version kept. A new one says what changed; the old ones can still be read."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from django.db import transaction

from nhipcau.audit.actions import record
from nhipcau.audit.screen import screen
from nhipcau.campaigns.actions import expect
from nhipcau.campaigns.models import Campaign, CampaignState, Material, MaterialKind, MaterialVersion
from nhipcau.core.errors import Conflict, Fault, InvalidInput
from nhipcau.core.said import Said
from nhipcau.core.text import clean
from nhipcau.documents.models import StoredFile
from nhipcau.documents.registers.books import checked_reason
from nhipcau.documents.rights import OFFICERS, require_own
from nhipcau.documents.storing.evidence import Paper, accept_paper, checked_papers
from nhipcau.org.models import Post

MOST_TEXT = 40_000
_TITLE, _CHANGED = 200, 500


@dataclass(frozen=True)
class MaterialInput:
    """What a person fills in: a page's text, or a file (none keeps the one that stands)."""

    title: str
    text: str = ""
    paper: Paper | None = None
    changed: str = ""
    public: bool = False


def add_material(
    *, campaign: Campaign, kind: MaterialKind, given: MaterialInput, actor: Post, at: dt.datetime
) -> Material:
    """A page or a file with its first version. Files pass the same gate as evidence: no pictures, no lists of names
    with identity numbers, their words checked by the boundary."""
    given = _checked(campaign, kind, given, actor, at)
    if kind == MaterialKind.FILE and given.paper is None:
        raise InvalidInput("Chưa lưu được tài liệu.", [Fault("paper", "hãy chọn tệp")])
    with transaction.atomic():
        _require_open(campaign)
        material = Material.objects.create(campaign=campaign, kind=kind, public=given.public)
        _add_version(material, 1, given, None, actor, at)
        _record("campaigns.material_added", material, actor, at, number=1)
    return material


def revise_material(
    *, material: Material, given: MaterialInput, number: int, actor: Post, at: dt.datetime
) -> MaterialVersion:
    """A new version, saying what changed. `number` is the version it was written from: Conflict if there is a newer
    one, so that nobody's work is overwritten unseen."""
    given = _checked(material.campaign, MaterialKind(material.kind), given, actor, at)
    if not given.changed:
        raise InvalidInput("Chưa lưu được tài liệu.", [Fault("changed", "hãy ghi bản này có gì mới")])
    with transaction.atomic():
        _require_open(material.campaign)
        locked = Material.objects.select_for_update().get(pk=material.pk)
        newest = locked.versions.all()[0]
        if locked.withdrawn_reason:
            raise Conflict("Tài liệu này đã rút; hãy thêm tài liệu mới.")
        if newest.number != number:
            raise Conflict("Tài liệu vừa được người khác sửa. Hãy mở lại trang để xem bản mới rồi sửa tiếp.")
        locked.public = given.public
        locked.save(update_fields=["public"])
        version = _add_version(locked, number + 1, given, newest, actor, at)
        _record("campaigns.material_revised", locked, actor, at, number=version.number)
    return version


def withdraw_material(*, material: Material, reason: str, actor: Post, at: dt.datetime) -> None:
    """Take it from the readers; its versions are kept. Repeating it changes nothing."""
    require_own(material.campaign.unit, *OFFICERS, actor=actor, at=at)
    reason = checked_reason(reason, "Rút tài liệu phải có lý do.", actor=actor, at=at)
    with transaction.atomic():
        locked = Material.objects.select_for_update().get(pk=material.pk)
        if not locked.withdrawn_reason:
            locked.withdrawn_reason = reason
            locked.save(update_fields=["withdrawn_reason"])
            _record("campaigns.material_withdrawn", locked, actor, at)


def _checked(
    campaign: Campaign, kind: MaterialKind, given: MaterialInput, actor: Post, at: dt.datetime
) -> MaterialInput:
    """Rights, form and boundary: all that precedes the transaction."""
    require_own(campaign.unit, *OFFICERS, actor=actor, at=at)
    text = clean(given.text, multiline=True) if kind == MaterialKind.PAGE else ""
    given = replace(given, title=clean(given.title), text=text, changed=clean(given.changed))
    faults = [] if 0 < len(given.title) <= _TITLE else [_length("title", _TITLE)]
    if len(given.changed) > _CHANGED:
        faults.append(_length("changed", _CHANGED))
    if kind == MaterialKind.PAGE and not 0 < len(text) <= MOST_TEXT:
        faults.append(_length("text", MOST_TEXT))
    if faults:
        raise InvalidInput("Chưa lưu được tài liệu.", faults)
    texts = {"title": given.title, "text": given.text, "changed": given.changed}
    screen(texts, "narrative", actor=actor, at=at)
    if kind == MaterialKind.FILE and given.paper is not None:
        return replace(given, paper=checked_papers([given.paper], actor=actor, at=at)[0])
    return replace(given, paper=None)


def _length(field: str, most: int) -> Fault:
    return Fault(field, Said(f"hãy ghi, không quá {most} chữ cái", f"fill this in, at most {most} characters"))


def _require_open(campaign: Campaign) -> None:
    locked = Campaign.objects.select_for_update().get(pk=campaign.pk)
    expect(locked, CampaignState.DRAFT, CampaignState.OPEN)


def _add_version(
    material: Material,
    number: int,
    given: MaterialInput,
    before: MaterialVersion | None,
    actor: Post,
    at: dt.datetime,
) -> MaterialVersion:
    file: StoredFile | None = before.file if before else None
    name = before.name if before else ""
    if given.paper is not None:
        file, name = accept_paper(given.paper), given.paper.name
    return MaterialVersion.objects.create(
        material=material,
        number=number,
        title=given.title,
        text=given.text,
        file=file,
        name=name,
        changed=given.changed,
        at=at,
        by=actor,
    )


def _record(action: str, material: Material, actor: Post, at: dt.datetime, **data: int) -> None:
    record(actor=actor, action=action, obj=f"material:{material.uid}", at=at, data=data)
