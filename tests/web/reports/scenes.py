"""A monthly report of three figures, and the cast at every stage of it, through the product's own actions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from nhipcau.activities.actions import log_activity
from nhipcau.activities.checking import ActivityInput
from nhipcau.activities.models import Activity
from nhipcau.activities.queries import get_type
from nhipcau.core.periods import Period, parse_period
from nhipcau.documents.storing.evidence import Paper
from nhipcau.org.models import Post, Unit
from nhipcau.reports.design.templates import import_template
from nhipcau.reports.filling.drafting import DraftChanges, open_draft, save_draft
from nhipcau.reports.filling.standing_in import EnteredReport, enter_for
from nhipcau.reports.filling.workflow import accept, mark_ready, submit
from nhipcau.reports.issuing.editions import issue_report
from nhipcau.reports.issuing.signing import open_for_signature
from nhipcau.reports.models import IssuedReport, SigningDraft, Submission, TemplateVersion
from tests.cast import NOW, SETUP, Cast

FEBRUARY = parse_period("2026-02")
JANUARY = FEBRUARY.previous()
TEMPLATE = """
code: thang
name: Báo cáo tháng về chăm lo
name_en: Monthly report on care
period: month
first_period: 2026-01
due_working_days: 15
reporters: [local, commune, province]
activity_types:
  - code: tang_qua
    label: Tặng quà đoàn viên
    label_en: Gifts to members
    measures:
      - {code: gifts, label: Số suất quà, label_en: Gifts, unit: suất}
      - {code: money, label: Tổng số tiền, label_en: Total value, unit: đồng}
    facets:
      - code: fund
        label: Nguồn tiền
        label_en: Source of money
        choices:
          - {code: own, label: Tài chính công đoàn, label_en: Union funds}
          - {code: given, label: Vận động, label_en: Donations}
  - code: doi_thoai
    label: Đối thoại tại nơi làm việc
    label_en: Workplace dialogue
    measures:
      - {code: sessions, label: Số cuộc, label_en: Dialogues, unit: cuộc}
sections:
  - title: Chăm lo
    title_en: Care
    indicators:
      - {code: gifts, label: Suất quà đã trao, label_en: Gifts given, unit: suất,
         source: {activity: tang_qua, measure: gifts}}
      - {code: money, label: Tiền quà, label_en: Value of gifts, unit: đồng,
         source: {activity: tang_qua, measure: money}}
      - {code: average, label: Bình quân một suất, label_en: Average, unit: đồng,
         over_units: formula, formula: money / gifts}
  - title: Đối thoại
    title_en: Dialogue
    indicators:
      - {code: dialogues, label: Cuộc đối thoại, label_en: Dialogues, unit: cuộc,
         source: {activity: doi_thoai, measure: sessions}}
rules:
  - code: qua-lon
    severity: error
    check: money <= gifts * 5000000
    message: "{money} đồng cho {gifts} suất là quá 5 triệu đồng một suất; có thể nhầm đơn vị."
  - code: doi-thoai-nhieu
    severity: warning
    check: dialogues <= 10
    message: "{dialogues} cuộc trong một tháng là nhiều khác thường."
narrative:
  - {code: danh_gia, title: Đánh giá chung, title_en: Overall, help: Việc đã làm tốt và việc còn chậm.}
issue:
  doc_type: báo cáo
  subject: Kết quả chăm lo {period}
  authority: TM. BAN THƯỜNG VỤ
  title: CHỦ TỊCH
  addressees: [Tổng Liên đoàn Lao động Việt Nam]
  recipients: ["Như trên;", "Lưu: VT."]
"""


def publish() -> TemplateVersion:
    """The template, with its activity types."""
    return import_template(data=TEMPLATE.encode(), actor=SETUP, at=NOW).version


def gave_gifts(
    post: Post, gifts: int = 20, money: int = 6_000_000, day: dt.date = dt.date(2026, 2, 10)
) -> Activity:
    """The unit gave gifts in February."""
    given = ActivityInput(
        held_on=day,
        values={"gifts": gifts, "money": money},
        facets={"fund": "own"},
        title="Quà Tết cho đoàn viên",
        place="Nhà văn hoá xã",
    )
    return log_activity(unit=post.unit, kind=get_type("tang_qua"), given=given, actor=post, at=NOW)


def draft(
    version: TemplateVersion,
    post: Post,
    figures: Mapping[str, str] | None = None,
    *,
    period: Period = FEBRUARY,
    words: str = "",
) -> Submission:
    """The unit's draft with those figures in it."""
    opened = open_draft(unit=post.unit, version=version, period=period, actor=post, at=NOW)
    changes = DraftChanges(opened.edits, figures=figures or {}, narrative={"danh_gia": words} if words else {})
    return save_draft(submission=opened, changes=changes, actor=post, at=NOW)


def sent(
    version: TemplateVersion, post: Post, figures: Mapping[str, str], *, period: Period = FEBRUARY, words: str = ""
) -> Submission:
    """The same, sent up (accepted at once where nobody stands above)."""
    ready = mark_ready(submission=draft(version, post, figures, period=period, words=words), actor=post, at=NOW)
    return submit(submission=ready, actor=post, at=NOW)


def accepted(
    version: TemplateVersion,
    post: Post,
    by: Post,
    figures: Mapping[str, str],
    *,
    period: Period = FEBRUARY,
    words: str = "",
) -> Submission:
    """The same, accepted by the level above."""
    report = sent(version, post, figures, period=period, words=words)
    return accept(submission=report, actor=by, at=NOW)


def entered(version: TemplateVersion, unit: Unit, by: Post) -> Submission:
    """The unit's report for February, entered by the level above from a paper."""
    report = EnteredReport(
        source="paper",
        note="Bản giấy gửi ngày 05/3",
        figures={"gifts": "3", "money": "900.000", "dialogues": "1"},
        papers=[Paper("bao-cao-thang-2.txt", "Báo cáo tháng 2: 3 suất quà.".encode())],
    )
    return enter_for(unit=unit, version=version, period=FEBRUARY, entered=report, actor=by, at=NOW)


def consolidated(cast: Cast) -> TemplateVersion:
    """One local union and its commune are in, the other local unions are not."""
    version = publish()
    gave_gifts(cast.local_volunteer)
    accepted(version, cast.local_volunteer, cast.commune_officer, {"dialogues": "2"}, words="Đã trao đủ quà.")
    accepted(version, cast.commune_officer, cast.provincial_officer, {"gifts": "5", "money": "1.000.000"})
    return version


def issued(cast: Cast) -> IssuedReport:
    """The province has issued its report for February."""
    version = consolidated(cast)
    sent(version, cast.provincial_officer, {"gifts": "0"})
    return issue_report(
        version=version,
        period=FEBRUARY,
        unit=cast.province,
        signer=cast.provincial_officer,
        actor=cast.clerk,
        at=NOW,
    )


def changed(cast: Cast) -> IssuedReport:
    """After the province has issued, the local union corrects its report and the commune accepts it."""
    made = issued(cast)
    correction = sent(made.version, cast.local_volunteer, {"dialogues": "4"})
    accept(submission=correction, actor=cast.commune_officer, at=NOW)
    return made


SAID = "Đã trao quà đủ."


def open_signing(cast: Cast, version: TemplateVersion) -> SigningDraft:
    """The province's draft for February, out for signature."""
    return open_for_signature(
        version=version,
        period=FEBRUARY,
        unit=cast.province,
        signer=cast.provincial_officer,
        actor=cast.provincial_officer,
        at=NOW,
    )


def out_for_signature(cast: Cast) -> SigningDraft:
    """The same from the beginning, with words of the province's own."""
    version = consolidated(cast)
    sent(version, cast.provincial_officer, {"gifts": "0"}, words=SAID)
    return open_signing(cast, version)


def corrected(cast: Cast, version: TemplateVersion) -> None:
    """The local union corrects its dialogues, and the commune accepts."""
    accepted(version, cast.local_volunteer, cast.commune_officer, {"dialogues": "3"})
