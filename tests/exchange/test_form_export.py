"""The Excel form: who gets one, what stands in it, what is locked, and what it says by itself."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from nhipcau.core.errors import InvalidInput
from nhipcau.exchange.xlsx.exporting import export_forms
from nhipcau.exchange.xlsx.places import EARLIER, ENTRY, FIGURES, LABEL, STAMP, VERDICT, WORDS, WORDS_ENTRY
from nhipcau.org.models import UnitName
from nhipcau.reports.design.templates import import_template
from nhipcau.reports.models import TemplateVersion
from tests import quarterly
from tests.cast import NOW, SETUP, Cast
from tests.exchange.forms import fill, form, opened, row_of
from tests.quarterly import PERIOD


@pytest.fixture
def version(cast: Cast) -> TemplateVersion:
    return quarterly.publish()


def value(data: bytes, code: str, column: int = ENTRY) -> object:
    page = opened(data)[FIGURES]
    return page.cell(row_of(page, code), column + 1).value


def test_every_unit_of_the_branch_that_owes_the_report_gets_a_form(cast: Cast, version: TemplateVersion) -> None:
    forms = export_forms(version=version, period=PERIOD, unit=cast.commune, with_children=True)
    assert [one.file_name for one in forms] == ["quy-2026-Q1-XA.xlsx", "quy-2026-Q1-A1.xlsx", "quy-2026-Q1-A2.xlsx"]


def test_where_nobody_owes_it_there_is_no_form(cast: Cast) -> None:
    version = import_template(
        data=quarterly.YAML.replace("[local, commune, province]", "[province]").encode(),
        actor=SETUP, at=NOW,
    ).version  # fmt: skip
    with pytest.raises(InvalidInput, match="Không có đơn vị nào"):
        export_forms(version=version, period=PERIOD, unit=cast.local)


def test_it_is_filled_from_the_registers(cast: Cast, version: TemplateVersion) -> None:
    quarterly.give(cast.local_volunteer, 3, 900_000)
    data = form(version, cast.local)
    assert (value(data, "gifts"), value(data, "money"), value(data, "hours")) == (3, 900_000, None)


def test_the_level_above_does_not_see_a_draft_in_it(cast: Cast, version: TemplateVersion) -> None:
    quarterly.draft(cast.local_volunteer, version, gifts="7")
    forms = export_forms(version=version, period=PERIOD, unit=cast.commune, with_children=True)
    (theirs,) = (one.data for one in forms if one.unit == cast.local)
    assert value(theirs, "gifts") is None
    assert value(form(version, cast.local), "gifts") == 7


def test_the_period_before_stands_beside(cast: Cast, version: TemplateVersion) -> None:
    quarterly.accepted(cast, version, gifts="4", money="1.200.000", hours="2,5")
    data = form(version, cast.local, PERIOD.next())
    assert [value(data, code, EARLIER) for code in ("gifts", "money", "hours")] == [4, 1_200_000, 2.5]
    assert value(data, "gifts") is None


def test_only_what_is_typed_in_is_unlocked(cast: Cast, version: TemplateVersion) -> None:
    book = opened(form(version, cast.local))
    page = book[FIGURES]
    unlocked = [cell.coordinate for row in page.iter_rows() for cell in row if not cell.protection.locked]
    rows = [row_of(page, code) for code in ("gifts", "gifts_upper", "money", "letters", "hours")]
    assert unlocked == [f"F{rows[0]}", f"H{rows[0]}", *(f"F{row}" for row in rows[1:])]
    assert page.protection.sheet
    assert book[STAMP].sheet_state == "veryHidden"


def test_a_text_that_looks_like_a_formula_stays_a_text(cast: Cast, version: TemplateVersion) -> None:
    UnitName.objects.filter(unit=cast.local).update(name='=HYPERLINK("x")')
    report = quarterly.draft(cast.local_volunteer, version)
    report.narrative = {"danh_gia": "- Tổ chức 2 lớp\n=1+1"}
    report.save(update_fields=["narrative"])
    book = opened(form(version, cast.local))
    for cell in (book[FIGURES]["B2"], book[WORDS].cell(4, WORDS_ENTRY + 1)):
        assert cell.data_type == "s"
        assert cell.quotePrefix
    assert book[WORDS].cell(4, WORDS_ENTRY + 1).value == "- Tổ chức 2 lớp\n=1+1"


def test_the_rules_colour_the_cell_and_speak_beside_it(cast: Cast, version: TemplateVersion) -> None:
    page = opened(form(version, cast.local))[FIGURES]
    rules = {
        str(area.sqref): [rule.formula for rule in found]
        for area, found in page.conditional_formatting._cf_rules.items()
    }
    gifts, money = row_of(page, "gifts"), row_of(page, "money")
    asked = f"AND(AND(ISNUMBER(F{gifts}),ISNUMBER(F{money})),NOT((F{money}<=(F{gifts}*5000000))))"
    assert rules[f"F{money}"] == [[asked]]
    assert "Phải sửa: " in page.cell(money, VERDICT + 1).value


def test_the_same_report_gives_the_same_file_but_for_its_stamp(cast: Cast, version: TemplateVersion) -> None:
    one, other = (zipfile.ZipFile(BytesIO(form(version, cast.local))) for _ in range(2))
    differing = [name for name in one.namelist() if one.read(name) != other.read(name)]
    assert differing == ["xl/worksheets/sheet3.xml"]


def test_labels_are_as_published(cast: Cast, version: TemplateVersion) -> None:
    assert value(form(version, cast.local), "gifts", LABEL) == "Số suất quà"
    assert value(fill(form(version, cast.local), gifts=5), "gifts") == 5


def test_a_rule_on_the_period_before_speaks_in_the_form_and_one_on_other_units_does_not(cast: Cast) -> None:
    head, _, rest = quarterly.YAML.partition("rules:\n")
    rules = """rules:
  - {code: tang, severity: warning, check: "gifts <= max(previous(gifts) * 3, 10)", message: Tăng nhiều.}
  - {code: duoi, severity: info, check: "money >= children(money)", message: Ít hơn cấp dưới.}
"""
    data = (head + rules + rest[rest.index("narrative:") :]).encode()
    page = opened(form(import_template(data=data, actor=SETUP, at=NOW).version, cast.local))[FIGURES]
    gifts, money = row_of(page, "gifts"), row_of(page, "money")
    asked = f"AND(AND(ISNUMBER(F{gifts}),ISNUMBER(E{gifts})),NOT((F{gifts}<=MAX((E{gifts}*3),10))))"
    rules_of = {str(area.sqref): found for area, found in page.conditional_formatting._cf_rules.items()}
    assert [rule.formula for rule in rules_of[f"F{gifts}"]] == [[asked]]
    assert f"F{money}" not in rules_of


def test_small_counts_of_people_stay_with_the_unit_that_entered_them(cast: Cast) -> None:
    lines = [line for line in quarterly.YAML.splitlines() if "{code: average" not in line and "check:" not in line]
    yaml = "\n".join(lines).replace("rules:\n", "")
    shown = "{code: gifts_upper, label: Số người được thăm, unit: người, suppress_below: 10}"
    data = "\n".join(f"      - {shown}" if "{code: gifts_upper" in line else line for line in yaml.splitlines())
    version = import_template(data=data.encode(), actor=SETUP, at=NOW).version
    quarterly.accepted(cast, version, gifts_upper="4", money="1.200.000")
    forms = export_forms(version=version, period=PERIOD, unit=cast.commune, with_children=True)
    (theirs,) = (one.data for one in forms if one.unit == cast.local)
    assert (value(theirs, "gifts_upper"), value(theirs, "money")) == (None, 1_200_000)
    assert value(form(version, cast.local), "gifts_upper") == 4
