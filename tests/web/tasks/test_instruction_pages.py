"""Bút phê on the pages: the leader's note, the slip, the department's part, the follow-up register."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import pytest
from django.test import Client

from nhipcau.access.actions import open_account
from nhipcau.documents.actions import register_outgoing
from nhipcau.documents.models import Document
from nhipcau.org.actions import appoint, import_tree
from nhipcau.org.importing import read_rows
from nhipcau.org.models import Post, Unit
from nhipcau.tasks.models import AssignmentState, Handling, Instruction
from tests.cast import NOW, PASSWORD, SETUP, Cast
from tests.departments import head, set_up
from tests.press.workbooks import rows
from tests.tasks.notes import TEXT, noted, work_of
from tests.web.directive import OUTSIDE, registered
from tests.web.tasks.conftest import As


@pytest.fixture
def departments(cast: Cast) -> dict[str, Unit]:
    return set_up()


def signed_in(post: Post) -> Client:
    """A browser of the department's head."""
    account = open_account(
        login=f"ban{post.pk}", password=PASSWORD, name="Trưởng ban", phone="", actor=SETUP, at=NOW
    )
    appoint(post=post, person=account.person, start=dt.date(2025, 7, 1), actor=SETUP, at=NOW)
    client = Client()
    client.force_login(account)
    return client


def sent(departments: Mapping[str, Unit], **others: str) -> dict[str, str]:
    return {
        f"role-{departments['T.CS'].uid}": "lead",
        f"role-{departments['T.TC'].uid}": "support",
        "text": TEXT,
        "lead_due": "27/03/2026",
        "support_due": "20/03/2026",
        "ticket": "mot-bieu-mau",
    } | others


def url(document: Document) -> str:
    return f"/viec/van-ban/{document.uid}/but-phe/"


def test_the_leader_finds_the_letter_on_the_worklist_until_a_note_is_written(
    cast: Cast, departments: dict[str, Unit], acting: As
) -> None:
    document = registered(cast.clerk)
    leader = acting(cast.provincial_officer)
    assert url(document) in leader.get("/").content.decode()
    assert url(document) not in acting(cast.clerk).get("/").content.decode()
    answer = leader.post(url(document), sent(departments), follow=True)
    page = answer.content.decode()
    assert "Đã ghi bút phê." in page
    assert "Ban Chính sách pháp luật (hạn 27/03/2026)" in page
    assert url(document) not in leader.get("/").content.decode()
    leader.post(url(document), sent(departments))  # the form again: still one note
    assert Instruction.objects.count() == 1


def test_departments_come_first_and_the_letters_own_deadlines_are_offered(
    cast: Cast, departments: dict[str, Unit], acting: As
) -> None:
    answer = acting(cast.provincial_officer).get(url(registered(cast.clerk)))
    form = answer.context["form"]
    assert [row.name for row in form.rows][:4] == [
        "Ban Chính sách pháp luật",
        "Ban Tài chính",
        "Văn phòng",
        "Liên đoàn Lao động tỉnh Đông Giang (đơn vị mình)",
    ]
    assert len(form.rows) == 6
    assert {row.role for row in form.rows} == {"none"}
    assert [day for day, _ in form.deadlines()] == [dt.date(2026, 5, 9), dt.date(2026, 5, 30)]
    assert OUTSIDE in answer.content.decode()


def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(
    cast: Cast, departments: dict[str, Unit], acting: As
) -> None:
    document = registered(cast.clerk)
    client = acting(cast.provincial_officer)
    wrong = sent(departments, lead_due="15/03/2026") | {f"role-{departments['T.VP'].uid}": "inform"}
    answer = client.post(url(document), wrong)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["lead_due"]
    roles = {row.name: row.role for row in answer.context["form"].rows}
    assert (roles["Ban Tài chính"], roles["Văn phòng"]) == ("support", "inform")
    two = sent(departments) | {f"role-{departments['T.TC'].uid}": "lead", "support_due": ""}
    assert "Chỉ một đơn vị chủ trì" in client.post(url(document), two).content.decode()
    assert not Instruction.objects.exists()


def test_the_clerk_says_who_wrote_the_paper_note(cast: Cast, departments: dict[str, Unit], acting: As) -> None:
    document = registered(cast.clerk)
    client = acting(cast.clerk)
    assert "signed_by" in client.post(url(document), sent(departments)).context["form"].errors
    paper = sent(departments, signed_by=str(cast.provincial_officer.uid), signed_on="13/03/2026")
    page = client.post(url(document), paper, follow=True).content.decode()
    assert "văn thư ghi lại từ bút phê trên giấy" in page
    assert "Ngày 13 tháng 03 năm 2026" in page


def test_many_units_below_are_searched_and_chosen_ones_stay(
    cast: Cast, departments: dict[str, Unit], acting: As
) -> None:
    rows = "".join(
        f"X{n:02d},Công đoàn xã Đồng {n:02d},commune,T,2025-07-01,CĐX,Đồng {n:02d},0\n" for n in range(12)
    )
    head_line = "code,name,kind,parent,from,symbol,place,members\n"
    import_tree(rows=read_rows((head_line + rows).encode()), actor=SETUP, at=NOW)
    document = registered(cast.clerk)
    client = acting(cast.provincial_officer)
    assert len(client.get(url(document)).context["form"].rows) == 4
    asked = {"tim": "dong 07", f"role-{cast.commune.uid}": "support"}
    found = client.get("/viec/but-phe/tim-don-vi/", asked, headers={"HX-Request": "true"})
    names = {row.name: row.role for row in found.context["form"].rows}
    assert (names["Công đoàn xã Đồng 07"], names["Công đoàn xã An Hải"], len(names)) == ("none", "support", 6)
    plain = client.post(url(document), sent(departments) | asked | {"tim-don-vi": "1"})
    assert plain.status_code == 200
    assert plain.context["form"]["text"].value() == TEXT
    assert client.get("/viec/but-phe/tim-don-vi/", {"tim": "không có"}).context["none_found"]


def test_a_unit_out_of_sight_does_not_exist(cast: Cast, departments: dict[str, Unit], acting: As) -> None:
    document = registered(cast.commune_officer)
    answer = acting(cast.commune_officer).post(
        url(document), {f"role-{cast.sibling_commune.uid}": "lead", "text": "Chủ trì."}
    )
    assert answer.status_code == 404


def test_the_department_reads_names_a_post_proposes_and_reports(cast: Cast, departments: dict[str, Unit]) -> None:
    note = noted(cast, departments, registered(cast.clerk))
    lead = work_of(note, departments["T.CS"])
    client = signed_in(head(departments["T.CS"]))
    assert TEXT in client.get("/").content.decode()
    assert client.get(f"/van-ban/{note.document.uid}/").status_code == 200
    assert "Trưởng ban" in client.get(f"/viec/{lead.uid}/nguoi-giai-quyet/").content.decode()
    assert client.post(f"/viec/{lead.uid}/de-xuat/", {"text": "Đề xuất."}).status_code == 422
    client.post(f"/viec/{lead.uid}/nguoi-giai-quyet/", {"handler": "Chuyên viên", "due": "25/03/2026"})
    client.post(f"/viec/{lead.uid}/de-xuat/", {"text": "Đề xuất ban hành kế hoạch."})
    page = client.get(f"/viec/{lead.uid}/").content.decode()
    assert "Chuyên viên" in page
    assert "Đề xuất ban hành kế hoạch." in page
    assert f"/viec/van-ban/{note.document.uid}/phieu/" in page
    assert Handling.objects.get().assignment == lead
    client.post(f"/viec/{lead.uid}/hoan-thanh/", {"note": "Đã trình kế hoạch."})
    assert client.post(f"/viec/{lead.uid}/de-xuat/", {"text": "Ý khác."}).status_code == 422


def test_a_note_is_replaced_or_withdrawn_with_its_reason(
    cast: Cast, departments: dict[str, Unit], acting: As
) -> None:
    note = noted(cast, departments, registered(cast.clerk))
    client = acting(cast.provincial_officer)
    again = client.get(f"{url(note.document)}?thay={note.uid}")
    assert again.context["form"]["text"].value() == TEXT
    replacing = sent(departments, ticket="khac", lead_due="10/04/2026")
    answer = client.post(f"{url(note.document)}?thay={note.uid}", replacing)
    assert list(answer.context["form"].errors) == ["reason"]
    client.post(f"{url(note.document)}?thay={note.uid}", replacing | {"reason": "Lùi hạn"})
    newer = Instruction.objects.get(withdrawn_at=None)
    page = client.post(
        f"/viec/but-phe/{newer.uid}/thoi/", {"reason": "Không còn cần"}, follow=True
    ).content.decode()
    assert "Lý do thôi: Không còn cần" in page
    assert "Lý do thôi: Lùi hạn" in page
    assert work_of(newer, departments["T.CS"]).state == AssignmentState.WITHDRAWN
    told = signed_in(head(departments["T.CS"])).get(f"/viec/{work_of(newer, departments['T.CS']).uid}/")
    assert "Đã thôi giao việc này. Lý do: Không còn cần" in told.content.decode()


def test_the_answer_is_linked_and_unlinked(cast: Cast, departments: dict[str, Unit], acting: As) -> None:
    note = noted(cast, departments, registered(cast.clerk))
    letter = register_outgoing(
        unit=cast.province, doc_type="công văn", subject="Trả lời về Tháng An toàn", dated=NOW.date(),
        actor=cast.clerk, at=NOW,
    )  # fmt: skip
    client = acting(cast.clerk)
    link = f"/viec/van-ban/{note.document.uid}/tra-loi/"
    assert letter.number in client.get(link).content.decode()
    assert "người chọn" in client.post(link, {"letter": str(letter.uid)}, follow=True).content.decode()
    page = client.post(f"{link}{letter.uid}/go/", follow=True).content.decode()
    assert "Chưa có văn bản đi nào trả lời" in page


def test_the_slip_and_the_register_are_files_too(cast: Cast, departments: dict[str, Unit], acting: As) -> None:
    note = noted(cast, departments, registered(cast.clerk))
    client = acting(cast.clerk)
    slip = client.get(f"/viec/van-ban/{note.document.uid}/phieu.pdf")
    book = client.get("/viec/so-theo-doi/so.pdf")
    table = client.get("/viec/so-theo-doi/so.csv").content.decode("utf-8-sig").splitlines()
    assert slip.content[:5] == book.content[:5] == b"%PDF-"
    assert table[0].split(",")[0] in str(rows(client.get("/viec/so-theo-doi/so.xlsx").content))
    assert table[0].startswith("Số đến,")
    assert "Ban Chính sách pháp luật; Ban Tài chính" in table[1]


def test_the_register_is_filtered_by_state_and_days(cast: Cast, departments: dict[str, Unit], acting: As) -> None:
    noted(cast, departments, registered(cast.clerk))
    client = acting(cast.clerk)
    answer = client.get("/viec/so-theo-doi/")
    assert {one["key"]: one["count"] for one in answer.context["filters"]} == {
        "": 1, "chua-giao": 0, "dang-lam": 1, "cham": 0,
    }  # fmt: skip
    assert "0/2 đơn vị xong" in answer.content.decode()
    assert client.get("/viec/so-theo-doi/?first=13/03/2026").context["page_obj"].paginator.count == 0
    assert client.get("/viec/so-theo-doi/?first=mai").status_code == 422
    assert client.get("/viec/so-theo-doi/?loc=la").status_code == 404
    assert "Ban Chính sách" not in acting(cast.stranger).get("/viec/so-theo-doi/").content.decode()


def test_the_pages_speak_english_around_the_papers(cast: Cast, departments: dict[str, Unit], acting: As) -> None:
    note = noted(cast, departments, registered(cast.clerk))
    client = acting(cast.provincial_officer)
    client.post("/ngon-ngu/", {"language": "en"})
    page = client.get(f"/viec/van-ban/{note.document.uid}/phieu/").content.decode()
    assert "Handling slip of an incoming letter" in page
    assert 'lang="vi"' in page
    assert "Deadline of the lead unit" in client.get(url(note.document)).content.decode()
