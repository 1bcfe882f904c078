"""Who owes a report: by kind, level, branch and name; the same units on every page and in every count."""

from __future__ import annotations

import pytest
import yaml

from nhipcau.analytics.rows import rows_of
from nhipcau.core.errors import InvalidInput, NotAllowed
from nhipcau.core.periods import parse_period
from nhipcau.exchange.xlsx.exporting import owing as forms_for
from nhipcau.org.event_file import read_event
from nhipcau.org.models import Unit, UnitName
from nhipcau.org.reorganising import preview
from nhipcau.reports.design.definition import load
from nhipcau.reports.design.parsing import parse
from nhipcau.reports.design.templates import import_template, publish
from nhipcau.reports.filling.drafting import open_draft
from nhipcau.reports.filling.duties import duties
from nhipcau.reports.issuing.gathering import missing_units
from nhipcau.reports.models import Target, TemplateVersion
from nhipcau.reports.queries import visible_templates
from nhipcau.reports.totals.consolidation import consolidate, consolidate_every_node, from_records
from nhipcau.reports.totals.gaps import gaps_of
from tests import quarterly
from tests.cast import NOW, SETUP, Cast
from tests.quarterly import LATER, PERIOD
from tests.reorganisations import AFTER, BEFORE, SPLIT, file, happen

pytestmark = pytest.mark.django_db


def assigned(**keys: object) -> TemplateVersion:
    """The quarterly template, owed by whom the keys say."""
    raw = {key: part for key, part in yaml.safe_load(quarterly.YAML).items() if key != "reporters"} | keys
    return import_template(data=yaml.safe_dump(raw, allow_unicode=True).encode(), actor=SETUP, at=NOW).version


def owing(cast: Cast, version: TemplateVersion, period: str = PERIOD.key) -> set[str]:
    """Codes of the units that owe, as every part of the program that asks says; they must agree."""
    key = parse_period(period)
    gaps = gaps_of(version, key, cast.province)
    names = {name.code for name in gaps.missing}
    counted = consolidate(version=version, period=key, unit=cast.province, at=LATER).coverage.expected
    records = from_records(version=version, period=key, unit=cast.province, at=LATER)[0].coverage.expected
    rows = rows_of(version, key, None)
    forms = forms_for(version, key, cast.province, with_children=True)
    listed = missing_units(load(version.definition), version, key, cast.province)
    found = {int(counted), int(records), int(rows.expected.sum()), forms.count(), len(listed)}
    assert found == {len(names)}
    return names


@pytest.mark.parametrize(
    ("keys", "codes"),
    [
        ({"reporters": ["local", "commune"]}, {"XA", "XB", "A1", "A2", "B1"}),
        ({"reporters": ["local"], "branches": ["XA"]}, {"A1", "A2"}),
        ({"reporters": ["local", "commune"], "branches": ["XB", "A1"]}, {"XB", "B1", "A1"}),
        ({"reporters": ["local"], "except": ["A2"]}, {"A1", "B1"}),
        ({"units": ["A2", "XB"]}, {"A2", "XB"}),
        ({"reporters": ["local"], "branches": ["XA"], "units": ["B1"], "except": ["A1"]}, {"A2", "B1"}),
    ],
)
def test_kinds_branches_and_names_say_who_owes(cast: Cast, keys: dict[str, object], codes: set[str]) -> None:
    assert owing(cast, assigned(**keys)) == codes


def test_a_level_takes_every_kind_of_it(cast: Cast) -> None:
    rank = cast.commune.kind.rank
    assert owing(cast, assigned(levels=[rank])) == {"XA", "XB"}


def test_each_node_counts_those_of_its_own_branch(cast: Cast) -> None:
    version = assigned(reporters=["local"], branches=["XA"])
    nodes = {n.unit_id: n.coverage.expected for n in consolidate_every_node(
        version=version, period=PERIOD, unit=cast.province, at=LATER)}  # fmt: skip
    assert nodes[cast.commune.pk] == 2
    assert nodes[cast.sibling_commune.pk] == 0


def test_who_does_not_owe_opens_no_report_and_sees_no_duty(cast: Cast) -> None:
    version = assigned(reporters=["commune"], branches=["XA"])
    assert duties(cast.scope(cast.commune_officer, LATER), 4)
    assert duties(cast.scope(cast.stranger, LATER), 4) == []
    with pytest.raises(NotAllowed, match="không phải lập báo cáo"):
        open_draft(unit=cast.sibling_commune, version=version, period=PERIOD, actor=cast.stranger, at=LATER)


def test_a_branch_that_was_merged_is_followed_to_who_took_over(cast: Cast) -> None:
    version = assigned(reporters=["local", "commune"], branches=["XA"])
    happen()
    assert owing(cast, version, "2026-Q3") == {"XA", "A1", "A2"}
    assert {UnitName.objects.filter(unit=unit).latest("valid_from").code for unit in expected(cast, version)} == {
        "XC", "A2", "XB", "A1", "B1",
    }  # fmt: skip


def test_a_reorganisation_names_the_templates_and_plans_of_units_that_end(cast: Cast) -> None:
    version = assigned(reporters=["local", "commune"], branches=["XA"])
    Target.objects.create(
        unit=cast.commune, template=version.template, period="2026", indicator="gifts", value=5, given_at=NOW
    )
    parts = preview(event=read_event(file(SPLIT)), actor=SETUP, at=BEFORE).touched
    told = [(one.unit, one.what, one.how) for part in parts for one in part.effects]
    assert ("Công đoàn xã An Hải", "Báo cáo quý") in [(unit, what) for unit, what, how in told if "kế thừa" in how]
    assert ("Công đoàn xã An Hải", "kế hoạch giao: Báo cáo quý, năm 2026") in [one[:2] for one in told]


def expected(cast: Cast, version: TemplateVersion) -> list[Unit]:
    """Of the quarter after the merger."""
    return list(forms_for(version, parse_period("2027-Q1"), cast.province, with_children=True))


def test_units_are_kept_by_uid_and_may_change_their_code(cast: Cast) -> None:
    version = assigned(units=["A2"])
    assert version.definition["assignment"]["units"] == [str(cast.other_local.uid)]


def test_an_unknown_unit_or_level_is_named(cast: Cast) -> None:
    with pytest.raises(InvalidInput) as refusal:
        assigned(reporters=["local"], branches=["QQ"], levels=[99])
    assert {fault.where for fault in refusal.value.faults} == {"branches", "levels"}


def test_a_units_own_template_is_for_its_own_branch_and_out_of_sight_for_its_sibling(cast: Cast) -> None:
    raw = yaml.safe_load(quarterly.YAML) | {"code": "xa", "reporters": ["local"]}
    definition, types = parse(raw)
    version = publish(definition=definition, types=types, owner=cast.commune, actor=SETUP, at=NOW).version
    assert owing(cast, version) == {"A1", "A2"}
    assert [one.code for one in visible_templates(cast.scope(cast.local_volunteer))] == ["xa"]
    assert list(visible_templates(cast.scope(cast.stranger))) == []
    with pytest.raises(InvalidInput, match="1 lỗi"):
        outside, _ = parse(raw | {"branches": ["XB"], "code": "xa2"})
        publish(definition=outside, types=(), owner=cast.commune, actor=SETUP, at=AFTER)
