"""An invented nation in the product's own tables: a tree with a history, a form, and accepted reports on it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from nhipcau.bench.archive import vocabulary
from nhipcau.bench.shape import Ints, Shape, shape

if TYPE_CHECKING:
    from nhipcau.core.periods import Period
    from nhipcau.reports.models import TemplateVersion

UNITS, INDICATORS, PERIODS = 128_000, 60, 8
CHURN = 0.015  # of all placements, in a year
FOUNDED = dt.date(1990, 1, 1)
LAST_YEAR = 2025
AT = dt.datetime(2026, 3, 2, 2, 0, tzinfo=dt.UTC)
KINDS = ("confederation", "province", "district", "local", "local")
TITLES = ("Tổng Liên đoàn Lao động", "Liên đoàn Lao động tỉnh", "Liên đoàn Lao động huyện")
EMPLOYERS = ("Công ty TNHH", "Công ty cổ phần", "Trường mầm non", "Trường tiểu học", "Bệnh viện", "Xí nghiệp")
SHARES = {"accepted": 0.96, "submitted": 0.02}  # of the units, by the state of their report; the rest has none
Say = Callable[[str], None]


@dataclass(frozen=True)
class Nation:
    """What was built. `keys` are the ids of the units by position in `shape`; `periods` in their order."""

    shape: Shape
    keys: Ints
    version: TemplateVersion
    periods: list[Period]

    @property
    def day(self) -> dt.date:
        """The last day of the last period: every change has happened."""
        return self.periods[-1].last_day()

    def on(self, boundary: int) -> dt.date:
        """The day of a boundary in `shape`."""
        return FOUNDED if boundary == 0 else self.periods[boundary].first_day()


def build(
    *,
    units: int = UNITS,
    indicators: int = INDICATORS,
    periods: int = PERIODS,
    reports: bool = True,
    split: bool = False,
    say: Say = lambda _: None,
) -> Nation:
    """Fill an empty instance; the same sizes give the same nation. `reports=False` leaves the reports out.

    `split` makes the `indicators` cells of a sixth as many figures, each split by sex and sector. Whoever measures
    calls `analyse` after it.
    """
    halves = _halves(periods)
    drawn = shape(units, periods - 1, CHURN / 2)
    say(f"{units} units …")
    nation = Nation(
        drawn,
        _units(drawn),
        _template(_split(indicators) if split else asked_plainly(indicators), halves[0]),
        halves,
    )
    _names(nation)
    _placements(nation)
    say("closure …")
    _closure()
    if reports:
        random = np.random.default_rng(7)
        for period in halves:
            say(f"reports of {period} …")
            _reports(nation, period, random)
    return nation


def _halves(count: int) -> list[Period]:
    """The last `count` half-years up to the end of LAST_YEAR."""
    from nhipcau.core.periods import parse_period

    steps = range(2 * LAST_YEAR + 2 - count, 2 * LAST_YEAR + 2)
    return [parse_period(f"{step // 2}-H{step % 2 + 1}") for step in steps]


def analyse() -> None:
    """Let the database look at its tables, as it would by itself in time."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _units(drawn: Shape) -> Ints:
    from nhipcau.core.ids import new_uid
    from nhipcau.org.bulk import fill
    from nhipcau.org.models import Unit, UnitKind

    kinds = dict(UnitKind.objects.values_list("code", "pk"))
    count = len(drawn.level)
    members = np.where(drawn.level >= 3, 10 + np.arange(count) * 37 % 400, 0)
    fill(
        Unit,
        {
            "uid": [new_uid() for _ in range(count)],
            "kind_id": [kinds[KINDS[level]] for level in drawn.level.tolist()],
            "members": members.tolist(),
        },
    )
    return np.array(Unit.objects.order_by("-pk").values_list("pk", flat=True)[:count], np.int64)[::-1]


def _names(nation: Nation) -> None:
    from nhipcau.core.text import fold, sort_key
    from nhipcau.org.bulk import fill
    from nhipcau.org.models import UnitName

    random = Random(6)
    words = vocabulary(random, 4000).words
    levels = nation.shape.level.tolist()
    names = [f"{_title(level, random)} {random.choice(words)} {random.choice(words)}" for level in levels]
    codes = [f"{'VTHCM'[level]}{place}" for place, level in enumerate(levels)]
    fill(
        UnitName,
        {
            "unit_id": nation.keys.tolist(),
            "code": codes,
            "name": names,
            "sort_key": [sort_key(name) for name in names],
            "folded": [fold(f"{name} {code}") for name, code in zip(names, codes, strict=True)],
        },
        {"valid_from": FOUNDED, "symbol": "CĐCS", "place": "Hà Nội"},
    )


def _title(level: int, random: Random) -> str:
    return TITLES[level] if level < 3 else f"Công đoàn cơ sở {random.choice(EMPLOYERS)}"


def _placements(nation: Nation) -> None:
    from nhipcau.org.bulk import fill
    from nhipcau.org.models import Placement

    drawn, days = nation.shape, [nation.on(boundary) for boundary in range(len(nation.periods))]
    parents = np.where(drawn.parent >= 0, nation.keys[drawn.parent], -1).tolist()
    fill(
        Placement,
        {
            "child_id": nation.keys[drawn.child].tolist(),
            "parent_id": [None if parent < 0 else parent for parent in parents],
            "valid_from": [days[since] for since in drawn.since.tolist()],
            "valid_to": [None if until < 0 else days[until] for until in drawn.until.tolist()],
        },
    )


def _closure() -> None:
    from django.db import transaction

    from nhipcau.org.soundness import hold_tree, rebuild_closure

    with transaction.atomic():
        hold_tree()
        rebuild_closure({})


Asked = list[dict[str, Any]]
SPLITS: Asked = [
    {"code": "sex", "label": "Giới", "items": [{"code": "nu", "label": "Nữ"}, {"code": "nam", "label": "Nam"}]},
    {
        "code": "sector",
        "label": "Khu vực",
        "items": [
            {"code": f"kv_{n}", "label": label} for n, label in enumerate(("Nhà nước", "Ngoài nhà nước", "FDI"))
        ],
    },
]


def asked_plainly(indicators: int) -> Asked:
    """Two thirds counts, a quarter sums of money, the rest with two decimals."""
    money, precise = indicators // 4, indicators // 12
    plain = indicators - money - precise
    asked: Asked = [{"code": f"so_{n}", "label": f"Số suất hỗ trợ {n}", "unit": "suất"} for n in range(plain)]
    asked += [{"code": f"tien_{n}", "label": f"Số tiền hỗ trợ {n}", "unit": "đồng"} for n in range(money)]
    asked += [
        {"code": f"gio_{n}", "label": f"Số giờ tập huấn {n}", "unit": "giờ", "decimals": 2} for n in range(precise)
    ]
    return asked


def _split(cells: int) -> Asked:
    """Counts of six cells each."""
    split = {"unit": "suất", "breakdowns": ["sex", "sector"]}
    return [{"code": f"so_{n}", "label": f"Số suất hỗ trợ {n}", **split} for n in range(max(1, cells // 6))]


def _template(asked: Asked, first: Period) -> TemplateVersion:
    import yaml

    from nhipcau.core.actors import System
    from nhipcau.reports.design.templates import import_template

    form = {
        "code": "do",
        "name": "Báo cáo dùng để đo",
        "calendar": "civil",
        "period": "half",
        "first_period": first.key,
        "due_working_days": 5,
        "reporters": ["local", "district", "province"],
        "breakdowns": SPLITS,
        "sections": [{"title": "Chăm lo", "indicators": asked}],
        "issue": {
            "doc_type": "báo cáo",
            "subject": "Kết quả công tác {period}",
            "authority": "TM. BAN THƯỜNG VỤ",
            "title": "CHỦ TỊCH",
            "recipients": ["Lưu: VT."],
        },
    }
    data = yaml.safe_dump(form, allow_unicode=True).encode()
    return import_template(data=data, actor=System("bench"), at=AT).version


def _reports(nation: Nation, period: Period, random: np.random.Generator) -> None:
    """One report a unit below the top: most accepted, some on their way, some not there."""
    from nhipcau.core.ids import new_uid
    from nhipcau.core.numbers import pack_many
    from nhipcau.org.bulk import fill
    from nhipcau.reports.models import Submission, SubmissionState

    level = nation.shape.level
    drawn = random.random(len(level))
    accepted = drawn < SHARES["accepted"]
    reported = np.flatnonzero((level > 0) & (drawn < sum(SHARES.values())))
    sent = dt.datetime.combine(period.last_day(), dt.time(3, 0), dt.UTC)
    days = [sent + dt.timedelta(days=n) for n in range(12)]
    payloads = pack_many(*figures(len(reported), len(nation.version.cells), random))
    states = [
        SubmissionState.ACCEPTED.value if ok else SubmissionState.SUBMITTED.value
        for ok in accepted[reported].tolist()
    ]
    fill(
        Submission,
        {
            "uid": [new_uid() for _ in reported],
            "unit_id": nation.keys[reported].tolist(),
            "state": states,
            "payload": payloads,
            "submitted_at": [days[n] for n in (reported % len(days)).tolist()],
        },
        {
            "version_id": nation.version.pk,
            "period": period.key,
            "revision": 1,
            "decided_at": days[-1],
            "created_at": sent,
        },
    )


def figures(rows: int, cells: int, random: np.random.Generator) -> tuple[Ints, npt.NDArray[np.uint8]]:
    """Values and states of `rows` reports: every fiftieth cell missing, every fiftieth not applicable."""
    values = random.integers(0, 400, (rows, cells))
    values[:, cells * 2 // 3 :] *= 50_000
    drawn = random.integers(0, 50, (rows, cells))
    states = np.where(drawn == 0, 0, np.where(drawn == 1, 2, 1)).astype(np.uint8)
    values[states != 1] = 0
    return values, states
