"""A template held against the database: what it names must exist, and units are named by uid from then on."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from nhipcau.activities.models import ActivityType
from nhipcau.activities.types import TypeDefinition
from nhipcau.core.errors import Fault
from nhipcau.core.said import Said
from nhipcau.documents.numbering import CODES
from nhipcau.org.models import Unit, UnitKind, UnitName
from nhipcau.org.queries import branch_ids, is_root, names_of
from nhipcau.reports.design.definition import Definition, Indicator
from nhipcau.reports.design.duty import Assignment

OFFICIAL_LETTER = "công văn"  # the one kind of document that has no code of its own
Shapes = Mapping[str, tuple[set[str], Mapping[str, Sequence[Mapping[str, str]]]]]


def missing_names(definition: Definition, types: Sequence[TypeDefinition]) -> Iterator[Fault]:
    """Kinds and levels of unit, types of document and activity, measures and facets that are not there."""
    kinds = dict(UnitKind.objects.filter(internal=False).values_list("code", "rank"))
    assigned = definition.assignment
    if not (definition.reporters or assigned.levels or assigned.units):
        yield Fault("reporters", "chưa nêu loại đơn vị nào phải báo cáo")
    if definition.issue.doc_type not in CODES:
        yield Fault(
            "issue.doc_type", _lacking(Said("tên loại văn bản", "kind of document"), definition.issue.doc_type)
        )
    for code in definition.reporters:
        if code not in kinds:
            yield Fault("reporters", Said(f"loại đơn vị «{code}» không có", f"there is no kind of unit «{code}»"))
    for level in assigned.levels:
        if level not in kinds.values():
            yield Fault("levels", _lacking(Said("cấp", "level"), str(level)))
    shapes = _shapes(types)
    for item in definition.indicators():
        yield from _source_faults(item, shapes)


def _shapes(types: Iterable[TypeDefinition]) -> Shapes:
    known: dict[str, tuple[set[str], Mapping[str, Sequence[Mapping[str, str]]]]] = {
        kind.code: ({m["code"] for m in kind.measures}, {f["code"]: f["choices"] for f in kind.facets})
        for kind in ActivityType.objects.all()
    }
    for kind in types:
        choices = {facet["code"]: facet["choices"] for facet in kind.facets_json()}
        known[kind.code] = ({measure.code for measure in kind.measures}, choices)
    return known


def _source_faults(item: Indicator, shapes: Shapes) -> Iterator[Fault]:
    source, where = item.source, f"indicators.{item.code}"
    if source is None:
        return
    if source.letters:
        unknown = [one for one in source.letters if one not in {*CODES, OFFICIAL_LETTER}]
        yield from (Fault(where, _lacking(Said("tên loại văn bản", "kind of document"), one)) for one in unknown)
        return
    if source.activity not in shapes:
        yield Fault(where, _lacking(Said("loại hoạt động", "kind of activity"), source.activity))
        return
    measures, facets = shapes[source.activity]
    if source.measure and source.measure not in measures:
        yield Fault(
            where,
            Said(
                f"loại «{source.activity}» không có số liệu «{source.measure}»",
                f"the kind «{source.activity}» has no figure «{source.measure}»",
            ),
        )
    for facet, choice in source.where.items():
        if choice not in {one["code"] for one in facets.get(facet, [])}:
            yield Fault(
                where,
                Said(
                    f"loại «{source.activity}» không có «{facet}: {choice}»",
                    f"the kind «{source.activity}» has no «{facet}: {choice}»",
                ),
            )


def _lacking(what: Said, name: str) -> Said:
    return Said(f"không có {what} «{name}»", f"there is no {what.en} «{name}»")


# --- units by name -----------------------------------------------------------------------------------
def with_units(definition: Definition, owner: Unit | None, day: dt.date, faults: list[Fault]) -> Definition:
    """The definition with its units by uid, whether the file says a code or a uid; within the owner's branch.

    `owner` None or a unit with nobody above may name any. A template of anybody else is for its own branch.
    """
    assigned = definition.assignment
    named = {"branches": assigned.branches, "units": assigned.units, "except": assigned.excepted}
    inside = (
        None if owner is None or is_root(owner, day, definition.axis) else branch_ids(owner, day, definition.axis)
    )
    known = _uids({name for names in named.values() for name in names}, day)
    if inside is not None:
        within = {str(uid) for uid in Unit.objects.filter(pk__in=inside).values_list("uid", flat=True)}
        known = {name: uid for name, uid in known.items() if uid in within}
    for key, names in named.items():
        faults.extend(
            Fault(key, _lacking(Said("đơn vị mang mã", "unit with the code"), one))
            for one in names
            if one not in known
        )
    branches, units, excepted = (tuple(known.get(one, one) for one in names) for names in named.values())
    if inside is not None and owner is not None and not branches:
        branches = (str(owner.uid),)
    return replace(definition, assignment=Assignment(assigned.levels, branches, units, excepted))


def unit_codes(definition: Definition, day: dt.date) -> dict[str, str]:
    """Codes on that day, or the last ones, of the units a template names, by uid."""
    assigned = definition.assignment
    named = Unit.objects.in_bulk([*assigned.branches, *assigned.units, *assigned.excepted], field_name="uid")
    names = names_of([unit.pk for unit in named.values()], day)
    return {str(uid): names[unit.pk].code for uid, unit in named.items()}


def with_codes(definition: Definition, day: dt.date) -> Definition:
    """The definition with its units called by code, for people to read."""
    codes, assigned = unit_codes(definition, day), definition.assignment
    named = (assigned.branches, assigned.units, assigned.excepted)
    called = (tuple(codes.get(uid, uid) for uid in uids) for uids in named)
    return replace(definition, assignment=Assignment(assigned.levels, *called))


def _uids(names: Iterable[str], day: dt.date) -> dict[str, str]:
    """Uids by what the file calls the units; those nobody knows are left out."""
    asked = list(names)
    by_code = UnitName.objects.at(day).filter(code__in=asked).values_list("code", "unit__uid")
    found = {code: str(uid) for code, uid in by_code}
    uids = [one for one in asked if one not in found and _is_uid(one)]
    return found | {str(uid): str(uid) for uid in Unit.objects.filter(uid__in=uids).values_list("uid", flat=True)}


def _is_uid(text: str) -> bool:
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False


# --- texts -------------------------------------------------------------------------------------------
def texts_of(definition: Definition, types: Sequence[TypeDefinition] = ()) -> dict[str, list[str]]:
    """Every text of the template by the place it stands, for the boundary."""
    return dict(_texts(definition)) | {f"activity_types.{kind.code}": kind.texts() for kind in types}


def _texts(definition: Definition) -> Iterator[tuple[str, list[str]]]:
    yield "name", [definition.name, definition.name_en, definition.issue.subject, *definition.issue.addressees]
    issue = definition.issue
    yield "issue", [issue.doc_type, issue.authority, issue.title, issue.parent_issuer, *issue.recipients]
    for number, section in enumerate(definition.sections, start=1):
        yield f"sections.{number}", [section.title, section.title_en]
    for item in definition.indicators():
        if not item.part_of:  # its cells are read below, one item at a time: that is where a purpose shows
            yield f"indicators.{item.code}", [item.label, item.label_en, item.unit, item.help]
    for split in definition.breakdowns:
        words = [text for one in split.items for text in (one.label, one.label_en)]
        whole = [item.label for item in definition.indicators() if split.code in item.breakdowns]
        cells = [f"{label}: {one.label}" for label in whole for one in split.items]
        yield f"breakdowns.{split.code}", [split.label, split.label_en, *words, *cells]
    for rule in definition.rules:
        yield f"rules.{rule.code}", [rule.message, rule.message_en]
    for block in definition.narrative:
        yield f"narrative.{block.code}", [block.title, block.title_en, block.help, block.text]
