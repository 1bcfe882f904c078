"""The log on screen: sentences, filters, fifty a page, the branch of the auditor alone, and the file."""

from __future__ import annotations

import datetime as dt
import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nhipcau.audit.actions import record
from nhipcau.audit.exported import Proof
from nhipcau.audit.models import Entry
from nhipcau.ops import moment
from nhipcau.org.log import Wanted, leaf
from tests.cast import NOW, TODAY, Cast
from tests.documents.letters import registered
from tests.tasks.announced import told
from tests.web.log.scenes import auditor, opened, page

SUBJECT = "Tổ chức Tháng An toàn"


@pytest.fixture(autouse=True)
def at_the_casts_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moment, "fixed", lambda scene="": NOW)


def test_an_entry_is_a_sentence_without_contents_or_names(cast: Cast) -> None:
    registered(cast.clerk)
    said = page(opened(auditor(cast.province)))
    assert "Vào sổ văn bản đến" in said and "Văn thư, Liên đoàn Lao động tỉnh Đông Giang" in said
    assert SUBJECT not in said and "Người giữ chức" not in said


def test_it_is_told_in_english_to_who_reads_english(cast: Cast) -> None:
    registered(cast.clerk)
    client = opened(auditor(cast.province))
    client.post(reverse("language"), {"language": "en"})
    assert "Registered an incoming letter" in page(client)


def test_an_auditor_of_a_branch_reads_of_that_branch_alone(cast: Cast) -> None:
    told(cast, title="Của tỉnh")
    told(cast, actor=cast.commune_officer, branches=[cast.local], title="Của xã")
    told(cast, actor=cast.stranger, branches=[cast.sibling_local], title="Của phường")
    of_the_commune = opened(auditor(cast.commune))
    commune = page(of_the_commune, viec="tasks.announced")
    assert commune.count("<b>Đăng thông báo</b>") == 1 and "Công đoàn xã An Hải" in commune
    whole = page(opened(auditor(cast.province)), viec="tasks.announced")
    assert whole.count("<b>Đăng thông báo</b>") == 3
    assert "Hệ thống (tests)" not in page(of_the_commune), "the system's own acts are the top's"


def test_it_is_narrowed_by_day_act_post_and_thing(cast: Cast) -> None:
    letter = registered(cast.clerk)
    told(cast)
    client = opened(auditor(cast.province))
    tomorrow = f"{TODAY + dt.timedelta(days=1):%d/%m/%Y}"
    assert "Không có mục nào" in page(client, tu=tomorrow)
    assert "Đăng thông báo</b>" not in page(client, ai=str(cast.clerk.uid), den=f"{TODAY:%d/%m/%Y}")
    of_the_letter = page(client, vat=f"https://nhipcau.example/van-ban/{letter.uid}/")
    assert of_the_letter.count('class="meta when"') == 2, "received and registered"
    assert "Có nhiều chức danh khớp" in page(client, ai="chủ tịch")
    assert "Văn thư, Liên đoàn" in page(client, ai="văn thư")


def test_what_cannot_be_understood_is_said_at_its_field(cast: Cast) -> None:
    client = opened(auditor(cast.province))
    said = page(client, tu="hôm nay", vat="xyz", ai="không có ai")
    assert len(re.findall(r'aria-invalid="true"', said)) == 3
    assert client.get(reverse("log:index"), {"ai": str(cast.stranger.uid)}).status_code == 200
    assert opened(auditor(cast.commune)).get(reverse("log:index"), {"ai": str(cast.clerk.uid)}).status_code == 404


def test_fifty_stand_on_a_page_and_it_goes_on_behind_the_last(cast: Cast) -> None:
    reader = auditor(cast.province)
    for number in range(60):
        record(actor=cast.clerk, action="documents.registered", obj=f"document:{number}", at=NOW)
    scope = cast.scope(reader)
    mine = Wanted(post=cast.clerk)
    first = leaf(scope, mine)
    rest = leaf(scope, mine, first.older)
    assert (len(first.entries), len(rest.entries), rest.older) == (50, 10, "")
    assert not {one.pk for one in first.entries} & {one.pk for one in rest.entries}
    said = page(opened(reader), ai=str(cast.clerk.uid), sau=first.older)
    assert said.count('class="meta when"') == 10 and "Mới nhất" in said


def test_however_many_entries_the_database_is_asked_as_often(cast: Cast) -> None:
    client = opened(auditor(cast.province))
    told(cast)

    def queries() -> int:
        page(client)
        with CaptureQueriesContext(connection) as seen:
            page(client)
        return len(seen)

    few = queries()
    for number in range(8):
        told(cast, title=f"Lịch {number}")
    assert queries() == few


def test_the_file_proves_itself_and_holds_the_branch_alone(cast: Cast) -> None:
    for actor in (cast.commune_officer, cast.provincial_officer, cast.commune_officer):
        told(cast, actor=actor, branches=[cast.local])
    reader = auditor(cast.commune)
    answer = opened(reader).get(reverse("log:file"))
    rows = answer.getvalue().decode().splitlines()
    proof = Proof()
    assert list(proof.findings(rows)) == []
    assert (proof.entries, proof.shown) == (3, 2)
    shown = [row for row in map(json.loads, rows) if "actor" in row]
    assert {row["actor"] for row in shown} == {f"post:{cast.commune_officer.uid}"}
    assert Entry.objects.latest("pk").action == "audit.log_taken"
    broken = [*rows[:1], *rows[2:]]
    assert list(Proof().findings(broken)) != []


def test_a_file_of_nothing_is_refused_with_why(cast: Cast) -> None:
    answer = opened(auditor(cast.province)).get(reverse("log:file"), {"tu": "01/01/2030"})
    assert answer.status_code == 422
    assert "Không có mục nào để lấy ra" in answer.content.decode()


def test_reading_the_register_of_complaints_is_in_the_log(cast: Cast) -> None:
    client = opened(cast.clerk)
    client.get(reverse("documents:register"), {"so": "den"})
    assert not Entry.objects.filter(action="documents.petitions_read").exists()
    client.get(reverse("documents:register"), {"so": "don"})
    assert Entry.objects.get(action="documents.petitions_read").actor == f"post:{cast.clerk.uid}"
