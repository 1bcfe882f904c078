"""A whole branch on the pages: handed out in the background, seen at a glance, taken away as a file."""

from __future__ import annotations

import pytest
from pytest_django.fixtures import Settings

from nhipcau.outbox.jobs import run_due
from nhipcau.tasks import status
from nhipcau.tasks.actions import complete
from nhipcau.tasks.models import AssignmentState, FanOut
from nhipcau.web.tasks import status as pages
from tests.cast import NOW, Cast
from tests.press.workbooks import rows
from tests.tasks.work import training
from tests.web.directive import at_local
from tests.web.tasks.conftest import As

LATE = "2026-05-12T09:00:00+07:00"


def test_a_duty_goes_to_every_unit_of_the_chosen_kinds_with_progress(cast: Cast, acting: As) -> None:
    duty = training(cast)
    client = acting(cast.provincial_officer)
    url = f"/viec/van-ban/{duty.document.uid}/giao-ca-nhanh/"
    form = client.get(url).content.decode()
    assert "công đoàn cơ sở (3)" in form
    assert client.post(url, {}).status_code == 422
    sent = {"obligation": str(duty.uid), "kinds": ["commune", "local"]}
    going = client.post(url, sent, follow=True).content.decode()
    assert "Đã giao 0 / 5 đơn vị." in going
    assert 'hx-trigger="every 2s"' in going
    run_due(at=NOW)
    fan = FanOut.objects.get()
    address = f"/viec/giao-ca-nhanh/{fan.uid}/"
    done = client.get(address, headers={"HX-Request": "true"})
    assert (done.status_code, "Đã giao xong." in done.content.decode()) == (286, True)
    back = client.post(f"{address}dung/", follow=True).content.decode()
    assert "Đã dừng. Đơn vị nào chưa làm xong thì không phải làm nữa." in back
    assert set(fan.task.assignments.values_list("state", flat=True)) == {AssignmentState.WITHDRAWN}


def test_the_map_counts_branches_and_says_each_square_in_words(cast: Cast, acting: As, settings: Settings) -> None:
    given = at_local(cast)
    complete(assignment=given, note="Xong", actor=cast.local_volunteer, at=NOW)
    settings.DEMO_CLOCK = LATE
    client = acting(cast.provincial_officer)
    page = client.get("/viec/tinh-hinh/").content.decode()
    assert "1/3 xong, 2 chậm, 1 chưa tiếp nhận" in page
    assert f"?don-vi={cast.commune.uid}" in page
    below = client.get(f"/viec/tinh-hinh/?don-vi={cast.commune.uid}")
    assert "Công đoàn cơ sở Công ty May Hải Âu" in below.content.decode()
    weeks = client.get("/viec/tinh-hinh/?theo=tuan").content.decode()
    assert "việc đến hạn từ 04/05/2026 đến 10/05/2026" in weeks
    assert client.get("/viec/tinh-hinh/?theo=nam").status_code == 404


def test_a_branch_out_of_sight_does_not_exist(cast: Cast, acting: As) -> None:
    at_local(cast)
    client = acting(cast.stranger)
    assert client.get(f"/viec/tinh-hinh/?don-vi={cast.commune.uid}").status_code == 404
    assert "An Hải" not in client.get("/viec/tinh-hinh/").content.decode()
    assert "An Hải" not in client.get("/viec/tinh-hinh/bang.csv").content.decode()


def test_an_empty_branch_says_so(cast: Cast, acting: As) -> None:
    assert "Chưa có việc nào" in acting(cast.local_volunteer).get("/viec/tinh-hinh/").content.decode()


def test_who_has_done_it_leaves_as_a_file_in_which_nothing_is_a_formula(cast: Cast, acting: As) -> None:
    given = at_local(cast)
    complete(assignment=given, note="=1+1 buổi tập huấn", actor=cast.local_volunteer, at=NOW)
    above = given.task.parent
    assert above is not None
    address = f"/viec/tien-do/{above.task.uid}/bang"
    client = acting(cast.provincial_officer)
    table = client.get(f"{address}.csv").content.decode("utf-8-sig").splitlines()
    assert len(table) == 5, "both communes and the two local unions that one passed it on to"
    assert "'=1+1 buổi tập huấn" in table[-2]
    assert "=1+1 buổi tập huấn" in str(rows(client.get(f"{address}.xlsx").content))
    assert client.get(f"{address}.ods").status_code == 404
    assert "May Hải Âu" not in acting(cast.stranger).get(f"{address}.csv").content.decode()
    english = client.post("/ngon-ngu/", {"language": "en"}) and client.get(f"{address}.csv")
    assert english.content.decode("utf-8-sig").startswith("Unit,")


def test_a_task_that_went_to_very_many_is_shown_branch_by_branch(
    cast: Cast, acting: As, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (status, pages):
        monkeypatch.setattr(module, "MOST_LISTED", 2)
    duty = training(cast)
    client = acting(cast.provincial_officer)
    client.post(
        f"/viec/van-ban/{duty.document.uid}/giao-ca-nhanh/",
        {"obligation": str(duty.uid), "kinds": ["commune", "local"]},
    )
    run_due(at=NOW)
    task = FanOut.objects.get().task
    page = client.get(f"/viec/tien-do/{task.uid}/").content.decode()
    assert f"?nhanh={cast.commune.uid}" in page
    assert "0200 000 000" not in page, "no single unit yet"
    branch = client.get(f"/viec/tien-do/{task.uid}/?nhanh={cast.sibling_commune.uid}").content.decode()
    assert "Xí nghiệp Gạch Sơn Ca" in branch
    assert "Hải Âu" not in branch
    seen = acting(cast.commune_officer).get(f"/viec/tien-do/{task.uid}/").content.decode()
    assert ("Hải Âu" in seen, "Sơn Ca" in seen) == (True, False)
