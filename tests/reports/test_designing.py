"""A designer makes a version: begun, changed, taken back, published; nobody else sees it, the boundary reads it."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from nhipcau.audit.models import Entry
from nhipcau.boundary import BoundaryRefused
from nhipcau.core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from nhipcau.org.actions import create_post
from nhipcau.org.models import Post, Role
from nhipcau.reports.design.drafts import (
    begin_draft,
    change_draft,
    designed_templates,
    drop_draft,
    file_of,
    get_draft_for,
    publish_draft,
    reading_of,
    undo_change,
    visible_drafts,
)
from nhipcau.reports.design.editing import with_item
from nhipcau.reports.design.figures import cells_of
from nhipcau.reports.design.templates import versions_of
from nhipcau.reports.design.withdrawing import withdraw_version
from nhipcau.reports.filling.drafting import DraftChanges, save_draft
from nhipcau.reports.models import ReportTemplate, Submission, TemplateDraft, TemplateVersion
from tests import quarterly
from tests.cast import NOW, SETUP, TODAY, Cast
from tests.quarterly import LATER

pytestmark = pytest.mark.django_db
NEW: dict[str, Any] = {
    "code": "nam",
    "name": "Báo cáo năm",
    "period": "year",
    "first_period": "2026",
    "reporters": ["local"],
    "sections": [{"title": "Một", "indicators": [{"code": "n", "label": "Số cuộc", "unit": "cuộc"}]}],
    "issue": {"doc_type": "báo cáo", "subject": "Kết quả năm"},
}


def begun(cast: Cast, **keys: Any) -> TemplateDraft:
    return begin_draft(actor=cast.provincial_officer, at=NOW, content=NEW | keys)


def changed(cast: Cast, draft: TemplateDraft, content: dict[str, Any]) -> TemplateDraft:
    return change_draft(draft=draft, content=content, edits=draft.edits, actor=cast.provincial_officer, at=NOW)


def published(cast: Cast, draft: TemplateDraft) -> TemplateVersion:
    return publish_draft(draft=draft, edits=draft.edits, actor=cast.provincial_officer, at=LATER).version


def designer(cast: Cast) -> Post:
    """One of the sibling commune."""
    return create_post(
        unit=cast.sibling_commune, title="Thiết kế", roles=(Role.DESIGNER,), start=TODAY, actor=SETUP, at=NOW
    )


def test_a_new_template_is_made_part_by_part_and_published(cast: Cast) -> None:
    draft = begin_draft(actor=cast.provincial_officer, at=NOW)
    assert {fault.where for fault in reading_of(draft, NOW).faults} >= {"code", "name", "first_period"}
    draft = changed(cast, draft, {**draft.content, **{k: v for k, v in NEW.items() if k != "sections"}})
    item = {"code": "n", "label": "Số cuộc", "unit": "cuộc"}
    draft = changed(cast, draft, with_item(draft.content, ("sections", 0, "indicators"), None, item))
    assert reading_of(draft, NOW).faults == []
    version = published(cast, draft)
    assert (version.template.owner, version.cells) == (cast.province, ["n"])
    assert not TemplateDraft.objects.exists()
    assert Entry.objects.filter(action="reports.template_published").count() == 1


def test_faults_do_not_keep_a_draft_from_being_kept_but_from_being_published(cast: Cast) -> None:
    draft = changed(cast, begun(cast), NEW | {"rules": [{"code": "r", "check": "n >", "message": "m"}]})
    with pytest.raises(InvalidInput) as refusal:
        published(cast, draft)
    assert [fault.where for fault in refusal.value.faults] == ["rules.r"]
    assert TemplateDraft.objects.exists()
    with pytest.raises(InvalidInput):
        changed(cast, draft, NEW | {"sections": "không phải danh sách"})


def test_a_new_version_begins_from_the_latest_and_there_is_one_at_a_time(cast: Cast) -> None:
    version = quarterly.publish()
    draft = begin_draft(actor=cast.provincial_officer, at=NOW, template=version.template)
    assert draft.content["sections"][0]["indicators"][0]["code"] == "gifts"
    again = begin_draft(actor=cast.provincial_officer, at=NOW, template=version.template)
    assert again.pk == draft.pk
    draft = changed(cast, draft, {**draft.content, "due_working_days": 9})
    assert published(cast, draft).number == 2
    draft = begin_draft(actor=cast.provincial_officer, at=NOW, template=version.template)
    draft = changed(cast, draft, {**draft.content, "code": "khac"})
    with pytest.raises(InvalidInput, match="Chưa ban hành được"):
        published(cast, draft)


def test_reports_that_were_begun_go_along_and_come_back_with_the_version(cast: Cast) -> None:
    first = quarterly.publish()
    quarterly.give(cast.local_volunteer, 7, 2_000_000)
    report = quarterly.draft(cast.local_volunteer, first, gifts="3", letters="2")
    draft = begin_draft(actor=cast.provincial_officer, at=NOW, template=first.template)
    items = [one for one in draft.content["sections"][0]["indicators"] if one["code"] in ("gifts", "hours")]
    sections = [{"title": "Chăm lo", "indicators": items}]
    second = published(cast, changed(cast, draft, {**draft.content, "sections": sections, "rules": []}))
    now = Submission.objects.select_related("version").get(pk=report.pk)
    assert (now.version, sorted(cells_of(now))) == (second, ["gifts", "hours"])
    taken = withdraw_version(version=second, actor=cast.provincial_officer, at=LATER)
    back = Submission.objects.select_related("version").get(pk=report.pk)
    assert (back.version, cells_of(back)) == (first, cells_of(report))
    assert set(back.sources.values_list("cell", flat=True)) == {"gifts", "money"}
    assert taken.content["sections"] == sections
    assert [one.number for one in versions_of("quy")] == [1]


def test_a_version_somebody_has_worked_on_is_not_taken_back(cast: Cast) -> None:
    version = published(cast, begun(cast, period="quarter", first_period="2026-Q1"))
    report = quarterly.draft(cast.local_volunteer, version)
    save_draft(submission=report, changes=DraftChanges(report.edits), actor=cast.local_volunteer, at=LATER)
    with pytest.raises(Conflict, match="đã có 1 báo cáo"):
        withdraw_version(version=version, actor=cast.provincial_officer, at=LATER)
    Submission.objects.all().delete()
    withdraw_version(version=version, actor=cast.provincial_officer, at=LATER)
    assert not ReportTemplate.objects.exists()


def test_one_step_is_taken_back_and_forth(cast: Cast) -> None:
    draft = begun(cast)
    with pytest.raises(Conflict):
        undo_change(draft=draft, edits=0, actor=cast.provincial_officer, at=NOW)
    draft = changed(cast, draft, NEW | {"name": "Tên khác"})
    back = undo_change(draft=draft, edits=draft.edits, actor=cast.provincial_officer, at=NOW)
    assert back.content["name"] == "Báo cáo năm"
    forth = undo_change(draft=back, edits=back.edits, actor=cast.provincial_officer, at=NOW)
    assert forth.content["name"] == "Tên khác"


def test_two_at_once_do_not_write_over_each_other(cast: Cast) -> None:
    draft = begun(cast)
    changed(cast, draft, NEW | {"name": "Một"})
    with pytest.raises(Conflict, match="người khác"):
        changed(cast, draft, NEW | {"name": "Hai"})
    with pytest.raises(Conflict, match="người khác"):
        publish_draft(draft=draft, edits=draft.edits, actor=cast.provincial_officer, at=NOW)


def test_only_designers_of_the_unit_see_it(cast: Cast) -> None:
    draft, other = begun(cast), designer(cast)
    for post in (other, cast.commune_officer, cast.clerk):
        assert list(visible_drafts(cast.scope(post))) == []
        with pytest.raises(NotFound):
            get_draft_for(cast.scope(post), draft.uid)
    for act in (
        lambda: change_draft(draft=draft, content=NEW, edits=0, actor=other, at=NOW),
        lambda: drop_draft(draft=draft, actor=other, at=NOW),
        lambda: publish_draft(draft=draft, edits=0, actor=other, at=NOW),
    ):
        with pytest.raises(NotFound):
            act()
    with pytest.raises(NotAllowed):
        change_draft(draft=draft, content=NEW, edits=0, actor=cast.clerk, at=NOW)


def test_a_template_of_the_installation_is_for_the_designers_on_top(cast: Cast) -> None:
    version, other = quarterly.publish(), designer(cast)
    assert list(designed_templates(cast.scope(cast.provincial_officer))) == [version.template]
    assert list(designed_templates(cast.scope(other))) == []
    with pytest.raises(NotFound):
        begin_draft(actor=other, at=NOW, template=version.template)
    own = begin_draft(actor=other, at=NOW, content=NEW | {"code": "quy"})
    with pytest.raises(InvalidInput) as refusal:
        publish_draft(draft=own, edits=0, actor=other, at=NOW)
    assert "đã có người dùng" in str(refusal.value.faults[0])


@pytest.mark.parametrize(
    "parts",
    [
        {"name": "Danh sách đoàn viên theo đạo, ghi rõ tôn giáo"},
        {"rules": [{"code": "r", "check": "Lập danh sách người tham gia tụ tập, tuần hành", "message": "m"}]},
        {"rules": [{"code": "r", "check": "n > 0", "message": "Xếp loại nhận thức chính trị của cán bộ"}]},
        {"reporters": ["Danh sách đoàn viên theo đạo, ghi rõ tôn giáo"]},
        {"due": [{"period": "Danh sách đoàn viên theo đạo, ghi rõ tôn giáo", "days": 1}]},
        {"narrative": [{"code": "t", "title": "Báo cáo tình hình tư tưởng của từng đoàn viên"}]},
        {"activity_types": [{"code": "t", "label": "Xếp loại nhận thức chính trị của cán bộ", "measures": []}]},
    ],
)
def test_the_boundary_reads_a_draft_wherever_a_text_stands(cast: Cast, parts: dict[str, Any]) -> None:
    with pytest.raises(BoundaryRefused):
        begun(cast, **parts)
    draft = begun(cast)
    with pytest.raises(BoundaryRefused):
        changed(cast, draft, NEW | parts)
    assert TemplateDraft.objects.get().content == NEW


def test_a_text_that_cannot_be_stored_is_refused(cast: Cast) -> None:
    with pytest.raises(InvalidInput):
        changed(cast, begun(cast), NEW | {"name": "có ký tự \x00"})


def test_it_is_dropped_with_a_line_in_the_log(cast: Cast) -> None:
    drop_draft(draft=begun(cast), actor=cast.provincial_officer, at=NOW)
    assert not TemplateDraft.objects.exists()
    assert Entry.objects.filter(action="reports.design_dropped").exists()


def test_the_file_of_a_version_brings_its_activity_types_and_names_units_by_code(cast: Cast) -> None:
    raw = yaml.safe_load(quarterly.YAML) | {"branches": ["XA"]}
    from nhipcau.reports.design.templates import import_template

    version = import_template(data=yaml.safe_dump(raw).encode(), actor=SETUP, at=NOW).version
    found = file_of(version, TODAY)
    assert found["branches"] == ["XA"]
    assert [kind["code"] for kind in found["activity_types"]] == ["tang_qua"]
    again = import_template(data=yaml.safe_dump(found).encode(), actor=SETUP, at=NOW)
    assert not again.created
