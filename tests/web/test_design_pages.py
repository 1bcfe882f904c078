"""The designer: a template made part by part, wrong entries in place; tried, published, compared, taken back."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from nhipcau.reports.models import ReportTemplate, Submission, TemplateDraft, TemplateVersion
from tests import quarterly
from tests.cast import NOW, Cast

HTMX = {"HX-Request": "true"}
FIGURE = {"label": "Số cuộc", "code": "n", "unit": "cuộc", "section": "0", "over_units": "sum", "over_time": "flow"}
REFUSED = "Danh sách đoàn viên theo đạo, ghi rõ tôn giáo"


@pytest.fixture(autouse=True)
def today(settings: Settings) -> None:
    settings.DEMO_CLOCK = NOW.isoformat()


@pytest.fixture
def designer(cast: Cast) -> Client:
    made = Client()
    made.force_login(cast.account(cast.provincial_officer))
    return made


def begun(designer: Client, **data: str) -> TemplateDraft:
    designer.post(reverse("design:begin"), data)
    return TemplateDraft.objects.get()


def of_file(designer: Client, text: str = quarterly.YAML) -> TemplateDraft:
    sent = SimpleUploadedFile("mau.yaml", text.encode())
    assert designer.post(reverse("design:upload"), {"tep": sent}).status_code == 302
    return TemplateDraft.objects.get()


def send(client: Client, view: str, draft: TemplateDraft, /, *more: object, **data: Any) -> tuple[int, str]:
    """Posted as the page of the draft would be, as it stands now."""
    edits = TemplateDraft.objects.get(pk=draft.pk).edits
    answer = client.post(reverse(f"design:{view}", args=[draft.uid, *more]), {"edits": str(edits), **data})
    return answer.status_code, answer.content.decode()


def filled(form: Any) -> dict[str, Any]:
    """What a browser would send of the form as it is shown."""
    values = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in values.items() if value not in (None, False, "")}


def raw(draft: TemplateDraft) -> dict[str, Any]:
    return dict(TemplateDraft.objects.get(pk=draft.pk).content)


def test_a_template_is_made_on_the_pages_alone_and_published(cast: Cast, designer: Client) -> None:
    draft = begun(designer)
    head = {"code": "nam", "name": "Báo cáo năm", "period": "year", "calendar": "civil", "axis": "territory"}
    assert send(designer, "single", draft, "chung", **head, first_period="năm 2026")[0] == 302
    assert send(designer, "single", draft, "giao", reporters=["local"], due_working_days="7")[0] == 302
    due = {"period": "", "kind": "date", "value": "20/01"}
    assert send(designer, "list", draft, "han", viec="luu", cho="", **due)[0] == 302
    assert send(designer, "section", draft, 1, viec="luu", cho="", **FIGURE)[0] == 302
    rule = {"code": "r", "severity": "warning", "check": "n <= 9", "message": "{n} cuộc là nhiều."}
    assert send(designer, "list", draft, "quy-tac", viec="luu", cho="", **rule)[0] == 302
    block = {"code": "dg", "title": "Đánh giá", "required": "on"}
    assert send(designer, "list", draft, "thuyet-minh", viec="luu", cho="", **block)[0] == 302
    letter = {"doc_type": "báo cáo", "subject": "Kết quả {period}", "recipients": "Như trên;\nLưu: VT."}
    assert send(designer, "single", draft, "van-ban", **letter)[0] == 302
    page = designer.get(reverse("design:publish", args=[draft.uid])).content.decode()
    assert "3</b> đơn vị phải báo cáo" in page
    assert "20/01/2027" in page
    assert send(designer, "publish", draft)[0] == 302
    version = TemplateVersion.objects.select_related("template").get()
    assert (version.template.code, version.template.owner, version.cells) == ("nam", cast.province, ["n"])
    assert version.definition["issue"]["recipients"] == ["Như trên;", "Lưu: VT."]
    assert not TemplateDraft.objects.exists()


def test_a_file_goes_through_the_pages_and_comes_out_the_same(cast: Cast, designer: Client) -> None:
    draft = of_file(designer)
    before = raw(draft)
    for part in ("chung", "giao", "van-ban"):
        page = designer.get(reverse("design:single", args=[draft.uid, part]))
        data = filled(page.context["form"])
        assert send(designer, "single", draft, part, **data)[0] == 302
    for place in range(6):
        _save_again(designer, draft, "section", 1, place)
    for part, count in (("quy-tac", 2), ("thuyet-minh", 1)):
        for place in range(count):
            _save_again(designer, draft, "list", part, place)
    assert raw(draft) == before | {"axis": "territory", "due_working_days": 5}
    out = designer.get(reverse("design:draft_file", args=[draft.uid])).content.decode()
    assert yaml.safe_load(out) == raw(draft)


def _save_again(designer: Client, draft: TemplateDraft, name: str, part: object, place: int) -> None:
    page = designer.get(reverse(f"design:{name}", args=[draft.uid, part]), {"sua": place})
    data = filled(page.context["form"])
    status, text = send(designer, name, draft, part, viec="luu", cho=str(place), **data)
    assert status == 302, text


def test_what_is_wrong_is_kept_and_said_where_it_is_mended(cast: Cast, designer: Client) -> None:
    draft = of_file(designer)
    rule = {"code": "r", "severity": "error", "check": "nope > 0", "message": "m"}
    send(designer, "list", draft, "quy-tac", viec="luu", cho="", **rule)
    url = reverse("design:list", args=[draft.uid, "quy-tac"])
    page = designer.get(url).content.decode()
    assert "không có chỉ tiêu «nope»" in page
    whole = designer.get(reverse("design:draft", args=[draft.uid]))
    assert [(one.label, one.url) for one in whole.context["told"]] == [("r", url)]
    assert [link.faults for link in whole.context["links"] if link.url == url] == [1]
    blocked = designer.get(reverse("design:publish", args=[draft.uid])).content.decode()
    assert "Chưa ban hành được" in blocked
    assert send(designer, "publish", draft)[0] == 422
    assert not ReportTemplate.objects.exists()


def test_while_one_types_it_is_looked_at_and_nothing_is_kept(cast: Cast, designer: Client) -> None:
    draft = of_file(designer)
    url, before = reverse("design:list", args=[draft.uid, "quy-tac"]), raw(draft)
    wrong = {"viec": "kiem", "cho": "", "code": "r", "severity": "error", "check": "gifts >", "message": "m"}
    assert "viết sai" in designer.post(url, wrong, headers=HTMX).content.decode()
    told = designer.post(url, wrong | {"check": "gifts > 0", "message": REFUSED}, headers=HTMX).content.decode()
    assert "quy tắc" in told
    assert "Không thấy lỗi" in designer.post(url, wrong | {"check": "gifts > 0"}, headers=HTMX).content.decode()
    assert raw(draft) == before
    due, day = reverse("design:list", args=[draft.uid, "han"]), {"viec": "kiem", "cho": "", "kind": "date"}
    assert "Không thấy lỗi" not in designer.post(due, day | {"value": "31/02"}, headers=HTMX).content.decode()
    assert "Không thấy lỗi" in designer.post(due, day | {"value": "15/06"}, headers=HTMX).content.decode()


@pytest.mark.parametrize("value", ["--5", "²", "1" * 10])
def test_a_number_of_days_that_is_none_is_said_so(cast: Cast, designer: Client, value: str) -> None:
    sent = {"viec": "luu", "cho": "", "kind": "days", "value": value}
    assert send(designer, "list", of_file(designer), "han", **sent)[0] == 422


def test_the_boundary_refuses_a_text_and_what_was_typed_stays_on_the_page(cast: Cast, designer: Client) -> None:
    draft = of_file(designer)
    before = raw(draft)
    status, page = send(designer, "section", draft, 1, viec="luu", cho="", **FIGURE | {"label": REFUSED})
    assert (status, REFUSED in page, raw(draft) == before) == (422, True, True)
    assert 'class="summary"' in page
    status, page = send(designer, "single", draft, "van-ban", doc_type="báo cáo", subject=REFUSED)
    assert (status, REFUSED in page, raw(draft) == before) == (422, True, True)
    sent = SimpleUploadedFile("mau.yaml", quarterly.YAML.replace("Báo cáo quý", REFUSED).encode())
    assert designer.post(reverse("design:upload"), {"tep": sent}).status_code == 422


def test_somebody_else_saved_meanwhile_and_nothing_is_lost(cast: Cast, designer: Client) -> None:
    draft = of_file(designer)
    send(designer, "list", draft, "cac-phan", viec="luu", cho="", title="Phần hai")
    url = reverse("design:list", args=[draft.uid, "cac-phan"])
    late = designer.post(url, {"edits": "0", "viec": "luu", "cho": "", "title": "Phần ba"})
    page = late.content.decode()
    assert (late.status_code, "người khác sửa" in page, 'value="Phần ba"' in page) == (409, True, True)
    assert [one["title"] for one in raw(draft)["sections"]] == ["Chăm lo", "Phần hai"]


def test_a_section_says_what_the_issued_report_prints_beside_its_figures(cast: Cast, designer: Client) -> None:
    draft = of_file(designer)
    send(designer, "list", draft, "cac-phan", viec="luu", cho="0", title="Chăm lo", beside=["plan", "percent"])
    assert raw(draft)["sections"][0]["beside"] == ["plan", "percent"]
    page = designer.get(reverse("design:list", args=[draft.uid, "cac-phan"]), {"sua": 0}).content.decode()
    assert page.count(" checked") == 2


def test_items_move_by_buttons_go_and_come_back(cast: Cast, designer: Client) -> None:
    draft = of_file(designer)
    answer = designer.post(reverse("design:section", args=[draft.uid, 1]), {"edits": "0", "xuong": "0"})
    assert answer.headers["Location"].endswith("?vua=1&huong=xuong")
    codes = [item["code"] for item in raw(draft)["sections"][0]["indicators"]]
    assert codes[:2] == ["gifts_upper", "gifts"]
    send(designer, "section", draft, 1, bo="0")
    assert raw(draft)["sections"][0]["indicators"][0]["code"] == "gifts"
    send(designer, "undo", draft)
    assert [item["code"] for item in raw(draft)["sections"][0]["indicators"]][:2] == ["gifts_upper", "gifts"]


def test_with_nothing_to_undo_the_draft_says_so(cast: Cast, designer: Client) -> None:
    answer = designer.post(reverse("design:undo", args=[of_file(designer).uid]), {"edits": "0"})
    assert (answer.status_code, "Không còn bước nào để hoàn tác" in answer.content.decode()) == (409, True)


def test_a_figure_goes_into_another_section_and_takes_its_new_name_along(cast: Cast, designer: Client) -> None:
    draft = of_file(designer)
    send(designer, "list", draft, "cac-phan", viec="luu", cho="", title="Phần hai")
    url = reverse("design:section", args=[draft.uid, 1])
    data = filled(designer.get(url, {"sua": 2}).context["form"])
    status, _ = send(designer, "section", draft, 1, viec="luu", cho="2", **data | {"code": "tien", "section": "1"})
    assert status == 302
    first, second = raw(draft)["sections"]
    assert [item["code"] for item in second["indicators"]] == ["tien"]
    assert first["indicators"][2]["formula"] == "tien / gifts"
    assert raw(draft)["rules"][0]["check"] == "tien <= gifts * 5000000"


def test_the_form_is_tried_as_the_reporter_will_see_it(cast: Cast, designer: Client) -> None:
    draft = of_file(designer)
    url = reverse("design:preview", args=[draft.uid])
    assert [row.label for row in designer.get(url).context["grid"].rows][:2] == ["Chăm lo", "Số suất quà"]
    tried = designer.post(url, {"gifts": "2", "money": "72 triệu"})
    assert "quá lớn" in tried.content.decode()
    assert {row.key: row.value for row in tried.context["grid"].rows}["average"] == "36.000.000"
    assert "Không đọc được số" in designer.post(url, {"gifts": "hai"}).content.decode()
    fine = designer.post(url, {"gifts": "2", "money": "1 triệu"}).content.decode()
    assert "Không quy tắc nào nhắc" in fine
    assert not Submission.objects.exists()


def test_a_new_version_shows_what_changes_whose_reports_move_and_what_falls_away(
    cast: Cast, designer: Client
) -> None:
    first = quarterly.publish()
    quarterly.draft(cast.local_volunteer, first, letters="3", gifts="2")
    draft = begun(designer, mau="quy")
    place = [item["code"] for item in raw(draft)["sections"][0]["indicators"]].index("letters")
    send(designer, "section", draft, 1, bo=str(place))
    page = designer.get(reverse("design:publish", args=[draft.uid])).content.decode()
    assert "1 báo cáo chưa gửi sẽ chuyển" in page
    assert "Văn bản đã ban hành: <b>3 văn bản</b>" in page
    assert send(designer, "publish", draft)[0] == 302
    versions = designer.get(reverse("design:template", args=["quy"])).content.decode()
    assert "1 báo cáo đã chuyển sang" in versions
    told = designer.get(reverse("design:compare", args=["quy", 1, 2]))
    assert [(one.kind, one.what) for _, rows in told.context["groups"] for one in rows] == [
        ("removed", "Văn bản đã ban hành")
    ]
    volunteer = Client()
    volunteer.force_login(cast.account(cast.local_volunteer))
    report = volunteer.get(reverse("reports:report", args=[Submission.objects.get().uid])).content.decode()
    assert "3 văn bản" in report, "what has no place any more stands beside the report"
    answer = designer.post(reverse("design:withdraw", args=["quy", 2]))
    assert answer.status_code == 302
    assert [one.number for one in TemplateVersion.objects.all()] == [1]
    assert TemplateDraft.objects.get().template == first.template


def test_a_version_in_use_is_not_taken_back_and_says_why(cast: Cast, designer: Client) -> None:
    quarterly.send(cast.local_volunteer, quarterly.publish(), gifts="2")
    answer = designer.post(reverse("design:withdraw", args=["quy", 1]))
    assert (answer.status_code, "đã có 1 báo cáo làm theo" in answer.content.decode()) == (409, True)


def test_a_stranger_and_whoever_designs_nothing_see_none_of_it(cast: Cast, designer: Client) -> None:
    draft = of_file(designer)
    other = Client()
    other.force_login(cast.account(cast.stranger))
    for name, more in (("draft", ()), ("single", ("chung",)), ("list", ("quy-tac",)), ("publish", ())):
        assert other.get(reverse(f"design:{name}", args=[draft.uid, *more])).status_code == 404
    assert other.get(reverse("design:index")).status_code == 403
    assert other.post(reverse("design:drop", args=[draft.uid])).status_code == 404
    assert TemplateDraft.objects.exists()


def test_a_paragraph_stands_with_the_figures_it_explains(cast: Cast, designer: Client) -> None:
    draft = of_file(designer)
    block = {"code": "danh_gia", "title": "Đánh giá chung", "about": ["gifts", "average"]}
    assert send(designer, "list", draft, "thuyet-minh", viec="luu", cho="0", **block)[0] == 302
    assert send(designer, "publish", draft)[0] == 302
    version = TemplateVersion.objects.select_related("template").get()
    report = quarterly.draft(cast.local_volunteer, version, gifts="2", money="600.000")
    volunteer = Client()
    volunteer.force_login(cast.account(cast.local_volunteer))
    page = volunteer.get(reverse("reports:report", args=[report.uid])).content.decode()
    assert "Giải thích cho: Số suất quà 2 suất; Bình quân một suất 300.000 đồng" in " ".join(page.split())
