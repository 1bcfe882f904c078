"""A template whose words name figures, reported by the cast for the last quarters of two years."""

from __future__ import annotations

import datetime as dt

import yaml

from nhipcau.core.clock import VN
from nhipcau.core.periods import Period, parse_period
from nhipcau.org.models import Post
from nhipcau.reports.design.templates import import_template
from nhipcau.reports.filling.drafting import DraftChanges, open_draft, save_draft
from nhipcau.reports.filling.workflow import accept
from nhipcau.reports.models import Submission, TemplateVersion
from tests import quarterly
from tests.cast import NOW, SETUP, Cast

THEN, PERIOD = parse_period("2025-Q4"), parse_period("2026-Q4")
AT_THEN = dt.datetime(2026, 1, 6, 9, 0, tzinfo=VN)
AT = dt.datetime(2027, 1, 6, 9, 0, tzinfo=VN)
TEXT = "Đã trao {{gifts}}, {{gifts.thay_doi_cung_ky}}.\nTổng tiền {{money}}, {{money.thay_doi_ky_truoc}}."


def publish(
    text: str = TEXT, beside: tuple[str, ...] = (), first: str = "2025-Q3", unit: str = "suất"
) -> TemplateVersion:
    """The quarterly template with a text to begin with, for figures it is bound to."""
    raw = yaml.safe_load(quarterly.YAML) | {"first_period": first}
    raw["sections"][0]["beside"] = list(beside)
    for item in raw["sections"][0]["indicators"]:
        item["target"] = item["code"] in ("gifts", "money")
    raw["sections"][0]["indicators"][0]["unit"] = unit
    raw["narrative"] = [
        {"code": "danh_gia", "title": "Đánh giá chung", "about": ["gifts", "average"], "text": text},
        {"code": "kien_nghi", "title": "Kiến nghị"},
    ]
    return import_template(data=yaml.safe_dump(raw).encode(), actor=SETUP, at=NOW).version


def draft(
    post: Post, version: TemplateVersion, period: Period = PERIOD, words: str | None = None, **figures: str
) -> Submission:
    """The unit's draft with those figures typed in, and those words if they are not the template's."""
    at = AT_THEN if period == THEN else AT
    report = open_draft(unit=post.unit, version=version, period=period, actor=post, at=at)
    narrative = {} if words is None else {"danh_gia": words}
    changes = DraftChanges(edits=report.edits, figures=figures, narrative=narrative)
    return save_draft(submission=report, changes=changes, actor=post, at=at)


def sent(
    post: Post, version: TemplateVersion, period: Period = PERIOD, words: str | None = None, **figures: str
) -> Submission:
    """The same, made ready and submitted."""
    at = AT_THEN if period == THEN else AT
    return quarterly.send_draft(draft(post, version, period, words, **figures), post, at)


def accepted(
    cast: Cast, version: TemplateVersion, period: Period = PERIOD, words: str | None = None, **figures: str
) -> Submission:
    """The volunteer's report, accepted by the commune."""
    report = sent(cast.local_volunteer, version, period, words, **figures)
    return accept(submission=report, actor=cast.commune_officer, at=AT_THEN if period == THEN else AT)


def both_years(cast: Cast, version: TemplateVersion, words: str | None = None) -> Submission:
    """Gifts went from 40 to 52; the province has sent its own part of this year, with nothing in its figures."""
    accepted(cast, version, THEN, gifts="40", money="8.000.000")
    accepted(cast, version, gifts="52", money="9.000.000")
    return sent(cast.provincial_officer, version, words=words, gifts="0", money="0")
