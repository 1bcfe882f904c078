"""Plans of a unit that ends go to its heirs by their shares, and come back when the event is undone."""

from __future__ import annotations

import datetime as dt

from nhipcau.audit.models import Entry
from nhipcau.core.periods import Period
from nhipcau.org.event_file import read_event
from nhipcau.org.models import Reorganisation, Unit
from nhipcau.org.reorganising import carry_out, preview, undo
from nhipcau.reports.models import Target, TemplateVersion
from nhipcau.reports.planning.giving import give_targets
from tests import plans
from tests.cast import NOW, SETUP, Cast, unit
from tests.reorganisations import AFTER, BEFORE, SPLIT, file, happen

YEAR, OVER = Period("year", 2026), Period("quarter", 2026, 1)
MERGER = "event,81/QĐ-LĐLĐ,Sáp nhập,,,2026-10-01\nsap-nhap,XA,,,,,,,,,,XB\n"
DISSOLVED = "event,82/QĐ-LĐLĐ,Giải thể,,,2026-10-01\ngiai-the,XA\nmove,A1,,,XB\nmove,A2,,,XB\n"


def give(cast: Cast, version: TemplateVersion, to: Unit, period: Period = YEAR, **values: str) -> None:
    typed = {(to.pk, code): text for code, text in values.items()}
    give_targets(version=version, period=period, values=typed, actor=cast.provincial_officer, at=NOW)


def of(unit: Unit, code: str = "gifts", period: str = "2026") -> int | None:
    return Target.objects.filter(unit=unit, indicator=code, period=period).values_list("value", flat=True).first()


def effects(rows: str) -> list[tuple[str, str]]:
    touched = preview(event=read_event(file(rows)), actor=SETUP, at=AFTER).touched
    return [(one.to, one.how) for part in touched if part.name == "plans" for one in part.effects]


def test_a_plan_is_divided_by_the_heirs_shares_and_added_to_what_they_have(cast: Cast) -> None:
    version = plans.publish()
    give(cast, version, cast.commune, gifts="100")
    give(cast, version, cast.sibling_commune, gifts="10")
    happen(SPLIT, AFTER)
    assert (of(unit("XC")), of(cast.sibling_commune)) == (67, 10 + 33)
    assert of(cast.commune) == 100, "its own last reports are measured by it"
    assert Entry.objects.filter(action="reports.targets_inherited").count() == 1


def test_an_average_is_not_added_up(cast: Cast) -> None:
    version = plans.publish()
    give(cast, version, cast.commune, average="500.000")
    give(cast, version, cast.sibling_commune, average="400.000")
    happen(SPLIT, AFTER)
    assert of(unit("XC"), "average") == of(cast.commune, "average")
    assert of(cast.sibling_commune, "average") != of(cast.commune, "average")


def test_a_plan_for_a_period_that_is_over_stays_and_one_without_an_heir_ends(cast: Cast) -> None:
    version = plans.publish()
    give(cast, version, cast.commune, OVER, gifts="100")
    assert effects(MERGER) == []
    give(cast, version, cast.commune, gifts="100")
    assert effects(DISSOLVED) == [("", "kết thúc, không có đơn vị kế thừa")]
    happen(DISSOLVED, AFTER)
    assert of(cast.sibling_commune) is None


def test_the_preview_names_each_heir_and_writes_nothing(cast: Cast) -> None:
    version = plans.publish()
    give(cast, version, cast.commune, gifts="100", money="900.000")
    given = "giao cho đơn vị kế thừa; cấp trên xem lại"
    assert effects(SPLIT) == [("Công đoàn phường Hải Long", given), ("Công đoàn phường Bình Sơn", given)]
    assert of(cast.sibling_commune) is None


def test_a_plan_given_anew_since_the_day_is_left_alone(cast: Cast) -> None:
    version = plans.publish()
    give(cast, version, cast.commune, gifts="100")
    happen(MERGER, BEFORE)
    typed = {(cast.sibling_commune.pk, "gifts"): "120"}
    later = AFTER + dt.timedelta(hours=1)
    give_targets(version=version, period=YEAR, values=typed, actor=cast.provincial_officer, at=later)
    carry_out(at=later)
    assert of(cast.sibling_commune) == 120


def test_undoing_takes_the_heirs_plans_back(cast: Cast) -> None:
    version = plans.publish()
    give(cast, version, cast.commune, gifts="100")
    give(cast, version, cast.sibling_commune, gifts="10")
    before = sorted(Target.objects.values_list(), key=str)
    happen(SPLIT, AFTER)
    undo(event=Reorganisation.objects.get(), actor=SETUP, at=AFTER)
    assert sorted(Target.objects.values_list(), key=str) == before
