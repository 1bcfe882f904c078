"""The table of plans: typed, refused in place, sent as a file; and where the plan is shown."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from nhipcau.core.periods import parse_period
from nhipcau.org.models import Post
from nhipcau.reports.models import Target, TemplateVersion
from tests import plans, quarterly
from tests.cast import Cast
from tests.quarterly import LATER

YEAR = parse_period("2026")


@pytest.fixture(autouse=True)
def later(settings: Settings) -> None:
    settings.DEMO_CLOCK = LATER.isoformat()


@pytest.fixture
def version(cast: Cast) -> TemplateVersion:
    return plans.publish()


def client(cast: Cast, post: Post) -> Client:
    made = Client()
    made.force_login(cast.account(post))
    return made


def address(cast: Cast, period: str = "2026-Q1", page: str = "give") -> str:
    return reverse(f"plans:{page}", args=["quy", period, cast.commune.uid])


def field(cast: Cast, code: str) -> str:
    return f"k:{cast.local.uid}:{code}"


def test_it_opens_on_this_year_and_names_the_units_below(cast: Cast, version: TemplateVersion) -> None:
    answer = client(cast, cast.commune_officer).get(reverse("plans:start"), follow=True)
    assert answer.redirect_chain[0][0] == address(cast, "2026")
    page = answer.content.decode()
    assert "Công đoàn cơ sở Công ty May Hải Âu" in page
    assert "Bình Sơn" not in page
    assert [label for _, label, _ in answer.context["items"]][:2] == ["Số suất quà", "Số tiền quà"]


def test_what_is_typed_is_kept_and_added_up(cast: Cast, version: TemplateVersion) -> None:
    giver = client(cast, cast.commune_officer)
    sent = {field(cast, "gifts"): "1.200", f"k:{cast.other_local.uid}:gifts": "300", "luc": LATER.isoformat()}
    assert giver.post(address(cast), sent).status_code == 302
    shown = giver.get(address(cast))
    assert shown.context["given"][0] == "1.500"
    assert 'value="1.200"' in shown.content.decode()


def test_what_is_wrong_stands_at_its_cell_and_nothing_is_lost(cast: Cast, version: TemplateVersion) -> None:
    sent = {field(cast, "gifts"): "1.20", field(cast, "money"): "72 triệu"}
    answer = client(cast, cast.commune_officer).post(address(cast), sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "dấu chấm chỉ dùng để phân nhóm" in page
    assert 'value="72 triệu"' in page
    assert not Target.objects.exists()


def test_a_field_about_a_unit_of_another_branch_is_no_field(cast: Cast, version: TemplateVersion) -> None:
    client(cast, cast.commune_officer).post(address(cast), {f"k:{cast.sibling_local.uid}:gifts": "5"})
    assert not Target.objects.exists()


def test_a_file_is_taken_or_refused_by_its_cells(cast: Cast, version: TemplateVersion) -> None:
    giver = client(cast, cast.commune_officer)
    handed = giver.get(address(cast, page="csv")).content.decode("utf-8-sig")
    assert handed.splitlines()[1].startswith("A1,")
    url = address(cast, page="upload")
    wrong = SimpleUploadedFile("k.csv", "Mã đơn vị,gifts\nA1,3\nB1,4\n".encode())
    answer = giver.post(url, {"tep": wrong})
    assert (answer.status_code, "<b>A3</b>" in answer.content.decode()) == (422, True)
    right = SimpleUploadedFile("k.csv", "Mã đơn vị,gifts\nA1,3\n".encode())
    assert giver.post(url, {"tep": right}).status_code == 302
    assert Target.objects.get().unit == cast.local


def test_the_unit_sees_its_plan_beside_the_figure(cast: Cast, version: TemplateVersion) -> None:
    plans.given(cast, version, cast.local, gifts="1200")
    plans.given(cast, version, cast.local, YEAR, money="5 triệu")
    report = quarterly.draft(cast.local_volunteer, version, gifts="7")
    page = client(cast, cast.local_volunteer).get(reverse("reports:report", args=[report.uid]))
    targets = {row.key: row.target for row in page.context["entry"].grid.rows}
    assert (targets["gifts"], targets["money"], targets["hours"]) == ("1.200", "5.000.000 (cả năm)", "…")
    assert targets["letters"] == ""
    assert "Kế hoạch" in page.content.decode()


def test_the_branch_shows_how_much_of_its_plan_it_has_reached(cast: Cast, version: TemplateVersion) -> None:
    plans.given(cast, version, cast.local, gifts="80")
    quarterly.accepted(cast, version, gifts="60", money="600.000")
    url = reverse("reports:consolidated", args=["quy", "2026-Q1", cast.local.uid])
    page = client(cast, cast.commune_officer).get(url).content.decode()
    assert "75,0\u00a0%" in page
    table = client(cast, cast.commune_officer).get(f"{url}bang.csv")
    assert "Số suất quà,suất,60,80" in table.content.decode()


def test_a_template_without_plans_shows_no_such_column(cast: Cast) -> None:
    report = quarterly.draft(cast.local_volunteer, quarterly.publish())
    page = client(cast, cast.local_volunteer).get(reverse("reports:report", args=[report.uid])).content.decode()
    assert "Kế hoạch</th>" not in page
