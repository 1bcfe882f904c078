"""Chiến dịch on the pages: written by the province, joined by a volunteer, read at every level."""

from __future__ import annotations

import csv
import datetime as dt
import io

from openpyxl import load_workbook
from pytest_django.fixtures import Settings

from nhipcau.access.actions import open_account
from nhipcau.activities.models import Activity, ActivityType
from nhipcau.campaigns.actions import close
from nhipcau.campaigns.coverage import cover
from nhipcau.campaigns.goals import Asked, set_goals
from nhipcau.campaigns.models import Campaign, CampaignState
from nhipcau.core.clock import VN
from nhipcau.org.actions import appoint, create_post, import_tree
from nhipcau.org.importing import read_rows
from nhipcau.org.models import Role
from tests.campaigns import scenes
from tests.cast import NOW, PASSWORD, SETUP, Cast, unit
from tests.web.campaigns.conftest import As

LATER = dt.datetime(2026, 4, 20, 9, 0, tzinfo=VN)
TYPED = {
    "name": "Tháng an toàn lao động",
    "purpose": "Giảm tai nạn lao động.",
    "first_day": "01/03/2026",
    "last_day": "31/03/2026",
    "kinds": ["local"],
    "types": ["noi_chuyen"],
    "client_key": "a-key",
}


def test_it_is_written_then_opened(cast: Cast, acting: As) -> None:
    scenes.kinds()
    client = acting(cast.provincial_officer)
    address = client.post("/chien-dich/soan/moi/", TYPED)["Location"]
    assert client.post("/chien-dich/soan/moi/", TYPED)["Location"] == address
    draft = client.get(address).content.decode()
    assert f'action="{address}mo/"' in draft and "Mục tiêu của mỗi đơn vị" not in draft
    client.post(f"{address}mo/")
    assert Campaign.objects.get().state == CampaignState.OPEN
    assert f'action="{address}mo/"' not in client.get(address).content.decode()


def test_what_is_wrong_stands_at_its_field_and_what_was_typed_is_kept(cast: Cast, acting: As) -> None:
    scenes.kinds()
    answer = acting(cast.provincial_officer).post("/chien-dich/soan/moi/", {**TYPED, "last_day": "01/02/2026"})
    assert answer.status_code == 422
    assert "ngày cuối phải từ ngày đầu trở đi" in answer.content.decode()
    assert "Giảm tai nạn lao động." in answer.content.decode()


def test_a_refused_purpose_is_explained_in_both_languages(cast: Cast, acting: As) -> None:
    scenes.kinds()
    client = acting(cast.provincial_officer)
    answer = client.post("/chien-dich/soan/moi/", {**TYPED, "purpose": scenes.REFUSED})
    assert answer.status_code == 422 and not Campaign.objects.exists()
    client.cookies["django_language"] = "en"
    assert "(rule " in client.post("/chien-dich/soan/moi/", {**TYPED, "purpose": scenes.REFUSED}).content.decode()


def test_a_volunteer_records_a_session_from_the_campaign_s_page(cast: Cast, acting: As) -> None:
    campaign = scenes.opened(cast)
    client = acting(cast.local_volunteer)
    page = client.get(f"/chien-dich/{campaign.uid}/").content.decode()
    address = f"/hoat-dong/ghi/?loai=noi_chuyen&amp;chien-dich={campaign.uid}"
    assert address in page
    form = client.get(address.replace("&amp;", "&")).content.decode()
    assert f'<option value="{campaign.uid}" selected>' in form
    typed = {"held_on": "10/03/2026", "so-talks": "1", "so-came": "35", "chien-dich": str(campaign.uid)}
    answer = client.post("/hoat-dong/ghi/?loai=noi_chuyen", {**typed, "client_key": "k"})
    assert answer["Location"] == f"/chien-dich/{campaign.uid}/"
    assert scenes.counted_in(Activity.objects.get()) == campaign
    shown = client.get(f"/hoat-dong/{Activity.objects.get().uid}/").content.decode()
    assert campaign.name in shown


def test_an_activity_need_not_belong_to_any_campaign(cast: Cast, acting: As) -> None:
    scenes.opened(cast)
    typed = {"held_on": "10/03/2026", "so-talks": "1", "chien-dich": "", "client_key": "k"}
    answer = acting(cast.local_volunteer).post("/hoat-dong/ghi/?loai=noi_chuyen", typed)
    assert scenes.counted_in(Activity.objects.get()) is None
    assert answer["Location"].startswith("/hoat-dong/")


def test_a_day_outside_the_campaign_is_said_at_the_day(cast: Cast, acting: As) -> None:
    campaign = scenes.opened(cast)
    typed = {"held_on": "10/02/2026", "so-talks": "1", "chien-dich": str(campaign.uid), "client_key": "k"}
    answer = acting(cast.local_volunteer).post("/hoat-dong/ghi/?loai=noi_chuyen", typed)
    assert answer.status_code == 422
    assert "chiến dịch chỉ tính buổi từ 01/03/2026" in answer.content.decode()


def test_a_campaign_of_another_branch_cannot_be_named_in_the_form(cast: Cast, acting: As) -> None:
    campaign = scenes.opened(cast, branches=[cast.commune])
    typed = {"held_on": "10/03/2026", "so-talks": "1", "chien-dich": str(campaign.uid), "client_key": "k"}
    assert acting(cast.stranger).post("/hoat-dong/ghi/?loai=noi_chuyen", typed).status_code == 404


def test_goals_are_set_for_all_and_for_one_unit(cast: Cast, acting: As) -> None:
    campaign = scenes.opened(cast)
    client, page = acting(cast.provincial_officer), f"/chien-dich/{campaign.uid}/muc-tieu/"
    assert client.post(page, {"muc-sessions": "2", "muc-reached": "80", "share": "on"}).status_code == 302
    assert client.post(f"{page}?don-vi={cast.commune.uid}", {"muc-sessions": "9"}).status_code == 302
    assert cover(campaign, NOW).at(cast.province).goals["sessions"] == 11
    refused = client.post(page, {"muc-sessions": "nhiều"})
    assert refused.status_code == 422


def test_how_it_is_counted_can_be_changed(cast: Cast, acting: As) -> None:
    campaign = scenes.opened(cast)
    scenes.talked(campaign, cast.local_volunteer, talks=3, came=40)
    chosen = {"sessions-noi_chuyen": "", "reached-noi_chuyen": "came"}
    acting(cast.provincial_officer).post(f"/chien-dich/{campaign.uid}/cach-tinh/", chosen)
    assert cover(campaign, NOW).at(cast.province).counts["sessions"] == 1
    both = {"sessions-noi_chuyen": "came", "reached-noi_chuyen": "came"}
    answer = acting(cast.provincial_officer).post(f"/chien-dich/{campaign.uid}/cach-tinh/", both)
    assert answer.status_code == 422


def test_each_level_reads_its_own_branch_and_peers_read_nothing_of_each_other(cast: Cast, acting: As) -> None:
    campaign = scenes.opened(cast)
    scenes.talked(campaign, cast.local_volunteer, came=500)
    page = f"/chien-dich/{campaign.uid}/ket-qua/"
    whole = acting(cast.provincial_officer).get(page).content.decode()
    assert "Công đoàn xã An Hải" in whole and "Công đoàn phường Bình Sơn" in whole
    assert "nhiều hơn số đoàn viên" not in whole and "500 lượt người dự" in whole
    commune = acting(cast.commune_officer).get(page).content.decode()
    assert "Công ty May Hải Âu" in commune and "Bình Sơn" not in commune.split("<main")[1]
    assert "nhiều hơn số đoàn viên (455)" in commune
    assert acting(cast.commune_officer).get(f"{page}?don-vi={cast.sibling_commune.uid}").status_code == 404


def test_the_files_hold_every_unit_and_no_formula(cast: Cast, acting: As) -> None:
    campaign = scenes.opened(cast)
    scenes.talked(campaign, cast.local_volunteer, came=30)
    name = cast.local.names.get()
    name.name = "=HYPERLINK(1)"
    name.save()
    ActivityType.objects.filter(code="dien_tap").update(label="=1+1")
    set_goals(campaign=campaign, unit=None, asked={"sessions": Asked(1)}, actor=cast.provincial_officer, at=NOW)
    client = acting(cast.provincial_officer)
    text = client.get(f"/chien-dich/{campaign.uid}/ket-qua.csv").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert len(rows) == 1 + 6
    assert "'=1+1: Số tiền (đồng)" in rows[0], "a heading is no formula either"
    assert next(r for r in rows if r[0] == "A1")[:8] == ["A1", "'=HYPERLINK(1)", "2", "1", "1", "420", "1", "30"]
    book = load_workbook(io.BytesIO(client.get(f"/chien-dich/{campaign.uid}/ket-qua.xlsx").content))
    cells = [cell for row in book.active.iter_rows() for cell in row if cell.value is not None]
    assert any(cell.value == "=HYPERLINK(1)" and cell.data_type == "s" for cell in cells)
    assert not any(cell.data_type == "f" for cell in cells)


def test_more_time_is_given_and_read_below_with_its_reason(cast: Cast, acting: As) -> None:
    campaign = scenes.opened(cast)
    page = f"/chien-dich/{campaign.uid}/"
    typed = {"last_day": "15/04/2026", "reason": "mưa lũ kéo dài"}
    acting(cast.provincial_officer).post(f"{page}gia-han/", typed)
    assert "mưa lũ kéo dài" in acting(cast.local_volunteer).get(page).content.decode()


def test_a_session_recorded_before_is_counted_by_one_tap(cast: Cast, acting: As) -> None:
    campaign = scenes.opened(cast)
    client = acting(cast.local_volunteer)
    client.post("/hoat-dong/ghi/?loai=noi_chuyen", {"held_on": "10/03/2026", "so-talks": "1", "client_key": "k"})
    held = Activity.objects.get()
    page = f"/chien-dich/{campaign.uid}/"
    client.post(f"{page}tinh-buoi/", {"hoat-dong": str(held.uid)})
    assert scenes.counted_in(held) == campaign
    client.post(f"{page}bo-buoi/", {"hoat-dong": str(held.uid)})
    assert scenes.counted_in(held) is None


def test_a_ready_made_one_is_a_draft_with_its_material_and_quiz(cast: Cast, acting: As) -> None:
    client = acting(cast.provincial_officer)
    assert "Tháng hành động về an toàn" in client.get("/chien-dich/soan/").content.decode()
    typed = {"mau": "an-toan-lao-dong", "client_key": "k"}
    address = client.post("/chien-dich/soan/san/", typed)["Location"]
    assert client.post("/chien-dich/soan/san/", typed)["Location"] == address
    page = client.get(address).content.decode()
    assert "Số buổi: 1 buổi; Lượt người dự: 60 % số đoàn viên." in page
    assert "Năm việc trước khi vào ca" in page and "Mười câu về an toàn" in page
    assert client.post(f"{address}mo/").status_code == 302


def test_near_its_end_a_campaign_stands_on_the_worklist_until_a_session_is_held(cast: Cast, acting: As) -> None:
    campaign = scenes.opened(cast, last_day=NOW.date() + dt.timedelta(days=10))
    volunteer, ending = acting(cast.local_volunteer), "Chiến dịch đơn vị chưa tổ chức buổi nào"
    assert ending in volunteer.get("/").content.decode()
    assert ending not in acting(cast.provincial_officer).get("/").content.decode()
    scenes.talked(campaign, cast.local_volunteer)
    assert ending not in volunteer.get("/").content.decode()


def test_a_unit_that_came_after_the_campaign_reads_it_and_sees_none_of_the_branch_s_figures(
    cast: Cast, acting: As, settings: Settings
) -> None:
    campaign = scenes.opened(cast)
    scenes.talked(campaign, cast.local_volunteer, came=300)
    close(campaign=campaign, actor=cast.provincial_officer, at=LATER)
    settings.DEMO_CLOCK = LATER.isoformat()
    rows = "code,name,kind,parent,from\nA9,Công đoàn cơ sở Công ty Muối Trắng,local,XA,2026-04-02\n"
    import_tree(rows=read_rows(rows.encode()), actor=SETUP, at=NOW)
    post = create_post(
        unit=unit("A9"), title="Chủ tịch", roles=[Role.BOARD], start=LATER.date(), actor=SETUP, at=NOW
    )
    account = open_account(login="a9", password=PASSWORD, name="Người giữ chức", actor=SETUP, at=NOW)
    appoint(post=post, person=account.person, start=LATER.date(), actor=SETUP, at=NOW)
    page = acting(post).get(f"/chien-dich/{campaign.uid}/")
    assert (page.status_code, "Kết quả" in page.content.decode()) == (200, False)
    for file in ("", ".csv", ".xlsx"):
        assert acting(post).get(f"/chien-dich/{campaign.uid}/ket-qua{file or '/'}").status_code == 404
    assert "Kết quả" in acting(cast.local_volunteer).get(f"/chien-dich/{campaign.uid}/").content.decode()
