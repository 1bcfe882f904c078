"""Everything a unit may take away: as many rows as there are, every file by its digest, the log still a chain."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from nhipcau.access.models import Account
from nhipcau.activities.models import Activity
from nhipcau.audit.actions import digest, link, seal
from nhipcau.audit.models import Entry, Head
from nhipcau.core.errors import NotAllowed
from nhipcau.documents.models import Document, StoredFile
from nhipcau.documents.storing import files
from nhipcau.exchange.archive.taking_away import TakenAway, take_away
from nhipcau.org.models import Person, Post, Unit
from nhipcau.reports.design.figures import cells_of
from nhipcau.reports.design.templates import import_template
from nhipcau.reports.models import Submission
from tests import quarterly
from tests.cast import SETUP, Cast
from tests.org import two_axes
from tests.quarterly import LATER
from tests.stored import path_of


@pytest.fixture
def filled(cast: Cast) -> Cast:
    """Two reports, activities, a letter with its original."""
    version = quarterly.publish()
    quarterly.give(cast.local_volunteer, 12, 3_600_000, giver="local")
    quarterly.accepted(cast, version, gifts="12", money="3600000")
    quarterly.draft(cast.commune_officer, version, gifts="5")
    Document.objects.create(
        unit=cast.province, direction="incoming", state="registered", subject="=1+1", number="1/KH-LĐLĐ",
        original=files.store(b"%PDF-1.4 the original", "application/pdf"), original_name="ke-hoach.pdf",
        created_at=LATER,
    )  # fmt: skip
    return cast


def take(post: Post, folder: Path) -> TakenAway:
    seal(at=LATER)
    return take_away(folder=folder, actor=post, at=LATER)


@contextmanager
def opened(done: TakenAway) -> Iterator[zipfile.ZipFile]:
    with zipfile.ZipFile(done.path) as archive:
        yield archive


def table(archive: zipfile.ZipFile, path: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(archive.read(path).decode("utf-8-sig"))))


def test_there_are_as_many_rows_as_in_the_database(filled: Cast, tmp_path: Path) -> None:
    done = take(filled.provincial_officer, tmp_path)
    with opened(done) as archive:
        assert len(table(archive, "units.csv")) == Unit.objects.count()
        assert len(table(archive, "posts.csv")) == Post.objects.count()
        assert len(table(archive, "activities.csv")) == Activity.objects.count() == 1
        assert len(table(archive, "documents.csv")) == Document.objects.count()
        assert len(table(archive, "reports/quy/2026-Q1.csv")) == done.rows["reports/quy/2026-Q1.csv"] == 1
    assert Submission.objects.count() == 2  # the commune's draft is nobody's above


def test_figures_mean_the_same_outside(filled: Cast, tmp_path: Path) -> None:
    with opened(take(filled.provincial_officer, tmp_path)) as archive:
        (row,) = table(archive, "reports/quy/2026-Q1.csv")
        (told,) = json.loads(archive.read("reports/quy/2026-Q1.json"))
    report = Submission.objects.get(unit=filled.local)
    assert report.seal is not None
    assert (int(row["gifts"]), int(row["money"])) == (cells_of(report)["gifts"].value, 3_600_000)
    assert (row["hours"], row["average"], row["seal"]) == ("", "300000", report.seal.digest)
    assert told["figures"] == {key: row[key] for key in told["figures"]}
    assert told["sources"][0]["activity"] == str(Activity.objects.get().uid)


def test_a_form_from_the_archive_is_the_form(filled: Cast, tmp_path: Path) -> None:
    with opened(take(filled.provincial_officer, tmp_path)) as archive:
        again = import_template(data=archive.read("templates/quy-v1.yaml"), actor=SETUP, at=LATER)
    assert not again.created


def test_every_file_is_there_by_its_digest(filled: Cast, tmp_path: Path) -> None:
    done = take(filled.provincial_officer, tmp_path)
    with opened(done) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        for one in manifest["files"]:
            assert hashlib.sha256(archive.read(one["path"])).hexdigest() == one["sha256"]
        (row,) = table(archive, "documents.csv")
        original = StoredFile.objects.get()
        assert hashlib.sha256(archive.read(row["original"])).hexdigest() == original.sha256
        assert {one["path"] for one in manifest["files"]} | {"manifest.json"} == set(archive.namelist())
    assert (done.files, done.damaged) == (1, [])


def test_the_log_is_still_a_chain(filled: Cast, tmp_path: Path) -> None:
    chain = ""
    with opened(take(filled.provincial_officer, tmp_path)) as archive:
        for line in archive.read("log.jsonl").decode().splitlines():
            one: dict[str, Any] = json.loads(line)
            made = digest(at=dt.datetime.fromisoformat(one["at"]), actor=one["actor"], action=one["action"],
                          obj=one["object"],
                          data=one["data"])  # fmt: skip
            chain = link(chain, one["seq"], made)
            assert (made, chain) == (one["digest"], one["chain"])
    head = Head.objects.get()
    assert chain == head.chain
    seal(at=LATER)
    assert Entry.objects.get(action="exchange.taken_away").actor == filled.provincial_officer.audit_id


def test_no_password_no_account_no_telephone_leaves(filled: Cast, tmp_path: Path) -> None:
    with opened(take(filled.provincial_officer, tmp_path)) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist()).decode(errors="ignore")
    secrets = [*Account.objects.values_list("password", flat=True), *Person.objects.values_list("phone", flat=True)]
    assert not [secret for secret in secrets if secret and secret in everything]
    assert not [login for login in ("vanthu", "coso") if f'"{login}"' in everything]


def test_what_lies_beside_stays(filled: Cast, tmp_path: Path) -> None:
    done = take(filled.stranger, tmp_path)
    with opened(done) as archive:
        assert {row["unit"] for row in table(archive, "units.csv")} == {
            str(filled.sibling_commune.uid), str(filled.sibling_local.uid),
        }  # fmt: skip
        assert table(archive, "documents.csv") == table(archive, "activities.csv") == []
        assert "log.jsonl" not in archive.namelist()  # the whole chain is the top's alone
        assert not [name for name in archive.namelist() if name.startswith("reports/")]


def test_a_damaged_file_is_named_and_the_rest_taken(filled: Cast, tmp_path: Path) -> None:
    path = path_of(StoredFile.objects.get())
    path.chmod(0o644)
    path.write_bytes(b"something else")
    done = take(filled.provincial_officer, tmp_path)
    assert done.damaged == [StoredFile.objects.get().sha256]


def test_text_that_looks_like_a_formula_is_none(filled: Cast, tmp_path: Path) -> None:
    with opened(take(filled.provincial_officer, tmp_path)) as archive:
        (row,) = table(archive, "documents.csv")
    assert not row["subject"].startswith("=")


def test_a_post_that_reads_no_contents_takes_nothing(filled: Cast, tmp_path: Path) -> None:
    filled.clerk.roles = ["auditor"]
    filled.clerk.save()
    with pytest.raises(NotAllowed):
        take(filled.clerk, tmp_path)
    assert not list(tmp_path.glob("*.zip")) and not list(tmp_path.glob("*.part"))


def test_the_top_of_one_tree_that_lies_below_in_the_other_takes_no_log(filled: Cast, tmp_path: Path) -> None:
    """The log tells of everybody, and such a unit does not see everybody."""
    two_axes.beyond_the_commune(filled)
    with opened(take(filled.local_volunteer, tmp_path)) as archive:
        assert "log.jsonl" not in archive.namelist()
