"""An administrator records a decision by file or row by row, looks at it first, and can undo it for a while."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from nhipcau.access.actions import open_account
from nhipcau.org.actions import appoint, create_post
from nhipcau.org.models import Placement, Post, Reorganisation, Role, Unit
from tests import quarterly
from tests.cast import NOW, PASSWORD, SETUP, Cast, unit
from tests.reorganisations import file
from tests.tasks.work import handed_out

HEAD = {"so": "90/QĐ-LĐLĐ", "trich_yeu": "Sắp xếp công đoàn xã", "ngay": "01/04/2026"}
MERGER = "event,90/QĐ-LĐLĐ,Sắp xếp công đoàn xã,,,2026-04-01\nsap-nhap,XA,,,,,,,,,,XB\n"


def admin(at_unit: Unit, login: str = "quantri") -> Client:
    """A client signed in as the administrator of that unit."""
    start = dt.date(2025, 7, 1)
    post: Post = create_post(
        unit=at_unit, title="Quản trị", roles=(Role.ADMINISTRATOR,), start=start, actor=SETUP, at=NOW
    )
    account = open_account(login=login, password=PASSWORD, name="Người quản trị", phone="", actor=SETUP, at=NOW)
    appoint(post=post, person=account.person, start=start, actor=SETUP, at=NOW)
    client = Client()
    client.force_login(account)
    return client


@pytest.fixture(autouse=True)
def today(settings: Settings) -> None:
    settings.DEMO_CLOCK = NOW.isoformat()


def send(client: Client, rows: str = "", **fields: str) -> tuple[int, str]:
    answer = client.post(reverse("org:enter"), {**HEAD, "rows": rows, **fields})
    return answer.status_code, answer.content.decode()


def carried(page: str) -> str:
    """What the page carries from step to step."""
    found = re.search(r'<textarea name="rows" hidden>\n?(.*?)</textarea>', page, re.S)
    assert found
    return found[1].replace("\r\n", "\n")


def test_rows_are_added_by_what_happens_then_looked_at_then_recorded(cast: Cast) -> None:
    client = admin(cast.province)
    _, page = send(client, viec="chon", loai="sap-nhap")
    assert "Mã đơn vị kế thừa" in page
    assert "Mã cấp trên" not in page, "only what the kind needs is asked for"
    _, page = send(client, viec="them", verb="sap-nhap", **{"dong-code": "XA", "dong-successor": "XB"})
    rows = carried(page)
    status, page = send(client, rows, viec="xem")
    assert (status, Reorganisation.objects.exists()) == (200, False)
    assert "Ghi quyết định này" in page
    assert "Chủ tịch công đoàn xã" in page, "the post that ends"
    answer = client.post(reverse("org:enter"), {**HEAD, "rows": rows, "viec": "ghi"})
    made = Reorganisation.objects.get()
    assert answer.headers["Location"] == reverse("org:event", kwargs={"uid": made.uid})
    assert Placement.objects.at(dt.date(2026, 4, 1)).filter(child=cast.local).get().parent == cast.sibling_commune


def test_a_file_is_looked_at_as_it_comes_and_can_be_changed_before_it_is_recorded(cast: Cast) -> None:
    handed_out(cast)
    version = quarterly.publish()
    quarterly.accepted(cast, version, gifts="3", money="900.000")
    client = admin(cast.province)
    upload = SimpleUploadedFile("qd.csv", file(MERGER + "giai-the,B1\n"))
    page = client.post(reverse("org:enter"), {"viec": "tai", "tep": upload}).content.decode()
    for seen in (
        "90/QĐ-LĐLĐ",
        "Mọi tổng đều giữ nguyên",
        "15 số giữ nguyên, 0 số khác",
        "cũng được giao chính việc",
    ):
        assert seen in page
    _, page = send(client, carried(page), bo="1")
    assert "giai-the" not in carried(page)


def test_what_is_wrong_is_named_by_its_line_and_nothing_is_lost(cast: Cast) -> None:
    client = admin(cast.province)
    rows = carried(send(client, viec="them", verb="giai-the", **{"dong-code": "XA"})[1])
    status, page = send(client, rows, viec="xem")
    assert status == 422
    assert "vẫn trực thuộc «Công đoàn xã An Hải»" in page
    assert carried(page) == rows
    status, page = send(client, rows, viec="xem", so="")
    assert status == 422
    status, page = send(client, viec="tai")
    assert (status, "Hãy chọn một tệp CSV hoặc XLSX" in page) == (422, True)


def test_an_administrator_of_a_branch_names_no_unit_outside_it(cast: Cast) -> None:
    client = admin(cast.commune)
    rows = carried(send(client, viec="them", verb="chuyen-giao", **{
        "dong-code": "A1", "dong-parent": "XB", "dong-axis": "territory"})[1])  # fmt: skip
    status, page = send(client, rows, viec="xem")
    assert status == 422
    assert "không có đơn vị nào mang mã «XB» trong phạm vi của bạn" in page
    assert "Bình Sơn" not in page
    rows = carried(send(client, viec="them", verb="giai-the", **{"dong-code": "XA"})[1])
    assert "«XA» là đơn vị của bạn; việc này do cấp trên ghi" in send(client, rows, viec="ghi")[1]
    assert not Reorganisation.objects.exists()


def test_it_is_undone_on_its_page_until_something_depends_on_it(cast: Cast) -> None:
    client = admin(cast.province)
    client.post(reverse("org:enter"), {"viec": "ghi", **HEAD, "rows": file("sap-nhap,XA,,,,,,,,,,XB").decode()})
    made = Reorganisation.objects.get()
    address = reverse("org:event", kwargs={"uid": made.uid})
    assert "vào ngày 01/04/2026" in client.get(address).content.decode()
    undo = reverse("org:undo", kwargs={"uid": made.uid})
    Post.objects.filter(pk=cast.commune_officer.pk).update(valid_to=dt.date(2026, 3, 20))
    refused = client.post(undo)
    assert refused.status_code == 409
    assert "1 chức danh đã được sửa" in refused.content.decode()
    Post.objects.filter(pk=cast.commune_officer.pk).update(valid_to=dt.date(2026, 4, 1))
    assert client.post(undo).status_code == 302
    assert not Reorganisation.objects.exists()
    assert client.get(address).status_code == 404
    assert unit("XA") == cast.commune
