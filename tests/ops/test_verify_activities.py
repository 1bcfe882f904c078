"""An activity that was touched says so: the values behind the figures."""

from __future__ import annotations

import pytest

from nhipcau.activities.actions import withdraw_activity
from nhipcau.activities.models import Activity
from nhipcau.audit.models import Entry
from tests import quarterly
from tests.cast import NOW, Cast
from tests.ops.tampering import sentences, sql

NAMED = "Hoạt động «Tặng quà» ngày 10/03/2026 của A1"
CHANGED = (
    f"{NAMED} đã bị sửa sau khi ghi: số liệu, ngày, loại, nơi, đơn vị phối hợp hoặc minh chứng không khớp nhật ký."
)


@pytest.fixture
def gift(cast: Cast) -> Activity:
    quarterly.publish()
    return quarterly.give(cast.local_volunteer, 30, 9_000_000, giver="upper")


def test_an_untouched_activity_is_clean(gift: Activity, cast: Cast) -> None:
    withdraw_activity(activity=gift, reason="ghi nhầm", actor=cast.local_volunteer, at=NOW)
    assert sentences() == []


@pytest.mark.parametrize(
    "change",
    [
        """"values" = '{"gifts": 300, "money": 9000000}'""",
        "facets = '{}'",
        "place = 'Bình Sơn'",
        "title = 'Việc khác'",
    ],
)
def test_a_changed_value_is_named(gift: Activity, change: str) -> None:
    sql(f"UPDATE activities_activity SET {change} WHERE id = %s", gift.pk)
    assert sentences() == [CHANGED]


def test_a_changed_day_is_named(gift: Activity) -> None:
    sql("UPDATE activities_activity SET held_on = '2026-04-10' WHERE id = %s", gift.pk)
    assert sentences() == [CHANGED.replace("10/03", "10/04")]


def test_a_partner_put_in_later_is_named(gift: Activity, cast: Cast) -> None:
    sql("INSERT INTO activities_activitypartner (activity_id, unit_id, outside, answer, note) "
        "VALUES (%s, %s, '', 'asked', '')",
        gift.pk, cast.other_local.pk)  # fmt: skip
    assert sentences() == [CHANGED]


def test_a_withdrawal_that_nobody_logged_is_named(gift: Activity) -> None:
    sql("UPDATE activities_activity SET state = 'withdrawn' WHERE id = %s", gift.pk)
    assert sentences() == [f"{NAMED} mang trạng thái «đã rút», nhật ký ghi khác."]


def test_a_deleted_activity_is_named(gift: Activity) -> None:
    sql("DELETE FROM activities_activity WHERE id = %s", gift.pk)
    assert sentences() == [f"Nhật ký ghi hoạt động {gift.uid} lúc 16/03/2026 02:00 UTC, nhưng bản ghi đã bị xóa."]


def test_an_activity_that_the_log_never_saw_is_named(gift: Activity) -> None:
    sql("DELETE FROM audit_entry WHERE id = %s", Entry.objects.get(action="activities.recorded").pk)
    assert sentences() == [f"{NAMED}: nhật ký không ghi hoạt động này."]
