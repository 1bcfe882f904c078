"""Why one sees a thing: the chain in words, with the verdict of what decides, and nothing for who does not."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from nhipcau.audit.models import Entry
from nhipcau.ops import moment
from nhipcau.org.models import Post
from nhipcau.web.log.reasons import KINDS, explained, find
from tests.cast import NOW, Cast
from tests.tasks.announced import told
from tests.web import directive
from tests.web.log.scenes import auditor, opened, page
from tests.web.reports import scenes


@pytest.fixture(autouse=True)
def at_the_casts_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moment, "fixed", lambda scene="": NOW)


def own(post: Post, kind: str, uid: object) -> tuple[int, str]:
    answer = opened(post).get(reverse("log:own_sight", kwargs={"kind": kind, "uid": uid}))
    return answer.status_code, answer.content.decode()


def test_the_level_above_reads_where_the_unit_lies_and_which_rule_opens_it(cast: Cast) -> None:
    letter = directive.registered(cast.commune_officer)
    status, said = own(cast.provincial_officer, "document", letter.uid)
    assert status == 200
    assert "Liên đoàn Lao động tỉnh Đông Giang › Công đoàn xã An Hải" in said
    assert "văn bản đã vào sổ của đơn vị trong nhánh" in said and "Thấy được." in said


def test_a_unit_below_sees_a_letter_by_the_work_that_came_with_it(cast: Cast) -> None:
    given = directive.at_commune(cast)
    _status, said = own(cast.commune_officer, "document", given.task.obligation.document.uid)
    assert "việc giao cho đơn vị đi kèm văn bản này" in said and "cấp trên của đơn vị" in said


def test_what_one_does_not_see_has_no_reasons(cast: Cast) -> None:
    draft = scenes.draft(scenes.publish(), cast.local_volunteer)
    assert own(cast.local_volunteer, "submission", draft.uid)[0] == 200
    assert own(cast.commune_officer, "submission", draft.uid)[0] == 404
    assert own(cast.stranger, "submission", draft.uid)[0] == 404
    assert own(cast.stranger, "khong-co", draft.uid)[0] == 404


def test_every_page_about_such_a_thing_leads_to_its_reasons(cast: Cast) -> None:
    told_one = told(cast, branches=[cast.commune])
    said = opened(cast.local_volunteer).get(f"/thong-bao/{told_one.uid}/").content.decode()
    address = reverse("log:own_sight", kwargs={"kind": "announcement", "uid": told_one.uid})
    assert f'href="{address}"' in said and own(cast.local_volunteer, "announcement", told_one.uid)[0] == 200


def asked(cast: Cast, reader: Post, post: Post, uid: object, **more: str) -> str:
    return page(opened(reader), "log:sight", ai=str(post.uid), vat=str(uid), **more)


def test_an_auditor_asks_for_another_post_and_the_question_is_in_the_log(cast: Cast) -> None:
    letter = directive.registered(cast.commune_officer)
    reader = auditor(cast.province)
    assert "Thấy được." in asked(cast, reader, cast.commune_officer, letter.uid)
    said = asked(cast, reader, cast.stranger, letter.uid)
    assert "Không thấy." in said and "không nằm dưới đơn vị của chức danh" in said
    assert "An toàn, vệ sinh lao động năm 2026" not in said, "the letter itself is not shown"
    assert Entry.objects.filter(action="audit.sight_asked", object=f"document:{letter.uid}").count() == 2


def test_a_moment_before_the_post_was_held_explains_that_nobody_held_it(cast: Cast) -> None:
    letter = directive.registered(cast.commune_officer)
    reader = auditor(cast.province)
    said = asked(cast, reader, cast.commune_officer, letter.uid, luc="30/06/2025")
    assert "không có ai giữ chức danh này" in said and "Không thấy." in said
    late = f"{NOW + dt.timedelta(days=1):%d/%m/%Y}"
    assert "chưa tới" in asked(cast, reader, cast.commune_officer, letter.uid, luc=late)


def test_beyond_the_auditors_branch_nothing_exists(cast: Cast) -> None:
    other = directive.registered(cast.stranger)
    reader = auditor(cast.commune)
    assert "Không có đối tượng này" in asked(cast, reader, cast.commune_officer, other.uid)
    answer = opened(reader).get(reverse("log:sight"), {"ai": str(cast.stranger.uid), "vat": str(other.uid)})
    assert answer.status_code == 404


def test_where_a_rule_opens_it_the_thing_is_handed_out_and_nowhere_else(cast: Cast) -> None:
    """The explanation and the decision are one: over every kind that is there, for every post of the cast."""
    directive.at_local(cast)
    told(cast, branches=[cast.commune])
    scenes.draft(scenes.publish(), cast.local_volunteer)
    scenes.gave_gifts(cast.local_volunteer)
    seen = {True: 0, False: 0}
    for kind in KINDS.values():
        for uid in kind.model._default_manager.values_list("uid", flat=True):
            name = next(name for name, one in KINDS.items() if one is kind)
            for post in (cast.clerk, cast.commune_officer, cast.local_volunteer, cast.stranger):
                one = explained(kind, find(name, uid), post, NOW)
                assert one.sees == bool(one.rules), (name, post.title)
                seen[one.sees] += 1
    assert min(seen.values()) > 10
