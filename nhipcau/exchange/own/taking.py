"""Taking a foreign table: its figures are entered for the units below (nhập thay), every row or none."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from xlsxwriter.utility import xl_col_to_name

from nhipcau.audit.actions import Plain, record
from nhipcau.audit.screen import screen
from nhipcau.core.clock import local_date
from nhipcau.core.errors import Conflict, Fault, InvalidInput, NhipCauError
from nhipcau.core.periods import Period
from nhipcau.core.said import Said
from nhipcau.core.text import fold
from nhipcau.exchange.models import LearntTable
from nhipcau.exchange.own import wordings
from nhipcau.exchange.own.columns import UNDECIDED, Choice, figure, key_of, ways
from nhipcau.exchange.own.table import Table
from nhipcau.org.models import Post, Unit
from nhipcau.org.queries import names_of
from nhipcau.reports.design.definition import Indicator
from nhipcau.reports.design.templates import definition_of
from nhipcau.reports.filling.standing_in import EnteredReport, enter_for
from nhipcau.reports.models import EntrySource, Submission, SubmissionState, TemplateVersion
from nhipcau.reports.planning.giving import receivers

MOST_FAULTS = 200
_PREFIX = re.compile(r"^(cong doan co so|cong doan|cdcs|nghiep doan)\s+")
_NUMBERED = re.compile(r"^(?:\d{1,3}[.)]|[-+*])\s+")
Seen = Mapping[str, int]
Chosen = Mapping[int, str]  # by column the figure and in what it counts: see `Choice`


def learnt_headings(unit: Unit, version: TemplateVersion) -> dict[str, str]:
    """What the unit's people matched before."""
    found = LearntTable.objects.filter(unit=unit, template=version.template_id).first()
    return dict(found.headings) if found else {}


def entered_below(version: TemplateVersion, period: Period, actor: Post, at: dt.datetime) -> dict[str, int]:
    """The revisions that stand of the units directly below, by the unit: what is entered may take their place."""
    below = [unit.pk for unit in receivers(actor.unit, version, local_date(at))]
    rows = Submission.objects.filter(unit__in=below, version__template=version.template_id, period=period.key)
    entered = rows.filter(entered_by_unit=actor.unit_id, state=SubmissionState.ACCEPTED)
    return {str(uid): revision for uid, revision in entered.values_list("unit__uid", "revision")}


def take_table(
    *,
    table: Table,
    chosen: Chosen,
    version: TemplateVersion,
    period: Period,
    actor: Post,
    at: dt.datetime,
    seen: Seen | None = None,
) -> int:
    """Enter the table's figures for the units of its rows, and learn its headings; how many units.

    `chosen`: the figure of each column, as a person confirmed it. `seen`: what stood (`entered_below`)
    when the table was looked at. InvalidInput names every cell that is wrong, and every row whose report a
    colleague entered since.
    """
    entered, faults = _read(table, chosen, version, actor, at)
    if not entered and not faults:
        raise InvalidInput(wordings.NO_ROWS)
    note = wordings.note(table.name, table.sheet)
    screen({"note": note, "headings": [heading for _, heading in table.numbers]}, "reason", actor=actor, at=at)
    with transaction.atomic():
        for row, (unit, figures) in entered.items() if not faults else ():
            try:
                with transaction.atomic():
                    report = EnteredReport(EntrySource.TABLE, note, figures)
                    known = None if seen is None else seen.get(str(unit.uid), 0)
                    enter_for(
                        unit=unit, version=version, period=period, entered=report, actor=actor, at=at, seen=known
                    )
            except (InvalidInput, Conflict) as refusal:
                faults += _at_row(table, row, refusal, chosen)
        if faults:
            raise InvalidInput(wordings.faulty(len(faults)), faults[:MOST_FAULTS])
        _learn(table, chosen, version, actor, at)
        data: dict[str, Plain] = {"template": version.template.code, "period": period.key, "units": len(entered)}
        record(actor=actor, action="exchange.table_taken", obj=f"unit:{actor.unit.uid}", at=at, data=data)
    return len(entered)


@dataclass
class Understood:
    """What a table says of whom: the rows of units below, and those of which nothing is entered, by the reason."""

    units: dict[int, Unit] = field(default_factory=dict)
    skipped: dict[str, list[int]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def told(self, table: Table) -> list[Said]:
        """What is left out, a sentence for each reason."""
        said = [
            wordings.skipped(kind, _places(rows), len(rows)) for kind, rows in sorted(self.skipped.items()) if rows
        ]
        if table.below:
            said.append(wordings.below(table.below))
        if table.words:
            said.append(wordings.words("; ".join(f"«{word}»" for word in table.words)))
        return said


def understood(table: Table, chosen: Chosen, version: TemplateVersion, actor: Post, at: dt.datetime) -> Understood:
    """Whose each row is. A row that names nobody below is a fault, unless it is a sum, a group's title or blank."""
    known, found = _units(version, actor, local_date(at)), Understood()
    wanted = [place for place, (column, _) in enumerate(table.numbers) if chosen.get(column)]
    for row, names, values in table.every:
        unit, kind = named_unit(names, known), table.kinds.get(row, "")
        fault = _doubt(" ".join(filter(None, names))[:80], kind, unit, found)
        if fault is not None:
            found.faults.append(Fault(table.cell(row, table.unit_at[0]), fault))
        elif unit is None or all(values[place] is None for place in wanted):
            found.skipped.setdefault("blank" if unit else kind, []).append(row)
        else:
            found.units[row] = unit
    return found


def _doubt(name: str, kind: str, unit: Unit | None, found: Understood) -> Said | None:
    if unit is not None:
        return wordings.two_rows(name) if unit in found.units.values() else None
    if kind in ("person", "nameless"):
        return wordings.A_PERSON if kind == "person" else wordings.NAMELESS
    return None if kind else wordings.unknown_unit(name)


def _places(rows: Sequence[int]) -> str:
    return ", ".join(str(row + 1) for row in rows)


def _read(
    table: Table, chosen: Chosen, version: TemplateVersion, actor: Post, at: dt.datetime
) -> tuple[dict[int, tuple[Unit, dict[str, str]]], list[Fault]]:
    """Unit and figures of every row, with all that cannot be taken."""
    items = {item.code: item for item in definition_of(version).entered()}
    choices = {column: Choice.of(text) for column, text in chosen.items() if text}
    faults = _misfits(table, chosen, items)
    if not {choice.code for choice in choices.values()} & {*items, UNDECIDED}:
        raise InvalidInput(wordings.NO_MATCH)
    rows = understood(table, chosen, version, actor, at)
    faults += rows.faults
    found: dict[int, tuple[Unit, dict[str, str]]] = {}
    for row, _names, values in table.every:
        if row not in rows.units:
            continue
        figures = {}
        for (column, _), value in zip(table.numbers, values, strict=True):
            choice = choices.get(column, Choice(""))
            if choice.code not in items or value is None:
                continue
            try:
                figures[choice.code] = figure(items[choice.code], choice.word, value)
            except InvalidInput as error:
                faults.append(Fault(table.cell(row, column), error.message))
        found[row] = (rows.units[row], figures)
    return found, faults


def _misfits(table: Table, chosen: Chosen, items: Mapping[str, Indicator]) -> list[Fault]:
    """Figures chosen twice, and columns that cannot count as was chosen."""
    codes = [Choice.of(text).code for text in chosen.values() if text not in ("", UNDECIDED)]
    faults = [Fault(code, wordings.doubled(code)) for code in sorted(set(codes)) if codes.count(code) > 1]
    for column, heading in table.numbers:
        choice, name = Choice.of(chosen.get(column, "")), str(xl_col_to_name(column))
        if choice.code == UNDECIDED:
            faults.append(Fault(name, wordings.undecided(name)))
        elif choice.code in items and choice.word not in ways(items[choice.code], heading):
            faults.append(Fault(name, wordings.NO_SCALE))
    return faults


def named_unit(names: Sequence[str], known: Mapping[str, Unit]) -> Unit | None:
    """The unit that a row names, by code or by name."""
    return next((known[key] for name in names for key in _keys(name) if key in known), None)


def _units(version: TemplateVersion, actor: Post, day: dt.date) -> Mapping[str, Unit]:
    """Units directly below by code and by name."""
    return known_units([unit for unit in receivers(actor.unit, version, day) if unit.pk != actor.unit_id], day)


def known_units(units: Sequence[Unit], day: dt.date) -> Mapping[str, Unit]:
    """Units by code and by name as on that day; a name that two of them bear names none."""
    names = names_of([unit.pk for unit in units], day)
    found: dict[str, Unit | None] = {}
    for unit in units:
        for key in {*_keys(names[unit.pk].code), *_keys(names[unit.pk].name)}:
            found[key] = None if key in found and found[key] != unit else unit
    return {key: unit for key, unit in found.items() if unit is not None}


def _keys(name: str) -> list[str]:
    folded = _NUMBERED.sub("", " ".join(fold(name).split()))
    return list(dict.fromkeys(filter(None, (folded, _PREFIX.sub("", folded)))))


def _at_row(table: Table, row: int, refusal: NhipCauError, chosen: Chosen) -> list[Fault]:
    """What entering a unit's report refused, at the cells it came from."""
    at = {Choice.of(text).code: column for column, text in chosen.items() if text}
    inner = refusal.faults if isinstance(refusal, InvalidInput) else ()
    told = [Fault(table.cell(row, at.get(one.where, table.unit_at[0])), one.message) for one in inner]
    return told or [Fault(table.cell(row, table.unit_at[0]), refusal.message)]


def _learn(table: Table, chosen: Chosen, version: TemplateVersion, actor: Post, at: dt.datetime) -> None:
    headings = learnt_headings(actor.unit, version) | {
        key_of(heading): chosen.get(column, "") for column, heading in table.numbers
    }
    LearntTable.objects.update_or_create(
        unit=actor.unit, template_id=version.template_id,
        defaults={"headings": headings, "changed_by": actor, "changed_at": at},
    )  # fmt: skip
