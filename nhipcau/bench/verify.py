"""`verify` of a nation: every seal, total, log entry and place of one period, in a process of its own.

Against reading the same rows once with the same driver. What counts is that the memory stays bounded.
"""

from __future__ import annotations

import subprocess
import sys
import time
from typing import Any

from nhipcau.bench.instance import temporary_instance
from nhipcau.bench.measure import Options, Report
from nhipcau.bench.nation import AT, INDICATORS, UNITS, analyse, build

WORK = """
import sys, time
import django
django.setup()
from nhipcau.bench.measure import peak_mb
from nhipcau.ops.verify import verify
class Watch:
    def begins(self, label, size): self.label, self.began, self.size = label, time.perf_counter(), size
    def advances(self, count): pass
    def notes(self, note): pass
    def ends(self):
        print(self.label, self.size, round(time.perf_counter() - self.began, 1), peak_mb(), sep="|", flush=True)
for difference in verify(Watch()):
    print("DIFFERENCE", difference.message, file=sys.stderr, flush=True)
    print("different")
"""
TABLES = ("reports_seal", "reports_submission", "audit_entry", "org_placement", "org_closure", "reports_nodetotal")


def run(options: Options) -> Report:
    """`units` with sealed reports of one period."""
    units, indicators = options.size("units", UNITS), options.size("indicators", INDICATORS)
    with temporary_instance(options.database_url) as database:
        from nhipcau.bench.sealed import seal_reports
        from nhipcau.reports.totals.stored import bring_up_to_date

        nation = build(units=units, indicators=indicators, periods=1, say=options.say)
        seals = seal_reports(nation, nation.periods[0], options.say)
        bring_up_to_date(nation.version, nation.periods[0], at=AT)
        analyse()
        case = _measured(options)
    sizes = {"units": units, "indicators": indicators, "periods": 1, "accepted": seals}
    return Report("verify", database, sizes, [case])


def _measured(options: Options) -> dict[str, Any]:
    began = time.perf_counter()
    _read_all()
    limit = (time.perf_counter() - began) * 1000
    options.say("verify …")
    began = time.perf_counter()
    ran = subprocess.run([sys.executable, "-c", WORK], stdout=subprocess.PIPE, text=True, check=True)  # noqa: S603
    ours = (time.perf_counter() - began) * 1000
    lines = ran.stdout.split("\n")
    checks = [line.split("|") for line in lines if "|" in line]
    return {
        "case": "verify",
        "ours_ms": round(ours),
        "peer": "none",
        "peer_ms": round(limit),
        "limit": "read the same rows once with the same driver",
        "limit_ms": round(limit),
        "peer_over_ours": round(limit / ours, 3),
        "ours_over_limit": round(ours / limit, 1),
        "resident_mb": max(int(kept) for *_, kept in checks),
        "checks": {label: {"size": int(size), "seconds": float(took)} for label, size, took, _ in checks},
        "same_result": "different" not in lines,
    }


def _read_all() -> None:
    from nhipcau.org.columns import streamed

    for table in TABLES:
        for _ in streamed(f"SELECT * FROM {table}", ()):  # noqa: S608 - our own names
            pass
