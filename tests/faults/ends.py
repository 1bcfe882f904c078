"""What the instance holds in the end against what was acknowledged.

In the instance: `python -m tests.faults.ends rest SECONDS` waits until the worker is at rest, and prints how long;
`python -m tests.faults.ends LEDGER MAILS` prints {"lost": [...], "doubled": [...], "wrong": [...]}, in sentences.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from tests.faults.ledger import acknowledged, read

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from nhipcau.outbox.models import Job

Found = Iterator[tuple[str, str]]  # lost, doubled or wrong; a sentence
Deeds = Mapping[str, Mapping[str, str]]


def main(asked: str, more: str) -> None:
    from nhipcau.cli.instance import open_instance

    open_instance()
    if asked == "rest":
        print(json.dumps(_await_rest(float(more))))
        return
    told: dict[str, list[str]] = {"lost": [], "doubled": [], "wrong": []}
    mails = Counter(json.loads(Path(more).read_text()))
    for kind, sentence in found(acknowledged(read(Path(asked))), mails):
        told[kind].append(sentence)
    print(json.dumps(told, ensure_ascii=False))


def _await_rest(patience: float) -> float:
    """Until nothing is left to be done in the background; seconds."""
    from nhipcau.audit.models import Entry
    from nhipcau.outbox.models import Mail, MailState
    from nhipcau.reports.models import DirtyMark

    began = time.monotonic()
    while time.monotonic() < began + patience:
        mails = Mail.objects.filter(state__in=(MailState.QUEUED, MailState.SENDING))
        if not any(rows.exists() for rows in (_begun(), mails, DirtyMark.objects, Entry.objects.filter(seq=None))):
            break
        time.sleep(0.5)
    return round(time.monotonic() - began, 1)


def _begun() -> QuerySet[Job]:
    """Jobs whose turn has come, and that are not done or given up."""
    from django.db.models import Q

    from nhipcau.cli.instance import now
    from nhipcau.outbox.models import Job, JobState

    turn = Q(attempts__gt=0) | Q(run_at__lte=now())
    return Job.objects.filter(turn, state__in=(JobState.QUEUED, JobState.RUNNING))


def found(deeds: Deeds, mails: Counter[str]) -> Found:
    """Everything that is not as it was told to somebody."""
    from tests.load.ends import totals

    yield from _reports(deeds)
    yield from _activities(deeds)
    yield from _announced(deeds)
    yield from _mails(mails)
    yield from _jobs()
    yield from (("wrong", sentence) for sentence in totals())


def _reports(deeds: Deeds) -> Found:
    from nhipcau.audit.models import Entry
    from nhipcau.reports.design.figures import cells_of
    from nhipcau.reports.models import Submission, SubmissionState
    from tests.faults.officers import gifts_of

    sent_up = {SubmissionState.SUBMITTED, SubmissionState.ACCEPTED}
    logged = Counter(Entry.objects.filter(action__startswith="reports.").values_list("action", "object"))
    reports = {str(one.uid): one for one in Submission.objects.select_related("version")}
    for uid in deeds.get("report", {}):
        if uid not in reports or reports[uid].state not in sent_up:
            yield "lost", f"report {uid} was acknowledged and is {reports[uid].state if uid in reports else 'gone'}"
        elif cells_of(reports[uid])["gifts"].value != gifts_of(uid):
            yield "wrong", f"report {uid}: another figure stands than was sent"
    for uid in deeds.get("accepted", {}):
        if reports[uid].state != SubmissionState.ACCEPTED:
            yield "lost", f"report {uid} was accepted and is {reports[uid].state}"
    for uid, report in reports.items():
        wanted = {"reports.submitted": report.state in sent_up, "reports.ready": report.state in sent_up}
        wanted["reports.accepted"] = report.state == SubmissionState.ACCEPTED
        for action, times in wanted.items():
            if logged[action, f"submission:{uid}"] > 1:
                yield "doubled", f"report {uid}: {action} stands in the log more than once"
            elif logged[action, f"submission:{uid}"] != times:
                yield "wrong", f"report {uid} is {report.state}, and the log does not agree on {action}"
    places = Counter((one.unit_id, one.period) for one in reports.values())
    yield from (("doubled", f"{place}: {count} reports") for place, count in places.items() if count > 1)


def _activities(deeds: Deeds) -> Found:
    from nhipcau.activities.models import Activity
    from nhipcau.documents.storing import files

    by_title: dict[str, list[Activity]] = {}
    for one in Activity.objects.prefetch_related("evidence__file", "waiting_photos"):
        by_title.setdefault(one.title.removeprefix("Trao quà "), []).append(one)
    yield from (("doubled", f"activity {name}") for name, rows in by_title.items() if len(rows) > 1)
    yield from (("lost", f"activity {name}") for name in deeds.get("activity", {}) if name not in by_title)
    of_path = {f"/hoat-dong/{one.uid}/anh/": one for rows in by_title.values() for one in rows}
    kept = Counter(path_of(key) for key in deeds.get("kept", {}))
    sent = Counter(path_of(key) for key in deeds.get("photo", {}))
    for path, activity in of_path.items():
        photos = [one for one in activity.evidence.all() if one.name.startswith("anh-")]
        if len(photos) < kept[path]:
            yield "lost", f"photograph kept at {path}"
        if len(photos) + activity.waiting_photos.count() < sent[path]:
            yield "lost", f"photograph sent to {path}"
        if len(photos) + activity.waiting_photos.count() > 1:
            yield "doubled", f"photograph at {path}"
        for evidence in activity.evidence.all():
            files.read(evidence.file)


def path_of(key: str) -> str:
    """The page of the photographs that the key of a deed names last."""
    return key.rpartition(" ")[2]


def _announced(deeds: Deeds) -> Found:
    from nhipcau.access.models import Account
    from nhipcau.outbox.models import Mail
    from nhipcau.tasks.announcements.models import Announcement

    told = Counter(
        title.removeprefix("Thông báo ") for title in Announcement.objects.values_list("title", flat=True)
    )
    yield from (("doubled", f"announcement {name}") for name, count in told.items() if count > 1)
    yield from (("lost", f"announcement {name}") for name in deeds.get("announced", {}) if not told[name])
    below = Account.objects.exclude(person__email="").count() - 1  # whoever told it is not written to
    posted = Counter(
        key.split(":")[1] for key in Mail.objects.values_list("key", flat=True) if "announcement" in key
    )
    for uid in deeds.get("reminded", {}):
        if posted[uid] != below:
            yield "lost" if posted[uid] < below else "doubled", f"{posted[uid]} of {below} mails of {uid}"


def _mails(taken: Counter[str]) -> Found:
    """A worker that dies between handing over and noting it hands over again, under the same Message-ID (RFC 5322,
    3.6.4): that is told apart, in the report, from two mails."""
    from django.conf import settings

    from nhipcau.outbox.models import Mail, MailState

    wanted = {f"<{ref}@{settings.MAIL_DOMAIN}>": state for ref, state in Mail.objects.values_list("ref", "state")}
    yield from (("lost", f"mail {ref} is {state}") for ref, state in wanted.items() if state != MailState.SENT)
    sent = {ref for ref, state in wanted.items() if state == MailState.SENT}
    yield from (("lost", f"mail {ref} did not arrive") for ref in sent - taken.keys())
    yield from (("doubled", f"mail {ref} is nobody's") for ref in taken.keys() - wanted.keys())


def _jobs() -> Found:
    """Ours are done; of those that do harm each was given up, and those that count ran once."""
    from django.conf import settings

    from nhipcau.outbox.models import Job, JobState
    from tests.faults.planted.apps import COUNTS

    yield from (("lost", f"job {job} is {job.state}") for job in _begun())
    for job in Job.objects.filter(state=JobState.FAILED).exclude(name__startswith="faults."):
        yield "lost", f"job {job} was given up: {job.last_error}"
    file = Path(settings.DATA_DIR) / "counted"
    ran = Counter(map(int, file.read_text().split())) if file.exists() else Counter[int]()
    for number in (job.args[0] for job in Job.objects.filter(name=COUNTS)):
        if ran[number] != 1:
            yield "doubled" if ran[number] else "lost", f"job {number} ran {ran[number]} times"


if __name__ == "__main__":
    main(*sys.argv[1:])
