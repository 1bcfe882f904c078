"""What the addresses of the permission table need, made on the way."""

from __future__ import annotations

from collections.abc import Mapping

from nhipcau.activities.actions import log_activity
from nhipcau.activities.checking import ActivityInput
from nhipcau.activities.models import Activity, ActivityType
from nhipcau.activities.photos import let_wait
from nhipcau.activities.planning import PlanInput, plan_activity
from nhipcau.activities.queries import get_type
from nhipcau.analytics.actions import save_analysis
from nhipcau.analytics.questions import Question
from nhipcau.documents.storing.blurring import Covered
from nhipcau.documents.storing.evidence import Paper
from nhipcau.reports.design.drafts import begin_draft
from tests import plans as quarterly_plans
from tests.cast import NOW, TODAY, Cast
from tests.web.reports import scenes

Place = Mapping[str, object]


def activity(cast: Cast) -> Place:
    """One recorded by the local union."""
    scenes.publish()
    return {"uid": scenes.gave_gifts(cast.local_volunteer).uid}


def planned(cast: Cast) -> Place:
    """One that the local union is going to do."""
    scenes.publish()
    kind = ActivityType.objects.order_by("pk")[0]
    plan = plan_activity(unit=cast.local, kind=kind, given=PlanInput(TODAY), actor=cast.local_volunteer, at=NOW)
    return {"uid": plan.uid}


def joint(cast: Cast) -> Place:
    """One that the local union and the commune did together; the commune is asked."""
    scenes.publish()
    given = ActivityInput(held_on=TODAY, values={"sessions": 1}, partner_bodies=["Công đoàn xã An Hải"])
    kind = get_type("doi_thoai")
    held = log_activity(unit=cast.local, kind=kind, given=given, actor=cast.local_volunteer, at=NOW)
    return {"uid": held.uid, "number": held.partners.get().pk}


def with_paper(cast: Cast) -> Activity:
    """One with a paper."""
    scenes.publish()
    given = ActivityInput(
        held_on=TODAY, values={"sessions": 1}, papers=[Paper("biên bản.txt", "Đã đối thoại.".encode())]
    )
    kind = get_type("doi_thoai")
    return log_activity(unit=cast.local, kind=kind, given=given, actor=cast.local_volunteer, at=NOW)


def no_feed(cast: Cast) -> Place:
    """The address that an account without a calendar would have."""
    return {"account": cast.account(cast.local_volunteer).uid, "key": "-"}


def waiting_photo(cast: Cast) -> Place:
    """A photograph of it that the local union has not looked at."""
    held = with_paper(cast)
    [waiting] = let_wait(held, [Covered(b"picture", 1)], cast.local_volunteer, NOW)
    return {"uid": held.uid, "photo": waiting.uid}


def paper(cast: Cast) -> Place:
    held = with_paper(cast)
    return {"uid": held.uid, "number": held.evidence.get().pk}


def own_draft(cast: Cast) -> Place:
    """The local union's draft, which nobody above sees yet."""
    return {"uid": scenes.draft(scenes.publish(), cast.local_volunteer).uid}


def own_cell(cast: Cast) -> Place:
    return {**own_draft(cast), "cell": "gifts"}


def waiting(cast: Cast) -> Place:
    """The local union's report, waiting at the commune."""
    return {"uid": scenes.sent(scenes.publish(), cast.local_volunteer, {"gifts": "3"}).uid}


def commune_draft(cast: Cast) -> Place:
    """The commune's own draft."""
    return {"uid": scenes.draft(scenes.publish(), cast.commune_officer).uid}


def not_reported(cast: Cast) -> Place:
    """The local union has sent nothing for February."""
    scenes.publish()
    return {"code": "thang", "period": "2026-02", "unit": cast.local.uid}


def own_branch(cast: Cast) -> Place:
    """The commune's branch, of which nobody has reported for February."""
    scenes.publish()
    return {"code": "thang", "period": "2026-02", "unit": cast.commune.uid}


def entered(cast: Cast) -> Place:
    """The local union's report, entered by the commune from paper."""
    return {"uid": scenes.entered(scenes.publish(), cast.local, cast.commune_officer).uid}


def entered_paper(cast: Cast) -> Place:
    report = scenes.entered(scenes.publish(), cast.local, cast.commune_officer)
    return {"uid": report.uid, "number": report.papers.get().pk}


def print_file(cast: Cast) -> Place:
    return {**waiting(cast), "kind": "docx"}


def branch(cast: Cast) -> Place:
    """The commune's figures of February."""
    scenes.consolidated(cast)
    return {"code": "thang", "period": "2026-02", "unit": cast.commune.uid}


def branch_table(cast: Cast) -> Place:
    return {**branch(cast), "kind": "csv"}


def figure(cast: Cast) -> Place:
    return {**branch(cast), "indicator": "gifts"}


def to_issue(cast: Cast) -> Place:
    """The province's own report is in, and nothing issued."""
    scenes.sent(scenes.consolidated(cast), cast.provincial_officer, {"gifts": "0"})
    return {"code": "thang", "period": "2026-02", "unit": cast.province.uid}


def draft_file(cast: Cast) -> Place:
    return {**to_issue(cast), "kind": "docx"}


def issued(cast: Cast) -> Place:
    return {"uid": scenes.issued(cast).uid}


def issued_file(cast: Cast) -> Place:
    return {**issued(cast), "kind": "pdf"}


KEEP = {"viec": "giu", "ly-do": "Sai sót nhỏ"}


def changed(cast: Cast) -> Place:
    """The province's sealed figures, which changed below."""
    return {"uid": scenes.changed(cast).seal.uid}


def signing(cast: Cast) -> Place:
    """The province's report, out for signature."""
    return {"uid": scenes.out_for_signature(cast).uid}


def signing_file(cast: Cast) -> Place:
    return {**signing(cast), "kind": "pdf"}


def analysis(cast: Cast) -> Place:
    """A question that the province kept."""
    scenes.publish()
    question = Question("thang", ("2026-02",), str(cast.province.uid), ("gifts",))
    saved = save_analysis(title="Quà theo tháng", question=question, actor=cast.provincial_officer, at=NOW)
    return {"uid": saved.uid}


def plans(cast: Cast) -> Place:
    """The commune's table of plans for the year."""
    return {"code": quarterly_plans.publish().template.code, "period": "2026", "unit": cast.commune.uid}


def designed(cast: Cast) -> Place:
    """A version in the making."""
    version = scenes.publish()
    return {"uid": begin_draft(actor=cast.provincial_officer, at=NOW, template=version.template).uid}


def design_single(cast: Cast) -> Place:
    return {**designed(cast), "part": "giao"}


def design_list(cast: Cast) -> Place:
    return {**designed(cast), "part": "quy-tac"}


def design_section(cast: Cast) -> Place:
    return {**designed(cast), "section": 1}


def template(cast: Cast) -> Place:
    return {"code": scenes.publish().template.code}


def template_version(cast: Cast) -> Place:
    return {**template(cast), "number": 1}


def two_versions(cast: Cast) -> Place:
    return {**template(cast), "before": 1, "after": 1}
