"""Giao việc: from a letter to the units below, and on from there."""

from __future__ import annotations

from nhipcau.documents.models import Direction, Document
from nhipcau.org.queries import name_of
from nhipcau.tasks.models import Assignment, AssignmentRole, AssignmentState, Task
from nhipcau.web.tasks.forms import AssignForm
from tests.cast import TODAY, Cast
from tests.web.directive import OUTSIDE, at_commune, registered
from tests.web.tasks.conftest import As


def allowed(form: AssignForm) -> list[str]:
    """What may be ticked: a letter with several duties has none ticked beforehand."""
    assert form.picked == set()
    return sorted(str(one.obligation.uid) for one in form.asked if one.allowed)


def test_every_child_is_chosen_beforehand_and_what_is_outside_cannot_be_picked(cast: Cast, acting: As) -> None:
    document = registered(cast.clerk)
    form = acting(cast.provincial_officer).get(f"/viec/van-ban/{document.uid}/giao/").context["form"]
    roles = {unit.pk: role for unit, role in form.chosen.items()}
    assert roles == {cast.commune.pk: "lead", cast.sibling_commune.pk: "lead", cast.province.pk: "none"}
    outside = document.obligations.get(text__contains=OUTSIDE[:40])
    assert len(allowed(form)) == 2
    assert str(outside.uid) not in allowed(form)


def test_two_obligations_for_two_units_in_their_roles(cast: Cast, acting: As) -> None:
    document = registered(cast.clerk)
    client = acting(cast.provincial_officer)
    picked = allowed(client.get(f"/viec/van-ban/{document.uid}/giao/").context["form"])
    sent = {
        "obligation": picked,
        f"role-{cast.commune.uid}": "lead",
        f"role-{cast.sibling_commune.uid}": "support",
        f"role-{cast.province.uid}": "none",
    }
    answer = client.post(f"/viec/van-ban/{document.uid}/giao/", sent, follow=True)
    assert "Đã giao 2 việc cho 2 đơn vị." in answer.content.decode()
    assert answer.redirect_chain == [(f"/van-ban/{document.uid}/", 302)], "at the head, where that is said"
    given = Assignment.objects.values_list("unit", "role")
    assert sorted(given) == sorted(
        2 * [(cast.commune.pk, AssignmentRole.LEAD), (cast.sibling_commune.pk, AssignmentRole.SUPPORT)]
    )


def test_a_due_date_of_ones_own_needs_its_reason_and_one_obligation(cast: Cast, acting: As) -> None:
    document = registered(cast.clerk)
    client = acting(cast.provincial_officer)
    picked = allowed(client.get(f"/viec/van-ban/{document.uid}/giao/").context["form"])
    sent = {"obligation": picked, f"role-{cast.commune.uid}": "lead", "due": "01/05/2026"}
    url = f"/viec/van-ban/{document.uid}/giao/"
    assert list(client.post(url, sent).context["form"].errors) == ["due"]
    assert list(client.post(url, sent | {"obligation": picked[:1]}).context["form"].errors) == ["due_reason"]
    client.post(url, sent | {"obligation": picked[:1], "due_reason": "Gộp với hội nghị tháng 5"})
    assert f"{Task.objects.get().due:%d/%m/%Y}" == "01/05/2026"


def test_nobody_or_nothing_chosen_is_a_form_error(cast: Cast, acting: As) -> None:
    document = registered(cast.clerk)
    answer = acting(cast.provincial_officer).post(f"/viec/van-ban/{document.uid}/giao/", {})
    assert answer.status_code == 422
    assert len(answer.context["form"].non_field_errors()) == 2
    assert not Task.objects.exists()


def test_a_commune_passes_on_to_its_local_unions_with_a_letter_of_its_own(cast: Cast, acting: As) -> None:
    assignment = at_commune(cast)
    client = acting(cast.commune_officer)
    url = f"/viec/{assignment.uid}/giao-xuong/"
    assert len(client.get(url).context["form"].rows) == 2
    sent = {
        f"role-{cast.local.uid}": "lead",
        f"role-{cast.other_local.uid}": "inform",
        "title": "Mỗi công đoàn cơ sở tổ chức một buổi tập huấn",
        "with_letter": "on",
        "doc_type": "công văn",
        "subject": "Triển khai Tháng An toàn, vệ sinh lao động",
        "dated": "16/03/2026",
    }
    assert client.post(url, sent).status_code == 302
    task = Task.objects.get(parent=assignment)
    assert task.letter is not None
    assert (task.title, task.letter.number) == ("Mỗi công đoàn cơ sở tổ chức một buổi tập huấn", "01/CĐX")
    assert task.assignments.get(unit=cast.other_local).state == AssignmentState.ACKNOWLEDGED
    assignment.refresh_from_db()
    assert assignment.state == AssignmentState.ACKNOWLEDGED


def test_an_own_letter_without_a_subject_is_asked_for_and_no_number_is_used(cast: Cast, acting: As) -> None:
    assignment = at_commune(cast)
    sent = {f"role-{cast.local.uid}": "lead", "with_letter": "on"}
    answer = acting(cast.commune_officer).post(f"/viec/{assignment.uid}/giao-xuong/", sent)
    assert set(answer.context["form"].errors) == {"subject", "dated"}
    assert not Document.objects.filter(direction=Direction.OUTGOING).exists()


def _one_duty(cast: Cast, responsible: str, helped_by: str = "") -> str:
    """A letter with a single duty of that body; the address of its page."""
    document = registered(cast.clerk)
    duty = next(one for one in document.obligations.all() if one.scope == "in")
    document.obligations.exclude(pk=duty.pk).delete()
    document.obligations.update(responsible=responsible, helped_by=helped_by)
    return f"/viec/van-ban/{document.uid}/giao/"


def test_the_unit_a_single_duty_names_is_chosen_beforehand_with_the_reason(cast: Cast, acting: As) -> None:
    answer = acting(cast.provincial_officer).get(_one_duty(cast, "Công đoàn xã An Hải"))
    roles = {unit.pk: role for unit, role in answer.context["form"].chosen.items()}
    assert roles == {cast.commune.pk: "lead", cast.sibling_commune.pk: "none", cast.province.pk: "none"}
    assert "“Công đoàn xã An Hải” là tên đơn vị" in answer.content.decode()


def test_whoever_lends_a_hand_is_chosen_to_support(cast: Cast, acting: As) -> None:
    address = _one_duty(cast, "Công đoàn xã An Hải", name_of(cast.sibling_commune, TODAY).name)
    answer = acting(cast.provincial_officer).get(address)
    roles = {unit.pk: role for unit, role in answer.context["form"].chosen.items()}
    assert roles == {cast.commune.pk: "lead", cast.sibling_commune.pk: "support", cast.province.pk: "none"}
    assert "Ai phối hợp: " in answer.content.decode()


def test_who_leads_does_not_help_as_well(cast: Cast, acting: As) -> None:
    address = _one_duty(cast, "Công đoàn xã An Hải", "các công đoàn xã")
    answer = acting(cast.provincial_officer).get(address)
    roles = {unit.pk: role for unit, role in answer.context["form"].chosen.items()}
    assert (roles[cast.commune.pk], roles[cast.province.pk]) == ("lead", "none")


def test_local_unions_are_reached_through_the_units_above_them(cast: Cast, acting: As) -> None:
    answer = acting(cast.provincial_officer).get(_one_duty(cast, "CĐCS Công ty May Hải Âu"))
    roles = {unit.pk: role for unit, role in answer.context["form"].chosen.items()}
    assert roles == {cast.commune.pk: "lead", cast.sibling_commune.pk: "none", cast.province.pk: "none"}


def test_a_body_outside_the_branch_chooses_nobody_and_says_so(cast: Cast, acting: As) -> None:
    answer = acting(cast.provincial_officer).get(_one_duty(cast, "Sở Nội vụ"))
    assert set(answer.context["form"].chosen.values()) == {"none"}
    assert "Không có đơn vị nào tên “Sở Nội vụ”" in answer.content.decode()
