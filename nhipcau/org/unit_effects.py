"""What an event does to the units themselves: who ends, begins, moves to another superior, takes another name."""

from __future__ import annotations

from collections.abc import Iterator

from nhipcau.org.models import Axis, UnitName
from nhipcau.org.parts import Change, Effect, Touched


def of_units(change: Change) -> Touched:
    """Every unit concerned with where it stands afterwards, those that follow an ended superior too."""
    return Touched("units", "Đơn vị", (*_ended(change), *_begun(change), *_moved(change), *_renamed(change)))


def _ended(change: Change) -> Iterator[Effect]:
    for unit in change.ended:
        heirs = [change.names[heir] for heir, _ in change.heirs[unit]]
        yield Effect(
            change.names[unit], "kết thúc", ", ".join(heirs), "kế thừa" if heirs else "không có đơn vị kế thừa"
        )


def _begun(change: Change) -> Iterator[Effect]:
    for unit in change.begun:
        yield Effect(change.names[unit], "thành lập", "", f"từ ngày {change.day:%d/%m/%Y}")


def _moved(change: Change) -> Iterator[Effect]:
    for one in change.moved:
        before = change.names[one.before] if one.before else "cấp cao nhất"
        after = change.names[one.after] if one.after else "cấp cao nhất"
        yield Effect(
            change.names[one.unit], f"đổi cấp trên ({Axis(one.axis).label})", after, f"trước thuộc {before}"
        )


def _renamed(change: Change) -> Iterator[Effect]:
    old = dict(UnitName.objects.filter(valid_to=change.day).values_list("unit", "name"))
    for unit in change.renamed:
        yield Effect(
            old.get(unit, change.names[unit]), "đổi tên", change.names[unit], f"từ ngày {change.day:%d/%m/%Y}"
        )
