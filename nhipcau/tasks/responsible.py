"""Who a letter means by "các LĐLĐ huyện" or "Ban Nữ công": printed names resolved in the receiver's own branch.

A name means a unit; a plural or a kind means every unit of that kind (kinds are data, read by their labels);
"trực thuộc" keeps to the units directly below. Whatever is not sure resolves to nobody, and says why.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from nhipcau.core.said import Said, joined
from nhipcau.core.text import fold
from nhipcau.org.models import Unit, UnitKind
from nhipcau.org.queries import above_local_units, children_of, departments_of, with_name
from nhipcau.org.scope import Scope

# Offices abbreviate; names and labels are compared written out.
_LONG = {"ldld": "lien doan lao dong", "cdcs": "cong doan co so", "cd": "cong doan", "cdn": "cong doan nganh"}
_WORD = re.compile(r"\w+")
_MANY = re.compile(r"^(?:(?:de nghi|giao|yeu cau) )?(?:cac|toan the|tat ca(?: cac)?|moi|tung)\s+")
_BELOW = re.compile(r"\s{0,9}\b(?:truc thuoc|thuoc (?:cong doan|lien doan|pham vi)[\w ]{0,200})$")
_EVERYBODY = re.compile(r"(?:don vi|cap cong doan|cong doan|cong doan cap duoi|dia phuong(?: va)? don vi)$")
_DEPARTMENTS = re.compile(
    r"(?:phong )?ban(?: (?:phong|bo phan))?(?: (?:cua )?(?:lien doan|cong doan|co quan)[\w ]*)?$"
)
_ABOVE_LOCAL = re.compile(r"cong doan cap tren(?: truc tiep)?(?: co so)?$")
_NOT_NAMES = {"Liên", "Đoàn", "Ngành", "Huyện", "Tỉnh", "Xã", "Phường"}  # kinds, capitalised by habit
_PARTS = re.compile(r"\s{0,9}(?:,|;|\bvà\b)\s{0,9}")


@dataclass(frozen=True)
class Resolved:
    """The units that are meant, none if it is not sure; `why` is shown to the person who hands the work out."""

    units: tuple[Unit, ...]
    why: Said


@dataclass(frozen=True)
class _Group:
    """Units that a common noun stands for."""

    named: Callable[[str], bool]
    units: Callable[[], Iterable[Unit]]
    why: Said


def resolve(printed: str, scope: Scope) -> Resolved:
    """The units of the post's own branch that `printed` names today; nobody where the name is not found there."""
    whole = _resolved(printed, scope)
    parts = [part for part in _PARTS.split(printed) if part]
    if whole.units or len(parts) < 2:
        return whole
    each = [_resolved(part, scope) for part in parts]
    if not all(one.units for one in each):
        return whole
    units = tuple(dict.fromkeys(unit for one in each for unit in one.units))
    return Resolved(units, joined(" ", [one.why for one in each]))


def _resolved(printed: str, scope: Scope) -> Resolved:
    asked = _written_out(printed)
    unit = _by_name(_MANY.sub("", asked), scope)
    if unit is not None:
        vi = f"“{printed}” là tên đơn vị trong nhánh của mình."
        return Resolved((unit,), Said(vi, f"“{printed}” is the name of a unit in your branch."))
    directly = _BELOW.search(asked) is not None
    noun = _BELOW.sub("", _MANY.sub("", asked))
    for group in _groups(scope, directly=directly):
        if group.named(noun) and not _ends_in_a_name(printed):
            units = tuple(group.units())
            return Resolved(units, _of_kind(printed, group.why, len(units)))
    vi = f"Không có đơn vị nào tên “{printed}” trong nhánh của mình; hãy chọn đơn vị."
    return Resolved((), Said(vi, f"No unit of your branch is named “{printed}”; choose the units."))


def _of_kind(printed: str, kind: Said, count: int) -> Said:
    if count:
        return Said(f"“{printed}”: {kind} ({count} đơn vị).", f"“{printed}”: {kind.en} ({count} units).")
    return Said(
        f"“{printed}” là {kind}, nhưng nhánh của mình không có.",
        f"“{printed}” means {kind.en}, but your branch has none.",
    )


def _written_out(printed: str) -> str:
    words = _WORD.findall(fold(printed))
    return " ".join(_LONG.get(word, word) for word in words)


def _ends_in_a_name(printed: str) -> bool:
    """ "Công đoàn xã Hải Triều" is one unit, known or not; "các LĐLĐ huyện, thành phố" is a kind."""
    last = printed.rsplit(maxsplit=1)[-1]
    return last[:1].isupper() and not last.isupper() and last not in _NOT_NAMES


def _by_name(asked: str, scope: Scope) -> Unit | None:
    """The one unit of that name, or the only one whose name goes on from it ("… tỉnh Sông Lam" left out)."""
    named = [(unit, _written_out(unit.name or "")) for unit in with_name(scope.units(), scope.day)]  # type: ignore[attr-defined]
    same = [unit for unit, name in named if name == asked]
    longer = [unit for unit, name in named if name.startswith(asked + " ")] if len(asked.split()) > 2 else []
    found = same or longer
    if len(found) != 1:
        return None
    # "Công đoàn cơ sở" begins the only such name in a small branch, and is a kind all the same.
    return found[0] if same or not _is_kind(asked) else None


def _is_kind(noun: str) -> bool:
    return any(noun in _names_of(kind) for kind in UnitKind.objects.all())


def _groups(scope: Scope, *, directly: bool) -> Iterable[_Group]:
    unit, day = scope.unit, scope.day
    below = children_of(unit, day)
    yield _Group(
        lambda noun: _EVERYBODY.match(noun) is not None,
        lambda: below,
        Said("các đơn vị trực tiếp dưới đơn vị mình", "the units directly below yours"),
    )
    yield _Group(
        lambda noun: _ABOVE_LOCAL.match(noun) is not None,
        lambda: above_local_units(scope.units(), day),
        Said("các đơn vị đứng ngay trên công đoàn cơ sở", "the units right above the local unions"),
    )
    yield _Group(
        lambda noun: _DEPARTMENTS.match(noun) is not None,
        lambda: departments_of(unit, day),
        Said("các ban, bộ phận của cơ quan mình", "the departments of your own office"),
    )
    for kind in UnitKind.objects.filter(internal=False):
        names = _names_of(kind)
        among = below if directly else with_name(scope.units(), day)
        yield _Group(
            lambda noun, names=names: any(noun == name or noun.startswith(name + " ") for name in names),  # type: ignore[misc]
            lambda kind=kind, among=among: among.filter(kind=kind),  # type: ignore[misc]
            Said(
                f"các đơn vị loại {kind.label}" + (" trực tiếp dưới đơn vị mình" if directly else ""),
                f"the units of the kind “{kind.label}”" + (" directly below yours" if directly else ""),
            ),
        )


def _names_of(kind: UnitKind) -> list[str]:
    """ "công đoàn xã, phường, đặc khu" stands for công đoàn xã, công đoàn phường and công đoàn đặc khu."""
    first, *others = (_written_out(part) for part in kind.label.split(","))
    head = first.rsplit(" ", 1)[0] if " " in first else ""
    return [first, *(f"{head} {other}".strip() for other in others)]
