"""Activities, campaigns, reports, figures and seats of the commune."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse

from nhipcau.activities.actions import log_activity
from nhipcau.activities.checking import ActivityInput
from nhipcau.activities.models import Activity, ActivityType
from nhipcau.activities.photos import let_wait
from nhipcau.activities.planning import PlanInput, plan_activity
from nhipcau.activities.queries import get_type
from nhipcau.analytics.actions import save_analysis
from nhipcau.analytics.questions import Question
from nhipcau.campaigns.actions import close, create_campaign, open_campaign
from nhipcau.campaigns.closing import draft_report
from nhipcau.campaigns.materials import MaterialInput, add_material
from nhipcau.campaigns.models import Campaign, MaterialKind
from nhipcau.documents.storing.blurring import Covered
from nhipcau.documents.storing.evidence import Paper
from nhipcau.org.actions import create_post
from nhipcau.org.models import Delegation, Role, Unit
from nhipcau.reports.design.drafts import begin_draft
from nhipcau.reports.filling.workflow import accept
from nhipcau.reports.issuing.editions import issue_report
from nhipcau.reports.issuing.signing import open_for_signature
from tests import plans
from tests.campaigns import scenes as campaigns
from tests.cast import NOW, SETUP, TODAY
from tests.rights.things import WORD, Thing, World, page, thing
from tests.web.reports import scenes as reports


def _held(here: World) -> Activity:
    def make() -> Activity:
        text = f"Ảnh {WORD} khướu".encode()
        given = ActivityInput(
            held_on=TODAY, values={"sessions": 1}, title=f"Thăm vườn {WORD} khướu", papers=[Paper("bb.txt", text)]
        )
        kind, post = get_type("doi_thoai"), here.cast.commune_officer
        return log_activity(unit=here.cast.commune, kind=kind, given=given, actor=post, at=NOW)

    found: Activity = here.once("held", make)
    return found


def activity(here: World) -> Thing:
    """Recorded, with a paper."""
    held = _held(here)
    about = (page("activities:detail"), page("activities:paper", number=held.evidence.get().pk))
    return thing(held, "khướu", hole="activity", pages=about)


def waiting_photo(here: World) -> Thing:
    """A photograph of it that nobody has looked at."""
    held = _held(here)
    [photo] = let_wait(held, [Covered(b"picture", 1)], here.cast.commune_officer, NOW)
    url = reverse("activities:waiting_photo", kwargs={"uid": held.uid, "photo": photo.uid})
    return Thing((str(photo.uid),), (url,))


def planned(here: World) -> Thing:
    """To be done tomorrow."""
    given = PlanInput(TODAY + dt.timedelta(days=1), title=f"Thi {WORD} họa mi")
    kind, post = get_type("doi_thoai"), here.cast.commune_officer
    plan = plan_activity(unit=here.cast.commune, kind=kind, given=given, actor=post, at=NOW)
    return thing(plan, "họa mi", pages=(page("activities:planned"),))


def _campaign(here: World, bird: str) -> Campaign:
    types = list(ActivityType.objects.filter(code__in=("noi_chuyen", "dien_tap")))
    given = campaigns.given(name=f"Tháng {WORD} {bird}", types=types)
    return create_campaign(unit=here.cast.commune, given=given, actor=here.cast.commune_officer, at=NOW)


def campaign(here: World) -> Thing:
    """Open to the commune's branch."""
    opened = open_campaign(campaign=_campaign(here, "hồng hạc"), actor=here.cast.commune_officer, at=NOW)
    here.made["campaign"] = opened
    about = (page("campaigns:campaign"), page("campaigns:results"), page("campaigns:results_csv"))
    return thing(opened, "hồng hạc", hole="campaign", pages=about)


def material(here: World) -> Thing:
    """A page of it."""
    given = MaterialInput(title=f"Nhận ra {WORD} bói cá", text="Bói cá ở bờ nước.")
    opened, post = here.made["campaign"], here.cast.commune_officer
    made = add_material(campaign=opened, kind=MaterialKind.PAGE, given=given, actor=post, at=NOW)
    url = reverse("campaigns:material", kwargs={"uid": opened.uid, "material": made.uid})
    return Thing((f"{WORD} bói cá", str(made.uid)), (url,))


def drafted_campaign(here: World) -> Thing:
    """Not open yet."""
    about = (page("campaigns:campaign"), page("campaigns:edit"))
    return thing(_campaign(here, "cánh cụt"), "cánh cụt", hole="campaign", pages=about)


def closing_report(here: World) -> Thing:
    """The report of a campaign that has ended, in the making."""
    post = here.cast.commune_officer
    ended = close(
        campaign=open_campaign(campaign=_campaign(here, "đà điểu"), actor=post, at=NOW), actor=post, at=NOW
    )
    report = draft_report(campaign=ended, actor=post, at=NOW)
    urls = (
        reverse("campaigns:report", kwargs={"uid": ended.uid}),
        reverse("campaigns:report_file", kwargs={"uid": ended.uid, "kind": "docx"}),
    )
    return Thing((str(report.uid),), urls)


def draft(here: World) -> Thing:
    """The commune's report of January, in hand."""
    made = reports.draft(
        here.month, here.cast.commune_officer, {"gifts": "7417"}, period=reports.JANUARY, words=f"Đàn {WORD} sẻ"
    )
    about = (page("reports:report"), page("reports:print", kind="docx"), page("reports:sources", cell="gifts"))
    return thing(made, "sẻ", hole="report", pages=about)


def report(here: World) -> Thing:
    """The commune's report of February, waiting above."""
    made = reports.sent(here.month, here.cast.commune_officer, {"gifts": "5318"}, words=f"Đàn {WORD} ngói")
    here.made["report"] = made
    return thing(made, "ngói", hole="report", pages=(page("reports:report"), page("reports:print", kind="docx")))


def total(here: World) -> Thing:
    """What the commune's branch comes to in February."""
    place = {"code": "thang", "period": "2026-02", "unit": here.cast.commune.uid}
    names = ("consolidated", "consolidated_csv", "overview", "brief", "over_time")
    urls = tuple(reverse(f"reports:{name}", kwargs=place) for name in names)
    drilled = {**place, "indicator": "gifts"}
    return Thing(("5.318", "5318"), (*urls, *(reverse(f"reports:{n}", kwargs=drilled) for n in ("drill", "why"))))


def signing(here: World) -> Thing:
    """The report out for signature."""
    accept(submission=here.made["report"], actor=here.cast.provincial_officer, at=NOW)
    post = here.cast.commune_officer
    made = open_for_signature(
        version=here.month, period=reports.FEBRUARY, unit=here.cast.commune, signer=post, actor=post, at=NOW
    )
    return thing(made, pages=(page("reports:signing"), page("reports:signing_file", kind="docx")))


def issued(here: World) -> Thing:
    """The report of March's first look, issued."""
    post, march = here.cast.commune_officer, reports.FEBRUARY.next()
    sent = reports.sent(here.month, post, {"gifts": "6223"}, period=march)
    accept(submission=sent, actor=here.cast.provincial_officer, at=NOW)
    made = issue_report(version=here.month, period=march, unit=here.cast.commune, signer=post, actor=post, at=NOW)
    return thing(made, pages=(page("reports:issued"), page("reports:issued_file", kind="docx")))


def target(here: World) -> Thing:
    """What the commune gave a local union to reach."""
    plans.given(here.cast, here.quarter, here.cast.local, gifts="8329")
    place = {"code": "quy", "period": "2026-Q1", "unit": here.cast.commune.uid}
    return Thing(("8.329", "8329"), (reverse("plans:give", kwargs=place), reverse("plans:csv", kwargs=place)))


def analysis(here: World) -> Thing:
    """A question that the commune kept."""
    asked = Question("thang", ("2026-02",), str(here.cast.commune.uid), ("gifts",))
    kept = save_analysis(title=f"Số {WORD} trĩ", question=asked, actor=here.cast.commune_officer, at=NOW)
    return thing(kept, "trĩ", pages=(page("analytics:opened"),))


def template_draft(here: World) -> Thing:
    """A template in the making."""
    made = begin_draft(actor=here.cast.commune_officer, at=NOW)
    return thing(made, pages=(page("design:draft"), page("design:draft_file")))


def unit(here: World) -> Thing:
    """A local union of the commune."""
    below: Unit = here.cast.other_local
    return thing(below, hole="unit", pages=(page("org:unit"), page("org:branch")))


def post(here: World) -> Thing:
    """A seat in the commune that nobody holds."""
    title = f"Tổ trưởng {WORD} cắt"
    made = create_post(unit=here.cast.commune, title=title, roles=[Role.REPORTER], start=TODAY, actor=SETUP, at=NOW)
    return thing(made, "cắt", pages=(page("org:appoint"),))


def delegation(here: World) -> Thing:
    """The commune's chair lent a role."""
    given = Delegation.objects.get(giver__unit=here.cast.commune)
    return Thing((str(given.uid),))
