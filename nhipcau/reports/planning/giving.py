"""The level above says what units are to reach: per unit, indicator and period or year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max

from nhipcau.audit.actions import record
from nhipcau.core.actors import Actor
from nhipcau.core.clock import local_date
from nhipcau.core.errors import Conflict, Fault, InvalidInput, NotAllowed
from nhipcau.core.numbers import Cell, CellState
from nhipcau.core.periods import Period
from nhipcau.core.said import Said
from nhipcau.org.models import Post, Role, Unit
from nhipcau.org.queries import children_of, is_root
from nhipcau.reports.design.definition import Definition, Indicator
from nhipcau.reports.design.figures import parse_figure
from nhipcau.reports.design.templates import definition_of
from nhipcau.reports.models import Target, TemplateVersion

GIVERS = (Role.APPROVER, Role.DESIGNER)
_BATCH = 1000
Key = tuple[int, str]  # unit, indicator


@dataclass(frozen=True)
class Sheet:
    """Of one template and period: what stands in it, by unit and indicator, and when it was last changed."""

    cells: Mapping[Key, Cell]
    seen: dt.datetime | None


def sheet_of(version: TemplateVersion, period: Period, units: Iterable[int]) -> Sheet:
    """The plans of those units as they stand, scaled as they were written."""
    rows = Target.objects.filter(template=version.template_id, period=period.key, unit__in=set(units))
    cells = {
        (unit, code): Cell(CellState.VALUE, value)
        for unit, code, value in rows.values_list("unit", "indicator", "value")
    }
    return Sheet(cells, rows.aggregate(last=Max("given_at"))["last"])


def receivers(unit: Unit, version: TemplateVersion, day: dt.date) -> list[Unit]:
    """Whom a unit gives plans to: those directly below it, and itself where nobody above it could."""
    axis = version.template.axis
    own = [unit] if is_root(unit, day, axis) else []
    return [*own, *children_of(unit, day, axis)]


def require_period(definition: Definition, period: Period) -> None:
    """InvalidInput for a period that is neither of the template's kind nor a year it tiles."""
    if period.kind == definition.period_kind:
        return
    if period.kind == "year" and definition.period_kind != "term":
        return
    raise InvalidInput(
        Said(
            f"Kế hoạch của biểu mẫu «{definition.code}» giao theo kỳ của biểu mẫu hoặc theo năm, không theo "
            f"{period.label_vi}.",
            f"Plans for the form «{definition.code}» are given for its own periods or for a year, not for "
            f"{period.label_en}.",
        )
    )


def give_targets(
    *,
    version: TemplateVersion,
    period: Period,
    values: Mapping[Key, str],
    actor: Actor,
    at: dt.datetime,
    seen: dt.datetime | None = None,
) -> int:
    """Write what was typed for units and indicators; an empty text takes a plan back. How many changed.

    All of it or nothing: every value that cannot be taken is named, its `where` as "unit id:indicator". Conflict if
    somebody changed one of those units' plans after `seen`.
    """
    definition = definition_of(version)
    require_period(definition, period)
    cells = _cells(definition, values)
    units = {unit for unit, _ in cells}
    _require_giver(version, units, actor, at)
    with transaction.atomic():
        if isinstance(actor, Post):
            Unit.objects.select_for_update().get(pk=actor.unit_id)  # one giver at a time
        standing = sheet_of(version, period, units)
        if seen is not None and standing.seen is not None and standing.seen > seen:
            raise Conflict("Kế hoạch vừa được người khác sửa. Hãy mở lại trang để thấy số mới rồi nhập tiếp.")
        changed = {
            key: cell for key, cell in cells.items() if cell != standing.cells.get(key, Cell(CellState.MISSING))
        }
        if changed:
            _write(version, definition, period, changed, actor, at)
            record(
                actor=actor,
                action="reports.targets_given",
                obj=f"template:{version.template.code}",
                at=at,
                data={"period": period.key, "units": len({unit for unit, _ in changed}), "values": len(changed)},
            )
    return len(changed)


def _cells(definition: Definition, values: Mapping[Key, str]) -> dict[Key, Cell]:
    items = {item.code: item for item in definition.plannable()}
    faults: list[Fault] = []
    cells: dict[Key, Cell] = {}
    for (unit, code), text in values.items():
        where = f"{unit}:{code}"
        if code not in items:
            faults.append(Fault(where, "chỉ tiêu này không giao kế hoạch"))
            continue
        try:
            cells[unit, code] = read_plan(items[code], text)
        except InvalidInput as error:
            faults.append(Fault(where, error.message))
    if faults:
        raise InvalidInput(
            Said(
                f"Có {len(faults)} ô chưa nhận được; chưa ghi ô nào.",
                f"{len(faults)} cells could not be taken; none was kept.",
            ),
            faults,
        )
    return cells


def read_plan(item: Indicator, text: str) -> Cell:
    """A plan as typed: a figure, or nothing."""
    cell = parse_figure(item, text)
    if cell.state is CellState.NOT_APPLICABLE:
        raise InvalidInput("kế hoạch là một con số; không giao thì để trống")
    return cell


def _require_giver(version: TemplateVersion, units: set[int], actor: Actor, at: dt.datetime) -> None:
    if not isinstance(actor, Post):
        return
    if not actor.has_role(*GIVERS):
        raise NotAllowed("Chỉ người duyệt hoặc người thiết kế biểu mẫu của cấp trên mới giao kế hoạch.")
    below = {unit.pk for unit in receivers(actor.unit, version, local_date(at))}
    if not units <= below:
        raise NotAllowed("Kế hoạch chỉ giao cho đơn vị trực thuộc trực tiếp của đơn vị bạn.")


def _write(
    version: TemplateVersion,
    definition: Definition,
    period: Period,
    cells: Mapping[Key, Cell],
    actor: Actor,
    at: dt.datetime,
) -> None:
    decimals = {item.code: item.decimals for item in definition.plannable()}
    given = [key for key, cell in cells.items() if cell.state is CellState.VALUE]
    Target.objects.bulk_create(
        [
            Target(
                unit_id=unit,
                template_id=version.template_id,
                period=period.key,
                indicator=code,
                value=cells[unit, code].value,
                decimals=decimals[code],
                given_by=actor if isinstance(actor, Post) else None,
                given_at=at,
            )
            for unit, code in given
        ],
        batch_size=_BATCH,
        update_conflicts=True,
        unique_fields=["template", "period", "unit", "indicator"],
        update_fields=["value", "decimals", "given_by", "given_at"],
    )
    _take_back(version, period, [key for key in cells if key not in set(given)])


def _take_back(version: TemplateVersion, period: Period, keys: Sequence[Key]) -> None:
    standing = Target.objects.filter(template=version.template_id, period=period.key)
    for code in {code for _, code in keys}:
        standing.filter(indicator=code, unit__in=[unit for unit, other in keys if other == code]).delete()
