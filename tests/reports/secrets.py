"""Three communes with three local unions each, and a template that counts members in hardship by sex."""

from __future__ import annotations

import datetime as dt

from nhipcau.core.clock import VN
from nhipcau.core.numbers import Cell, CellState, pack
from nhipcau.core.periods import Period, parse_period
from nhipcau.org.actions import import_tree
from nhipcau.org.importing import read_rows
from nhipcau.org.models import Post, Unit
from nhipcau.reports.design.templates import import_template
from nhipcau.reports.models import SealKind, Submission, SubmissionState, TemplateVersion
from nhipcau.reports.sealing.seals import make
from nhipcau.reports.totals.stored import mark
from tests.cast import NOW, SETUP, unit

PERIOD = parse_period("2026-Q1")
EARLY = dt.datetime(2026, 4, 2, 9, 0, tzinfo=VN)  # before the due date
LATE = dt.datetime(2026, 5, 4, 9, 0, tzinfo=VN)
CODES = ("hardship", "hardship[sex=female]", "hardship[sex=male]", "share")

MORE = """code,name,kind,parent,from,symbol,place,members
XD,Công đoàn xã Đông Thành,commune,T,2025-07-01,CĐX,Đông Thành,0
A3,Công đoàn cơ sở A3,local,XA,2025-07-01,CĐCS,An Hải,50
B2,Công đoàn cơ sở B2,local,XB,2025-07-01,CĐCS,Bình Sơn,50
B3,Công đoàn cơ sở B3,local,XB,2025-07-01,CĐCS,Bình Sơn,50
D1,Công đoàn cơ sở D1,local,XD,2025-07-01,CĐCS,Đông Thành,50
D2,Công đoàn cơ sở D2,local,XD,2025-07-01,CĐCS,Đông Thành,50
D3,Công đoàn cơ sở D3,local,XD,2025-07-01,CĐCS,Đông Thành,50
"""

YAML = """
code: kho-khan
name: Đoàn viên khó khăn
period: quarter
first_period: 2026-Q1
due_working_days: 5
reporters: [local, province]
breakdowns:
  - code: sex
    label: Giới
    items: [{code: female, label: nữ}, {code: male, label: nam}]
sections:
  - title: Đoàn viên
    indicators:
      - {code: members, label: Đoàn viên, unit: người}
      - {code: hardship, label: Đoàn viên khó khăn được giúp, unit: người, suppress_below: 5, breakdowns: [sex]}
      - {code: share, label: Tỷ lệ, unit: "%", over_units: formula, formula: hardship * 100 / members}
issue:
  doc_type: báo cáo
  subject: Đoàn viên khó khăn {period}
  authority: TM. BAN THƯỜNG VỤ
  title: CHỦ TỊCH
  recipients: ["Lưu: VT."]
"""

# In all An Hải has 14, Bình Sơn 3, Đông Thành 42: Bình Sơn is small, and An Hải hides it.
COUNTS = {
    "A1": (3, 2), "A2": (2, 3), "A3": (1, 3),
    "B1": (3, 0), "B2": (0, 0), "B3": (0, 0),
    "D1": (12, 8), "D2": (8, 12), "D3": (1, 1),
    "T": (0, 0),
}  # fmt: skip


def publish(yaml: str = YAML) -> TemplateVersion:
    """The template, on a tree with nine local unions."""
    import_tree(rows=read_rows(MORE.encode()), actor=SETUP, at=NOW)
    return import_template(data=yaml.encode(), actor=SETUP, at=NOW).version


def report(
    version: TemplateVersion, of: Unit, counts: tuple[int, int], period: Period = PERIOD, members: int = 50
) -> Submission:
    """The unit's accepted report: members, and those in hardship by sex."""
    values = {"members": members, CODES[1]: counts[0], CODES[2]: counts[1]}
    made = Submission.objects.create(
        unit=of, version=version, period=period.key, state=SubmissionState.ACCEPTED,
        payload=pack([Cell(CellState.VALUE, values[key]) for key in version.cells]),
        created_at=EARLY, submitted_at=EARLY, decided_at=EARLY,
    )  # fmt: skip
    mark(made)
    return made


def sealed(post: Post) -> None:
    """Every report with its seal, as if each had been sent."""
    for one in Submission.objects.select_related("version__template", "unit").order_by("-unit__kind__rank", "pk"):
        one.seal = make(report=one, kind=SealKind.SUBMITTED, actor=post, at=EARLY)
        one.save(update_fields=["seal"])


def reported(version: TemplateVersion, period: Period = PERIOD, **other: tuple[int, int]) -> None:
    """Everybody's report is in."""
    for code, counts in (COUNTS | other).items():
        report(version, unit(code), counts, period)
