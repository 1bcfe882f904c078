"""The bench of the pages: every list and busy page opens at every level, however many units there are."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from nhipcau.bench.nation import build
from nhipcau.bench.office import LEVELS, furnish
from nhipcau.bench.page_list import PAGES
from nhipcau.bench.site import name_reports
from nhipcau.reports.models import Submission, SubmissionState


def test_every_page_of_the_bench_opens_in_two_federations_of_different_size() -> None:
    sizes = ["--units", "160", "--periods", "1", "--indicators", "6", "--runs", "1"]
    command = [sys.executable, "-m", "nhipcau.cli.main", "bench", "pages", "--json", *sizes]
    ran = subprocess.run(
        command, capture_output=True, text=True, check=True, env={**os.environ, "NHIPCAU_DATABASE_URL": ""}
    )
    report = json.loads(ran.stdout)
    assert report["sizes"]["small"] == 80
    assert len(report["cases"]) == sum(len(page.levels) for page in PAGES)
    assert {case["queries"] > 0 and case["ours_ms"] > 0 for case in report["cases"]} == {True}


@pytest.mark.django_db
@pytest.mark.database
def test_whatever_the_draw_the_four_may_issue_and_have_a_report_to_decide() -> None:
    office = furnish(build(units=160, indicators=6, periods=1))
    own = Submission.objects.filter(unit__in=office.units.values())
    own.update(state=SubmissionState.SUBMITTED)
    name_reports(office)
    assert own.exists() and {report.state for report in own} == {SubmissionState.ACCEPTED}
    for level in LEVELS[:-1]:
        waiting = Submission.objects.get(uid=office.places[f"waiting@{level}"]["uid"])
        assert waiting.state == SubmissionState.SUBMITTED
