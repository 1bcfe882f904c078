"""What the database holds in the end against what was acknowledged.

`python -m tests.load.ends FILE SECONDS`, in the instance: FILE holds {uid: gifts} of the acknowledged submissions.
Gives the worker so long to finish, then prints a JSON list of sentences; an empty one is a whole instance.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path


def main(file: Path, patience: float) -> None:
    from nhipcau.cli.instance import open_instance

    open_instance()
    _await_rest(patience)
    print(json.dumps(list(wrong(json.loads(file.read_text()))), ensure_ascii=False))


def _await_rest(patience: float) -> None:
    """Until every total is up to date and every entry of the log is sealed."""
    from nhipcau.audit.models import Entry
    from nhipcau.reports.models import DirtyMark

    end = time.monotonic() + patience
    while time.monotonic() < end and (DirtyMark.objects.exists() or Entry.objects.filter(seq=None).exists()):
        time.sleep(1)


def wrong(acknowledged: Mapping[str, int]) -> Iterator[str]:
    """Everything that was lost, doubled, changed on the way or not added up."""
    from nhipcau.audit.models import Entry
    from nhipcau.reports.design.figures import cells_of
    from nhipcau.reports.models import Submission, SubmissionState

    reports = {str(one.uid): one for one in Submission.objects.select_related("version")}
    sent = Counter(Entry.objects.filter(action="reports.submitted").values_list("object", flat=True))
    for uid, gifts in acknowledged.items():
        report = reports.get(uid)
        if report is None or report.state != SubmissionState.SUBMITTED:
            yield f"{uid} was acknowledged and is {report.state if report else 'lost'}"
        elif (found := cells_of(report)["gifts"].value) != gifts:
            yield f"{uid}: {gifts} was sent, {found} stands"
    for uid, report in reports.items():
        wanted = int(report.state == SubmissionState.SUBMITTED)
        if sent[f"submission:{uid}"] != wanted:
            yield f"{uid} is {report.state}, and the log says {sent[f'submission:{uid}']} times that it was sent"
    places = Counter((one.unit_id, one.period) for one in reports.values())
    yield from (
        f"unit {unit} has {times} reports of {period}" for (unit, period), times in places.items() if times > 1
    )
    yield from totals()


def totals() -> Iterator[str]:
    """Where stored totals are not what adding up again gives."""
    from nhipcau.core.verifying import Difference
    from nhipcau.reports.models import DirtyMark
    from nhipcau.reports.totals.totalsproof import TotalsProof

    if marks := DirtyMark.objects.count():
        yield f"{marks} totals still wait to be added up"
    proved = TotalsProof().findings(lambda _: None)
    yield from (f"{one.where}: {one.message}" for one in proved if isinstance(one, Difference))


if __name__ == "__main__":
    main(Path(sys.argv[1]), float(sys.argv[2]))
