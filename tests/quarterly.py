# ruff: noqa: E501 - one indicator a line reads better than wrapped YAML
"""A small template of the tests' own: one quarter, gifts and training, with the rules that catch slips."""

from __future__ import annotations

import datetime as dt

from nhipcau.activities.actions import log_activity
from nhipcau.activities.checking import ActivityInput
from nhipcau.activities.models import Activity
from nhipcau.activities.queries import get_type
from nhipcau.core.clock import VN
from nhipcau.core.periods import Period, parse_period
from nhipcau.org.models import Post
from nhipcau.reports.design.templates import import_template
from nhipcau.reports.filling.drafting import DraftChanges, open_draft, save_draft
from nhipcau.reports.filling.workflow import accept, mark_ready, submit
from nhipcau.reports.models import Submission, TemplateVersion
from tests.cast import NOW, SETUP, Cast

PERIOD = parse_period("2026-Q1")
LATER = dt.datetime(2026, 4, 6, 9, 0, tzinfo=VN)

YAML = """
code: quy
name: Báo cáo quý
calendar: civil
period: quarter
first_period: 2026-Q1
due_working_days: 5
reporters: [local, commune, province]
activity_types:
  - code: tang_qua
    label: Tặng quà
    measures:
      - {code: gifts, label: Số suất quà, unit: suất}
      - {code: money, label: Số tiền, unit: đồng}
    facets:
      - code: giver
        label: Cấp trao
        choices: [{code: upper, label: Cấp trên}, {code: local, label: Cơ sở}]
sections:
  - title: Chăm lo
    indicators:
      - {code: gifts, label: Số suất quà, unit: suất, source: {activity: tang_qua, measure: gifts}}
      - {code: gifts_upper, label: Trong đó cấp trên trao, unit: suất, source: {activity: tang_qua, measure: gifts, where: {giver: upper}}}
      - {code: money, label: Số tiền quà, unit: đồng, source: {activity: tang_qua, measure: money}}
      - {code: average, label: Bình quân một suất, unit: đồng, over_units: formula, formula: money / gifts}
      - {code: letters, label: Văn bản đã ban hành, unit: văn bản, source: {letters: [kế hoạch, công văn]}}
      - {code: hours, label: Giờ tập huấn, unit: giờ, decimals: 1}
rules:
  - {code: qua-lon, severity: error, check: money <= gifts * 5000000, message: "{money} đồng cho {gifts} suất là quá lớn."}
  - {code: nhieu-qua, severity: warning, check: gifts <= 100, message: "{gifts} suất là nhiều hơn thường lệ."}
narrative:
  - {code: danh_gia, title: Đánh giá chung}
issue:
  doc_type: báo cáo
  subject: Kết quả công tác {period}
  authority: TM. BAN THƯỜNG VỤ
  title: CHỦ TỊCH
  recipients: ["Các công đoàn xã, phường;", "Lưu: VT."]
"""


def publish() -> TemplateVersion:
    """The template of this file."""
    return import_template(data=YAML.encode(), actor=SETUP, at=NOW).version


def give(post: Post, gifts: int, money: int, **facets: str) -> Activity:
    """The post's unit gave gifts on 10 March 2026."""
    given = ActivityInput(held_on=dt.date(2026, 3, 10), values={"gifts": gifts, "money": money}, facets=facets)
    return log_activity(unit=post.unit, kind=get_type("tang_qua"), given=given, actor=post, at=NOW)


def draft(post: Post, version: TemplateVersion, **figures: str) -> Submission:
    """The unit's draft with those figures typed in."""
    return draft_for(post, version, PERIOD, LATER, **figures)


def draft_for(post: Post, version: TemplateVersion, period: Period, at: dt.datetime, **figures: str) -> Submission:
    """The same for another period."""
    report = open_draft(unit=post.unit, version=version, period=period, actor=post, at=at)
    if figures:
        changes = DraftChanges(edits=report.edits, figures=figures)
        report = save_draft(submission=report, changes=changes, actor=post, at=at)
    return report


def send(post: Post, version: TemplateVersion, **figures: str) -> Submission:
    """Drafted, made ready and submitted."""
    return send_draft(draft(post, version, **figures), post, LATER)


def send_draft(report: Submission, post: Post, at: dt.datetime) -> Submission:
    """Made ready and submitted."""
    return submit(submission=mark_ready(submission=report, actor=post, at=at), actor=post, at=at)


def accepted(cast: Cast, version: TemplateVersion, **figures: str) -> Submission:
    """The volunteer's report, accepted by the commune."""
    report = send(cast.local_volunteer, version, **figures)
    return accept(submission=report, actor=cast.commune_officer, at=LATER)
