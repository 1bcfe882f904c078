"""`doctor` names what was left undone."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from django.db import transaction

from nhipcau.audit.actions import record, seal
from nhipcau.cli.operation import _extras, _leftovers
from nhipcau.ops.extras import EXTRAS, Extra
from nhipcau.outbox.models import Job, JobState
from tests.cast import NOW, SETUP

pytestmark = pytest.mark.django_db


def told() -> dict[str, tuple[bool, str]]:
    return {name: (ok, says) for name, ok, _, says in _leftovers()}


def test_nothing_left_is_well() -> None:
    with transaction.atomic():
        record(actor=SETUP, action="org.imported", obj="org:tree", at=NOW)
    assert told()["Nhật ký"] == (False, "1 mục, 1 mục chờ niêm phong; «nhipcau worker» sẽ niêm phong")
    seal(at=NOW)
    assert told() == {
        "Nhật ký": (True, "1 mục, 0 mục chờ niêm phong"),
        "Việc nền": (True, "không việc nào hỏng"),
    }


def test_jobs_that_were_given_up_are_named_with_the_last_error() -> None:
    for name, error in (("tasks.remind", "hết giờ"), ("mail.send", "không tới được máy chủ thư")):
        Job.objects.create(name=name, run_at=NOW, state=JobState.FAILED, last_error=error)
    Job.objects.create(name="tasks.other", run_at=NOW)
    assert told()["Việc nền"] == (
        False,
        "2 việc hỏng (mail.send, tasks.remind); lỗi cuối: không tới được máy chủ thư",
    )


ROOT = Path(__file__).resolve().parents[2]


def test_every_extra_of_the_package_has_its_line_and_a_lock_to_install_from() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert {one.name for one in EXTRAS} == set(project["optional-dependencies"])
    assert all((ROOT / "requirements" / f"{one.name}.txt").exists() for one in EXTRAS)


def test_a_missing_extra_is_named_with_its_use_and_the_way_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    photos = Extra("photos", ("cv2_that_nobody_has",), "che khuôn mặt")
    monkeypatch.setattr("nhipcau.ops.extras.EXTRAS", (photos,))
    [(name, ok, needed, says)] = _extras()
    assert (name, ok, needed) == ("Gói thêm photos", False, False)
    assert says == (
        "chưa cài; cần để che khuôn mặt; cài: .venv/bin/pip install --require-hashes -r requirements/photos.txt"
    )
