"""Sổ hoạt động: who sees what, filters, withdrawing, papers."""

from __future__ import annotations

import datetime as dt

from nhipcau.activities.models import Activity, ActivityState
from tests.cast import Cast
from tests.web.activities.conftest import As
from tests.web.reports import places, scenes


def test_a_unit_sees_its_own_and_those_below_and_peers_see_nothing(cast: Cast, acting: As) -> None:
    scenes.publish()
    scenes.gave_gifts(cast.local_volunteer)
    seen = {
        post: len(acting(getattr(cast, post)).get("/hoat-dong/").context["rows"])
        for post in ("local_volunteer", "commune_officer", "provincial_officer", "stranger")
    }
    assert seen == {"local_volunteer": 1, "commune_officer": 1, "provincial_officer": 1, "stranger": 0}


def test_the_list_narrows_by_type_period_and_unit(cast: Cast, acting: As) -> None:
    scenes.publish()
    scenes.gave_gifts(cast.local_volunteer)
    scenes.gave_gifts(cast.commune_officer, day=dt.date(2026, 1, 5))
    client = acting(cast.commune_officer)

    def count(**query: str) -> int:
        return len(client.get("/hoat-dong/", query).context["rows"])

    assert count() == 2
    assert count(loai="doi_thoai") == 0
    assert count(tu="01/02/2026") == 1
    assert count(den="31/01/2026") == 1
    assert count(don_vi="hai au") == 1
    assert "Không có hoạt động nào khớp" in client.get("/hoat-dong/?loai=doi_thoai").content.decode()


def test_a_date_that_does_not_exist_is_told_and_narrows_nothing(cast: Cast, acting: As) -> None:
    scenes.publish()
    scenes.gave_gifts(cast.local_volunteer)
    page = acting(cast.local_volunteer).get("/hoat-dong/?tu=31/02/2026")
    assert page.context["form"].errors["tu"]
    assert len(page.context["rows"]) == 1


def test_one_activity_shows_its_figures_with_money_in_words(cast: Cast, acting: As) -> None:
    scenes.publish()
    activity = scenes.gave_gifts(cast.local_volunteer)
    page = acting(cast.local_volunteer).get(f"/hoat-dong/{activity.uid}/").content.decode()
    assert "6.000.000 đồng" in page
    assert "sáu triệu đồng" in page
    assert "Tài chính công đoàn" in page


def test_withdrawing_asks_for_a_reason_and_keeps_the_row_struck_out(cast: Cast, acting: As) -> None:
    scenes.publish()
    activity = scenes.gave_gifts(cast.local_volunteer)
    client = acting(cast.local_volunteer)
    assert client.post(f"/hoat-dong/{activity.uid}/rut/", {"reason": " "}).status_code == 422
    assert client.post(f"/hoat-dong/{activity.uid}/rut/", {"reason": "ghi hai lần"}).status_code == 302
    activity.refresh_from_db()
    assert activity.state == ActivityState.WITHDRAWN
    assert 'class="struck"' in client.get("/hoat-dong/").content.decode()


def test_the_level_above_sees_but_cannot_withdraw(cast: Cast, acting: As) -> None:
    scenes.publish()
    activity = scenes.gave_gifts(cast.local_volunteer)
    client = acting(cast.commune_officer)
    assert "Rút hoạt động" not in client.get(f"/hoat-dong/{activity.uid}/").content.decode()
    assert client.post(f"/hoat-dong/{activity.uid}/rut/", {"reason": "nhầm"}).status_code == 403
    assert Activity.objects.get().state == ActivityState.RECORDED


def test_a_paper_comes_back_bit_for_bit_under_its_own_name(cast: Cast, acting: As) -> None:
    held = places.with_paper(cast)
    evidence = held.evidence.get()
    answer = acting(cast.commune_officer).get(f"/hoat-dong/{held.uid}/giay-to/{evidence.pk}/")
    assert answer.content == "Đã đối thoại.".encode()
    assert "attachment" in answer["Content-Disposition"]
    assert acting(cast.commune_officer).get(f"/hoat-dong/{held.uid}/giay-to/{evidence.pk + 1}/").status_code == 404
