"""Materials: a new version says what changed, the old one is not lost, readers see the newest."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from nhipcau.boundary import BoundaryRefused
from nhipcau.campaigns.actions import cancel
from nhipcau.campaigns.materials import MaterialInput, add_material, revise_material, withdraw_material
from nhipcau.campaigns.models import Campaign, Material, MaterialKind
from nhipcau.campaigns.pages import Block, blocks
from nhipcau.campaigns.queries import get_material, public_campaign, shown_materials
from nhipcau.core.errors import Conflict, InvalidInput, NotFound
from nhipcau.documents.storing import files
from nhipcau.documents.storing.evidence import Paper
from tests.campaigns import scenes
from tests.cast import NOW, Cast
from tests.refusals import by_field

PAGE = MaterialInput(title="Năm việc trước khi vào ca", text="# Trước ca\n- Xem lối thoát hiểm\n- Đeo găng tay")
LEAFLET = MaterialInput(title="Tờ gấp", paper=Paper("to gap.txt", "Đội mũ bảo hộ.".encode()))


def added(cast: Cast, campaign: Campaign, given: MaterialInput = PAGE) -> Material:
    kind = MaterialKind.FILE if given.paper else MaterialKind.PAGE
    return add_material(campaign=campaign, kind=kind, given=given, actor=cast.provincial_officer, at=NOW)


def revised(cast: Cast, material: Material, number: int, **changed: object) -> None:
    given = dataclasses.replace(PAGE, **changed)  # type: ignore[arg-type]
    revise_material(material=material, given=given, number=number, actor=cast.provincial_officer, at=NOW)


def test_a_new_version_is_read_and_the_old_one_is_kept(cast: Cast) -> None:
    campaign = scenes.opened(cast)
    material = added(cast, campaign)
    revised(cast, material, 1, text="Đeo găng tay và kính.", changed="thêm kính bảo hộ")
    newest, first = get_material(campaign, material.uid).versions.all()
    assert (newest.text, newest.changed) == ("Đeo găng tay và kính.", "thêm kính bảo hộ")
    assert first.text == PAGE.text


def test_what_changed_must_be_said(cast: Cast) -> None:
    material = added(cast, scenes.opened(cast))
    with pytest.raises(InvalidInput) as refusal:
        revised(cast, material, 1)
    assert "changed" in by_field(refusal.value)


def test_nobody_overwrites_a_version_unseen(cast: Cast) -> None:
    material = added(cast, scenes.opened(cast))
    revised(cast, material, 1, changed="lần một")
    with pytest.raises(Conflict, match="người khác sửa"):
        revised(cast, material, 1, changed="lần hai")


def test_a_file_is_kept_by_its_bytes_and_stays_without_a_new_one(cast: Cast) -> None:
    campaign = scenes.opened(cast)
    material = added(cast, campaign, LEAFLET)
    revise_material(
        material=material,
        given=MaterialInput(title="Tờ gấp A5", changed="đổi tên"),
        number=1,
        actor=cast.provincial_officer,
        at=NOW,
    )
    newest = get_material(campaign, material.uid).versions.all()[0]
    assert newest.file is not None and newest.title == "Tờ gấp A5"
    assert files.read(newest.file).decode() == "Đội mũ bảo hộ."


@pytest.mark.parametrize("field", ["title", "text", "changed"])
def test_refused_words_are_refused_in_every_field(cast: Cast, field: str) -> None:
    campaign = scenes.opened(cast)
    changed: dict[str, Any] = {field: scenes.REFUSED}
    given = dataclasses.replace(PAGE, **changed)
    with pytest.raises(BoundaryRefused):
        added(cast, campaign, given)
    assert not Material.objects.exists()


@pytest.mark.parametrize(
    "paper",
    [
        Paper("hinh.jpg", b"\xff\xd8\xff"),
        Paper("danh sach.txt", "Căn cước công dân số 001099012345".encode()),
        Paper("bai.txt", scenes.REFUSED.encode()),
    ],
)
def test_pictures_identity_numbers_and_refused_words_in_a_file_are_refused(cast: Cast, paper: Paper) -> None:
    with pytest.raises(InvalidInput):
        added(cast, scenes.opened(cast), dataclasses.replace(LEAFLET, paper=paper))
    assert not Material.objects.exists()


def test_a_withdrawn_one_is_read_no_more_and_kept(cast: Cast) -> None:
    campaign = scenes.opened(cast)
    material = added(cast, campaign)
    withdraw_material(material=material, reason="luật mới", actor=cast.provincial_officer, at=NOW)
    assert shown_materials(campaign) == []
    assert material.versions.count() == 1


def test_only_the_holder_writes(cast: Cast) -> None:
    campaign = scenes.opened(cast)
    with pytest.raises(NotFound):
        add_material(campaign=campaign, kind=MaterialKind.PAGE, given=PAGE, actor=cast.local_volunteer, at=NOW)


def test_members_read_what_is_meant_for_them_by_the_campaign_s_address(cast: Cast) -> None:
    campaign = scenes.opened(cast)
    added(cast, campaign)
    meant = added(cast, campaign, dataclasses.replace(PAGE, public=True))
    found = public_campaign(campaign.token or "")
    assert shown_materials(found, public=True) == [meant]


def test_a_draft_and_a_cancelled_campaign_have_no_public_page(cast: Cast) -> None:
    with pytest.raises(NotFound):
        public_campaign(scenes.drafted(cast).token or "")
    campaign = scenes.opened(cast)
    cancel(campaign=campaign, reason="gộp đợt", actor=cast.provincial_officer, at=NOW)
    with pytest.raises(NotFound):
        public_campaign(campaign.token or "")


def test_a_page_is_headings_points_and_paragraphs_and_nothing_else() -> None:
    text = "# Điều 1\nDòng một\ndòng hai\n\nĐoạn sau\n- điểm a\n- điểm b\n<script>1</script>"
    assert blocks(text) == [
        Block("heading", ("Điều 1",)),
        Block("paragraph", ("Dòng một", "dòng hai")),
        Block("paragraph", ("Đoạn sau",)),
        Block("points", ("điểm a", "điểm b")),
        Block("paragraph", ("<script>1</script>",)),
    ]
