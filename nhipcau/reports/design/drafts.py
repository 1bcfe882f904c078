"""A version in the making: begun, changed part by part, published or dropped by the designers of a unit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from nhipcau import boundary
from nhipcau.activities.models import ActivityType
from nhipcau.activities.types import TypeDefinition
from nhipcau.audit.actions import record
from nhipcau.audit.screen import screen
from nhipcau.core.clock import local_date
from nhipcau.core.errors import Conflict, Fault, InvalidInput, NotFound
from nhipcau.core.said import Said
from nhipcau.org.models import Post, Role
from nhipcau.org.queries import is_root
from nhipcau.org.scope import Scope, fetch
from nhipcau.reports.design.against import missing_names, texts_of, unit_codes, with_units
from nhipcau.reports.design.definition import Definition, load
from nhipcau.reports.design.expressions import Expression
from nhipcau.reports.design.parsing import read
from nhipcau.reports.design.templates import Published, catch_up, publish
from nhipcau.reports.design.writing import as_file
from nhipcau.reports.models import ReportTemplate, TemplateDraft, TemplateVersion

Raw = Mapping[str, Any]
BLANK: Raw = {
    "period": "quarter",
    "calendar": "civil",
    "axis": "territory",
    "due_working_days": 10,
    "sections": [{"title": "Phần 1", "indicators": []}],
    "issue": {"doc_type": "báo cáo"},
}


@dataclass(frozen=True)
class Reading:
    """A draft as it would be published: as far as it can be understood, with everything that is wrong."""

    definition: Definition | None
    types: Sequence[TypeDefinition]
    faults: Sequence[Fault]


# --- who sees what -------------------------------------------------------------------------------------
def designs(scope: Scope) -> bool:
    """Whether the post makes forms at all."""
    return scope.post.has_role(Role.DESIGNER)


def designed_templates(scope: Scope) -> QuerySet[ReportTemplate]:
    """The templates whose versions the post's unit makes: its own, and for a unit with nobody above it those of the
    whole installation."""
    if not designs(scope):
        return ReportTemplate.objects.none()
    own = ReportTemplate.objects.filter(owner=scope.unit)
    if any(is_root(scope.unit, scope.day, axis) for axis in ("territory", "sector")):
        own |= ReportTemplate.objects.filter(owner=None)
    return own.order_by("name")


def visible_drafts(scope: Scope) -> QuerySet[TemplateDraft]:
    """The unit's versions in the making, the latest first; nobody else's."""
    if not designs(scope):
        return TemplateDraft.objects.none()
    return TemplateDraft.objects.filter(unit=scope.unit).select_related("template").order_by("-changed_at")


def get_draft_for(scope: Scope, uid: object) -> TemplateDraft:
    """One of them, or NotFound."""
    return fetch(visible_drafts(scope), uid, "Không có bản thảo biểu mẫu này trong phạm vi của bạn.")


def get_designed_for(scope: Scope, code: str) -> ReportTemplate:
    """A template whose versions the unit makes, or NotFound."""
    found = designed_templates(scope).filter(code=code).first()
    if found is None:
        raise NotFound("Không có biểu mẫu này trong những biểu mẫu đơn vị bạn thiết kế.")
    return found


def reading_of(draft: TemplateDraft, at: dt.datetime) -> Reading:
    """What the draft says, and everything that keeps it from being published."""
    definition, types, faults = read(draft.content)
    if definition is not None:
        faults = [*faults, *missing_names(definition, types)]
        definition = with_units(definition, _owner(draft), local_date(at), faults)
    return Reading(definition, types, faults)


def file_of(version: TemplateVersion, day: dt.date) -> dict[str, Any]:
    """The version as a file for anybody: units by their codes, with the activity types it reads."""
    definition = load(version.definition)
    named = {item.source.activity for item in definition.indicators() if item.source and item.source.activity}
    types = [
        {
            "code": one.code,
            "label": one.label,
            "label_en": one.label_en,
            "measures": one.measures,
            "facets": one.facets,
        }
        for one in ActivityType.objects.filter(code__in=named).order_by("code")
    ]
    return as_file(definition, unit_codes(definition, day), types)


# --- changes -------------------------------------------------------------------------------------------
def begin_draft(
    *, actor: Post, at: dt.datetime, template: ReportTemplate | None = None, content: Raw | None = None
) -> TemplateDraft:
    """A new template, a new version of one, or either from a file. The unit's version in hand is kept and given."""
    scope = _scope(actor, at)
    if template is not None:
        get_designed_for(scope, template.code)
        standing = visible_drafts(scope).filter(template=template).first()
        if standing is not None and content is None:
            return standing
        latest = template.versions.order_by("-number").first()
        if content is None and latest is not None:
            content = as_file(load(latest.definition), unit_codes(load(latest.definition), scope.day))
    made = dict(content if content is not None else BLANK)
    _require_readable(made)
    _screen(made, {}, actor, at)
    with transaction.atomic():
        draft = TemplateDraft.objects.create(
            unit=actor.unit, template=template, content=made, changed_by=actor, changed_at=at
        )
        _log(draft, "reports.design_begun", actor, at)
    return draft


def change_draft(*, draft: TemplateDraft, content: Raw, edits: int, actor: Post, at: dt.datetime) -> TemplateDraft:
    """Keep the file as changed, faults and all; refused is what has no shape or crosses the boundary."""
    get_draft_for(_scope(actor, at), draft.uid)
    _require_readable(content)
    _screen(content, draft.content, actor, at)

    def change(locked: TemplateDraft) -> None:
        if locked.content != content:
            locked.before, locked.content = locked.content, dict(content)

    return _changed(draft, edits, change, actor, at)


def undo_change(*, draft: TemplateDraft, edits: int, actor: Post, at: dt.datetime) -> TemplateDraft:
    """Take the latest step back. Doing it again takes that back."""
    get_draft_for(_scope(actor, at), draft.uid)

    def change(locked: TemplateDraft) -> None:
        if locked.before is None:
            raise Conflict("Không còn bước nào để hoàn tác.")
        locked.before, locked.content = locked.content, locked.before

    return _changed(draft, edits, change, actor, at)


def drop_draft(*, draft: TemplateDraft, actor: Post, at: dt.datetime) -> None:
    """Give the version in the making up."""
    get_draft_for(_scope(actor, at), draft.uid)
    with transaction.atomic():
        _log(draft, "reports.design_dropped", actor, at)
        draft.delete()


def publish_draft(*, draft: TemplateDraft, edits: int, actor: Post, at: dt.datetime) -> Published:
    """The draft becomes the next version, as it was looked at; reports that were begun move along."""
    get_draft_for(_scope(actor, at), draft.uid)
    found = reading_of(draft, at)
    if found.faults or found.definition is None:
        raise InvalidInput(
            Said(
                f"Biểu mẫu còn {len(found.faults)} lỗi; chưa ban hành.",
                f"The form still has {len(found.faults)} faults; it was not published.",
            ),
            found.faults,
        )
    _require_code(draft, found.definition, _scope(actor, at))
    screen(texts_of(found.definition, found.types), "template", actor=actor, at=at)  # a refusal is logged by itself
    with transaction.atomic():
        locked = TemplateDraft.objects.select_for_update().get(pk=draft.pk)
        _require_edits(locked, edits)
        done = publish(
            definition=found.definition,
            types=found.types,
            owner=_owner(draft),
            move_drafts=True,
            actor=actor,
            at=at,
        )
        locked.delete()
    catch_up(done.version, actor=actor, at=at)
    return done


def _changed(
    draft: TemplateDraft, edits: int, change: Callable[[TemplateDraft], None], actor: Post, at: dt.datetime
) -> TemplateDraft:
    with transaction.atomic():
        locked = TemplateDraft.objects.select_for_update().get(pk=draft.pk)
        _require_edits(locked, edits)
        change(locked)
        locked.edits, locked.changed_by, locked.changed_at = locked.edits + 1, actor, at
        locked.save(update_fields=["content", "before", "edits", "changed_by", "changed_at"])
        _log(locked, "reports.design_changed", actor, at)
    return locked


def _require_edits(draft: TemplateDraft, edits: int) -> None:
    if draft.edits != edits:
        raise Conflict("Bản thảo vừa được người khác sửa. Hãy mở lại trang để thấy bản mới rồi sửa tiếp.")


def _require_code(draft: TemplateDraft, definition: Definition, scope: Scope) -> None:
    """A version is of its own template; a new template takes a code that nobody has."""
    named = ReportTemplate.objects.filter(code=definition.code).first()
    if draft.template is not None:
        wrong = definition.code != draft.template.code
        said = Said(
            f"mã của biểu mẫu này là «{draft.template.code}», phiên bản mới không đổi được",
            f"this form has the code «{draft.template.code}», which no version changes",
        )
    else:
        wrong = named is not None and not designed_templates(scope).filter(pk=named.pk).exists()
        said = Said(f"mã «{definition.code}» đã có người dùng", f"the code «{definition.code}» is taken")
    if wrong:
        raise InvalidInput("Chưa ban hành được.", [Fault("code", said)])


def _require_readable(content: Raw) -> None:
    definition, _, faults = read(content)
    if definition is None:
        raise InvalidInput(
            Said(f"Tệp biểu mẫu có {len(faults)} lỗi.", f"The file of the form has {len(faults)} faults."), faults
        )


def looked_at(content: Raw, before: Raw, where: str) -> list[str]:
    """What would be wrong with one part ("rules.qua-lon") if the file were kept like that; nothing is kept or
    logged. Said while somebody still types."""
    definition, types, found = read(content)
    faults = list(found) if definition is None else [*found, *missing_names(definition, types)]
    said = [one.message for one in faults if concerns(one, where)]
    try:
        boundary.guard(_new_texts(content, before), "template")
    except boundary.BoundaryRefused as refusal:
        said += [one.message for one in refusal.faults]
    return list(dict.fromkeys(said))


def concerns(fault: Fault, where: str) -> bool:
    """Whether it is about that part of the file, or something in it."""
    return fault.where == where or fault.where.startswith((f"{where}.", f"{where}["))


def _screen(content: Raw, before: Raw, actor: Post, at: dt.datetime) -> None:
    """The boundary on every text that was not there before."""
    screen(_new_texts(content, before), "template", actor=actor, at=at)


def _new_texts(content: Raw, before: Raw) -> dict[str, list[str]]:
    known = {text for texts in _texts(before).values() for text in texts}
    new = {field: [text for text in texts if text not in known] for field, texts in _texts(content).items()}
    return {field: texts for field, texts in new.items() if texts}


def _texts(content: Raw) -> dict[str, list[str]]:
    """Every text of the file by the place it stands: what people will read, and whatever else holds more than one
    word; of conditions and formulas those that are none."""
    definition, types, _ = read(content)
    found = texts_of(definition, types) if definition is not None else {}
    for key, part in content.items():
        found.setdefault(key, []).extend(_words(part))
    return found


def _words(part: Any, key: str = "") -> Iterator[str]:
    if isinstance(part, Mapping):
        for name, inner in part.items():
            yield from _words(inner, str(name))
    elif isinstance(part, list):
        for inner in part:
            yield from _words(inner, key)
    elif (
        isinstance(part, str) and " " in part.strip() and not (key in ("check", "formula") and _is_expression(part))
    ):
        yield part


def _is_expression(text: str) -> bool:
    try:
        _ = Expression(text).tree
    except InvalidInput:
        return False
    return True


def _owner(draft: TemplateDraft) -> Any:
    """Whose template it is: of the one it is a version of, or of the unit that makes it."""
    return draft.template.owner if draft.template is not None else draft.unit


def _scope(actor: Post, at: dt.datetime) -> Scope:
    scope = Scope(actor, at)
    scope.require_role(Role.DESIGNER)
    return scope


def _log(draft: TemplateDraft, action: str, actor: Post, at: dt.datetime) -> None:
    code = draft.template.code if draft.template else str(draft.content.get("code", ""))
    record(
        actor=actor,
        action=action,
        obj=f"template_draft:{draft.uid}",
        at=at,
        data={"template": code[:60], "edits": draft.edits},
    )
