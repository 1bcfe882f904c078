"""Nothing is forgotten when data are taken away: every table leaves in a file, or it is said why not."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

from django.apps import apps

from nhipcau.activities.planning import PlanInput, plan_activity
from nhipcau.activities.queries import get_type
from nhipcau.audit.actions import seal
from nhipcau.exchange.archive.tables import TABLES
from nhipcau.exchange.archive.taking_away import take_away
from nhipcau.exchange.archive.whole import LEAVES_IN, STAYS
from nhipcau.tasks.actions import save_draft, send_answers
from tests import plans
from tests.cast import Cast
from tests.quarterly import LATER
from tests.tasks.questions.asked import TYPED, asked
from tests.tasks.work import handed_out, of, on, passed_on
from tests.web.announcements import places as notices
from tests.web.campaigns import places as campaigns


def table(archive: zipfile.ZipFile, path: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(archive.read(path).decode("utf-8-sig"))))


def test_every_model_leaves_or_says_why_it_stays() -> None:
    models = {model._meta.label_lower for model in apps.get_models(include_auto_created=True)}
    told = {*LEAVES_IN, *STAYS}
    assert (sorted(models - told), sorted(told - models)) == ([], []), "name it in exchange/archive/whole.py"
    assert not set(LEAVES_IN) & set(STAYS)


def test_every_file_named_is_one_that_is_written() -> None:
    written = {one.path for one in TABLES} | {"log.jsonl", "manifest.json", "files/", "reports/", "templates/"}
    assert set(LEAVES_IN.values()) <= written
    assert {one.path for one in TABLES} <= set(LEAVES_IN.values())
    assert len({one.path for one in TABLES}) == len(TABLES)


def _filled(cast: Cast) -> None:
    """An announcement with its paper, questions answered, a quiz, a material, plans, work planned."""
    notices.with_a_paper(cast)
    task = handed_out(cast)
    asked(cast, task.obligation)
    given = of(passed_on(cast, task), cast.local)
    send_answers(assignment=given, typed=TYPED, papers=[], actor=cast.local_volunteer, at=on(18))
    campaigns.quiz(cast)
    campaigns.material(cast)
    plans.given(cast, plans.publish(), cast.local, gifts="12")
    day = LATER.date().replace(year=LATER.year + 1)
    plan_activity(
        unit=cast.local, kind=get_type("tang_qua"), given=PlanInput(day), actor=cast.local_volunteer, at=LATER
    )


def test_what_was_left_out_before_is_there(cast: Cast, tmp_path: Path) -> None:
    _filled(cast)
    seal(at=LATER)
    done = take_away(folder=tmp_path, actor=cast.provincial_officer, at=LATER)
    with zipfile.ZipFile(done.path) as archive:
        (told,) = table(archive, "announcements.csv")
        (paper,) = table(archive, "announcement_files.csv")
        assert any(paper["sha256"] in name for name in archive.namelist())
        assert paper["announcement"] == told["announcement"]
        assert len(table(archive, "questions.csv")) == 8
        (answer,) = table(archive, "answers.csv")
        assert (answer["unit"], '"1": ' in answer["values"]) == (str(cast.local.uid), True)
        assert len(table(archive, "quizzes.csv")) == len(table(archive, "materials.csv")) == 1
        (target,) = table(archive, "plans.csv")
        assert (target["unit"], target["indicator"], target["value"]) == (str(cast.local.uid), "gifts", "12")
        assert len(table(archive, "planned_activities.csv")) == 1
        assert "tính lại được" in archive.read("README.txt").decode()


def test_what_lies_beside_stays_in_the_further_tables_too(cast: Cast, tmp_path: Path) -> None:
    _filled(cast)
    seal(at=LATER)
    done = take_away(folder=tmp_path, actor=cast.stranger, at=LATER)
    with zipfile.ZipFile(done.path) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist()).decode(errors="ignore")
    beside = (cast.commune, cast.local, cast.other_local)
    assert not [unit for unit in beside if str(unit.uid) in everything]
    empty = ("announcements", "announcement_read", "answers", "quizzes", "plans", "planned_activities", "handovers")
    assert not [name for name in empty if done.rows[f"{name}.csv"]]


def test_an_answer_in_the_making_does_not_leave(cast: Cast, tmp_path: Path) -> None:
    task = handed_out(cast)
    asked(cast, task.obligation)
    given = of(passed_on(cast, task), cast.local)
    save_draft(assignment=given, typed={"1": ["12"]}, actor=cast.local_volunteer, at=on(17))
    seal(at=LATER)
    done = take_away(folder=tmp_path, actor=cast.provincial_officer, at=LATER)
    assert done.rows["answers.csv"] == 0
