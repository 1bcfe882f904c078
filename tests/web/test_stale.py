"""Whoever saves what somebody changed meanwhile sees both versions and chooses; nothing is written over unseen."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from nhipcau.activities.models import Activity
from nhipcau.web.activities.changes import CorrectionForm
from nhipcau.web.announcements.forms import CorrectForm
from nhipcau.web.campaigns.closing import ReportForm
from nhipcau.web.campaigns.forms import CampaignForm, GoalsForm, MeasuresForm
from nhipcau.web.campaigns.materials import MaterialForm
from nhipcau.web.campaigns.quizzes import QuestionForm
from nhipcau.web.checks import patterns
from nhipcau.web.declare import access_of
from nhipcau.web.documents import lineforms
from nhipcau.web.org.days_off import DayForm
from nhipcau.web.questions.reports import ReportForm as AskedForm
from nhipcau.web.stale import BASIS, EditForm
from nhipcau.web.tasks import noteforms
from nhipcau.web.tasks.forms import WordingForm
from tests.cast import Cast
from tests.web.activities.conftest import As, acting, today
from tests.web.activities.test_changes import RIGHT
from tests.web.documents import rows as letters
from tests.web.reports import scenes

__all__ = ["acting", "today"]


def drawn(client: Client, address: str) -> dict[str, str]:
    """What the page's form is sent with besides what is typed."""
    form = client.get(address).context["form"]
    return {BASIS: form.basis()}


def corrected(client: Client, activity: Activity) -> tuple[str, dict[str, str]]:
    address = f"/hoat-dong/{activity.uid}/sua/"
    begun = RIGHT | drawn(client, address)
    assert client.post(address, begun | {"title": "Của người kia"}).status_code == 302
    return address, begun | {"title": "Của tôi"}


def test_both_versions_stand_side_by_side_and_nothing_typed_is_lost(cast: Cast, acting: As) -> None:
    scenes.publish()
    activity, client = scenes.gave_gifts(cast.local_volunteer), acting(cast.local_volunteer)
    address, mine = corrected(client, activity)
    refused = client.post(address, mine)
    assert refused.status_code == 422
    assert [(one.label, one.mine, one.now) for one in refused.context["form"].differing] == [
        ("Tên hoạt động", "Của tôi", "Của người kia")
    ]
    assert 'value="Của tôi"' in refused.content.decode()
    activity.refresh_from_db()
    assert activity.title == "Của người kia"


def test_pressed_again_after_both_were_seen_ones_own_is_saved(cast: Cast, acting: As) -> None:
    scenes.publish()
    activity, client = scenes.gave_gifts(cast.local_volunteer), acting(cast.local_volunteer)
    address, mine = corrected(client, activity)
    form = client.post(address, mine).context["form"]
    again = mine | {BASIS: form.basis(), "edits": str(form["edits"].value())}
    assert client.post(address, again).status_code == 302
    activity.refresh_from_db()
    assert activity.title == "Của tôi"


def test_the_same_words_by_two_people_are_no_conflict(cast: Cast, acting: As) -> None:
    scenes.publish()
    activity, client = scenes.gave_gifts(cast.local_volunteer), acting(cast.local_volunteer)
    address, mine = corrected(client, activity)
    assert client.post(address, mine | {"title": "Của người kia"}).status_code == 302


def test_a_duty_reworded_by_a_colleague_is_not_written_over(cast: Cast, acting: As) -> None:
    address = reverse("tasks:obligation_edit", kwargs=dict(letters.obligation(cast)))
    client = acting(cast.clerk)
    page = client.get(address)
    assert f'name="{BASIS}"' in page.content.decode()
    begun = {BASIS: page.context["form"].basis(), "responsible": "", "helped_by": "", "due_on": ""}
    assert client.post(address, begun | {"text": "Báo cáo số công đoàn cơ sở."}).status_code == 302
    refused = client.post(address, begun | {"text": "Báo cáo số đoàn viên."})
    assert refused.status_code == 422
    told = refused.content.decode()
    assert "Báo cáo số công đoàn cơ sở." in told
    assert "Báo cáo số đoàn viên." in told


def test_a_form_for_something_new_brings_no_digest(cast: Cast, acting: As) -> None:
    page = acting(cast.provincial_officer).get(reverse("campaigns:create"))
    assert page.context["form"].basis() == ""
    assert f'name="{BASIS}"' not in page.content.decode()


GUARDED: dict[str, type[EditForm]] = {
    "activities:correct": CorrectionForm,
    "announcements:correct": CorrectForm,
    "campaigns:edit": CampaignForm,
    "campaigns:goals": GoalsForm,
    "campaigns:material_revise": MaterialForm,
    "campaigns:measures": MeasuresForm,
    "campaigns:question": QuestionForm,
    "campaigns:report": ReportForm,
    "documents:line": lineforms.LineForm,
    "documents:petition_line": lineforms.HandlerForm,
    "org:days_off": DayForm,
    "questions:report": AskedForm,
    "tasks:name_handler": noteforms.HandlerForm,
    "tasks:obligation_edit": WordingForm,
}
# Why the other pages that take forms need none of it.
REVISION = "brings a revision or moment of its own, which the action compares under its lock"
ADDS = "adds something new; what stands stays as it is"
STEP = "one step that an action takes once: the state it starts from is asked under the lock, else it is refused"
OWN = "one's own setting or key: what was chosen last holds, and nobody else writes it"
READS = "changes nothing that stands"
ITSELF = "is no Django form: it says itself what it was drawn with and shows both versions (test_stale_pages.py)"
EXEMPT: dict[str, str] = {
    **dict.fromkeys(
        [
            "design:drop",
            "design:list",
            "design:preview",
            "design:publish",
            "design:section",
            "design:single",
            "design:undo",
            "plans:give",
            "reports:excel",
            "reports:report",
            "reports:review",
            "styleguide_save",
        ],
        REVISION,
    ),
    **dict.fromkeys(
        [
            "activities:batch",
            "activities:photos",
            "activities:plan",
            "activities:record",
            "analytics:save",
            "announcements:tell",
            "campaign_quiz",
            "campaigns:create",
            "campaigns:material_add",
            "campaigns:quiz_add",
            "campaigns:start",
            "design:begin",
            "design:library",
            "design:survey",
            "design:upload",
            "documents:amend",
            "documents:books",
            "documents:copy",
            "documents:outgoing",
            "documents:petition",
            "documents:reserve",
            "documents:upload",
            "org:delegate",
            "org:post_create",
            "reports:open",
            "saved:save",
            "tasks:ask_extension",
            "tasks:assign",
            "tasks:fan_out",
            "tasks:instruct",
            "tasks:obligation_add",
            "tasks:pass_on",
            "tasks:propose",
            "tokens",
        ],
        ADDS,
    ),
    **dict.fromkeys(
        [
            "activities:answer",
            "activities:planned",
            "activities:withdraw",
            "analytics:delete",
            "announcements:remind",
            "announcements:withdraw",
            "campaigns:cancel",
            "campaigns:close",
            "campaigns:count_in",
            "campaigns:extend",
            "campaigns:material_withdraw",
            "campaigns:open",
            "campaigns:question_drop",
            "campaigns:quiz_close",
            "campaigns:quiz_open",
            "campaigns:report_back",
            "campaigns:report_draft",
            "campaigns:report_number",
            "campaigns:report_signed",
            "campaigns:take_out",
            "design:withdraw",
            "documents:acknowledge",
            "documents:acknowledge_all",
            "documents:block_end",
            "documents:citation",
            "documents:close",
            "documents:confirm",
            "documents:discard",
            "documents:petition_void",
            "documents:scan_again",
            "documents:scan_drop",
            "documents:void",
            "identity_drop",
            "org:appoint",
            "org:days_off_drop",
            "org:end_delegation",
            "org:enter",
            "org:post",
            "org:reissue",
            "org:undo",
            "questions:drop",
            "reports:accept_clean",
            "reports:answer",
            "reports:attach_signed",
            "reports:confirm_entered",
            "reports:covers",
            "reports:issue",
            "reports:signing",
            "tasks:acknowledge",
            "tasks:acknowledge_all",
            "tasks:answer_extension",
            "tasks:answer_give_back",
            "tasks:complete",
            "tasks:fan_out_cancel",
            "tasks:give_back",
            "tasks:link_answer",
            "tasks:obligation_drop",
            "tasks:remind",
            "tasks:reopen",
            "tasks:stop_recurring",
            "tasks:unlink_answer",
            "tasks:withdraw",
            "token_revoke",
        ],
        STEP,
    ),
    **dict.fromkeys(
        [
            "act_as",
            "calendar_address",
            "change_password",
            "devices",
            "help:dismiss",
            "identities",
            "language",
            "mail_again",
            "mail_choices",
            "mfa_authenticate",
            "notices_read",
            "passkey",
            "passkey_sign_in",
            "profile",
            "recovery_codes",
            "saved:change",
            "scene",
            "second_app",
            "second_remove",
            "sign_in",
            "sign_out",
            "use_code",
        ],
        OWN,
    ),
    **dict.fromkeys(["analytics:export", "own_data", "reports:compare"], READS),
    **dict.fromkeys(
        [
            "plans:upload",
            "questions:answer",
            "questions:make",
            "questions:save",
            "reports:enter",
            "reports:own_table",
        ],
        ITSELF,
    ),
}
TAKING = {name for name, p in patterns() if (access := access_of(p.callback)) and "POST" in access.methods}


def test_every_page_that_takes_forms_is_guarded_or_says_why_not() -> None:
    assert GUARDED.keys() | EXEMPT.keys() == TAKING
    assert not GUARDED.keys() & EXEMPT.keys()


@pytest.mark.parametrize("form", GUARDED.values(), ids=GUARDED)
def test_what_is_guarded_says_what_it_was_drawn_with(form: type[EditForm]) -> None:
    assert issubclass(form, EditForm)
    assert form.anew <= form.base_fields.keys()
