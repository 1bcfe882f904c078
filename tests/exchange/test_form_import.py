"""A filled form becomes the unit's draft: wholly or not at all, known by its stamp, never over newer figures."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from nhipcau.audit.models import Entry
from nhipcau.core.errors import NotAllowed
from nhipcau.core.numbers import MISSING, NOT_APPLICABLE, Cell, CellState
from nhipcau.exchange.xlsx.importing import Dispute, Received, import_forms
from nhipcau.exchange.xlsx.places import FIGURES, KEY, STAMP
from nhipcau.exchange.xlsx.reading import read_raw
from nhipcau.org.models import Post, Unit
from nhipcau.reports.design.figures import cells_of
from nhipcau.reports.filling.drafting import DraftChanges, save_draft
from nhipcau.reports.filling.workflow import accept
from nhipcau.reports.models import Submission, SubmissionState, TemplateVersion
from tests import quarterly
from tests.cast import Cast
from tests.exchange.forms import fill, form, opened, row_of, saved
from tests.quarterly import LATER


@pytest.fixture
def version(cast: Cast) -> TemplateVersion:
    return quarterly.publish()


def receive(cast: Cast, *files: bytes, dry_run: bool = False, disputes: Dispute = "refuse") -> list[Received]:
    def acting(unit: Unit) -> Post:
        if unit != cast.local:
            raise NotAllowed("Biểu mẫu của đơn vị khác.")
        return cast.local_volunteer

    named = [(f"{number}.xlsx", data) for number, data in enumerate(files)]
    done = import_forms(
        forms=read_raw(named), acting=acting, at=LATER, via="cli", dry_run=dry_run, disputes=disputes
    )
    return list(done)


def figures(code: str) -> Cell:
    return cells_of(Submission.objects.select_related("version").get())[code]


def value(number: int) -> Cell:
    return Cell(CellState.VALUE, number)


def test_what_was_typed_stands_in_the_draft(cast: Cast, version: TemplateVersion) -> None:
    data = fill(
        form(version, cast.local), {"gifts": "Đợt Tết"}, {"danh_gia": "- Tốt\n- Khá"},
        gifts=120, money=60_000_000, hours=2.5, letters="x",
    )  # fmt: skip
    (done,) = receive(cast, data)
    assert done.accepted, done.message
    report = Submission.objects.get()
    assert (report.state, report.unit, report.period) == (SubmissionState.DRAFT, cast.local, "2026-Q1")
    assert [figures(code) for code in ("gifts", "money", "hours", "letters", "gifts_upper")] == [
        value(120), value(60_000_000), value(25), NOT_APPLICABLE, MISSING,
    ]  # fmt: skip
    assert report.narrative == {"danh_gia": "- Tốt\n- Khá"}
    assert report.explanations == {"nhieu-qua": "Đợt Tết"}


def test_the_same_file_again_changes_nothing_and_says_so(cast: Cast, version: TemplateVersion) -> None:
    data = fill(form(version, cast.local), words={"danh_gia": "Tốt"}, gifts=5, hours=1.5)
    receive(cast, data)
    before = Submission.objects.values().get()
    (again,) = receive(cast, data)
    assert (again.accepted, again.changes) == (True, ())
    assert "Không có gì mới" in again.message
    assert Submission.objects.values().get() == before


def test_the_same_file_after_the_report_was_accepted_opens_no_correction(
    cast: Cast, version: TemplateVersion
) -> None:
    data = fill(form(version, cast.local), gifts=5)
    receive(cast, data)
    sent = quarterly.send_draft(Submission.objects.get(), cast.local_volunteer, LATER)
    assert receive(cast, data)[0].accepted
    accept(submission=sent, actor=cast.commune_officer, at=LATER)
    assert receive(cast, data)[0].accepted
    assert Submission.objects.get().state == SubmissionState.ACCEPTED


def test_new_figures_for_an_accepted_report_are_a_correction(cast: Cast, version: TemplateVersion) -> None:
    quarterly.accepted(cast, version, gifts="4")
    (done,) = receive(cast, fill(form(version, cast.local), gifts=5))
    assert done.accepted
    assert [report.revision for report in Submission.objects.order_by("revision")] == [1, 2]


def test_a_report_that_was_sent_is_not_changed(cast: Cast, version: TemplateVersion) -> None:
    quarterly.send(cast.local_volunteer, version, gifts="4")
    (done,) = receive(cast, fill(form(version, cast.local), gifts=5))
    assert (done.accepted, done.message) == (False, "Báo cáo đã gửi, không sửa được nữa.")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (1.23, "cần số nguyên, đã nhập «1,23»"),
        (-3, "số liệu không được âm, đã nhập «-3»"),
        (1e17, "số quá lớn để Excel giữ đúng từng chữ số"),
        (True, "cần một số, đã nhập «TRUE»"),
        (dt.date(2026, 2, 1), "cần một số, đã nhập ngày «2026-02-01"),
        ("ba suất", "Không đọc được số “ba suất”"),
        ("=1+1", "ô có công thức chưa được tính"),
        ("#DIV/0!", "ô đang báo lỗi tính toán"),
    ],
)
def test_a_cell_that_cannot_be_taken_is_named_by_its_address_and_nothing_is_saved(
    cast: Cast, version: TemplateVersion, typed: object, said: str
) -> None:
    data = form(version, cast.local)
    row = row_of(opened(data)[FIGURES], "gifts")
    (done,) = receive(cast, fill(data, gifts=typed, money=500_000))
    assert not done.accepted
    (fault,) = done.faults
    assert fault.where == f"Số liệu!F{row}"
    assert fault.message.startswith(said)
    assert not Submission.objects.exists()


def test_what_was_changed_on_the_page_meanwhile_is_not_overwritten(cast: Cast, version: TemplateVersion) -> None:
    report = quarterly.draft(cast.local_volunteer, version, gifts="3")
    data = fill(form(version, cast.local), gifts=5, money=900_000)
    changes = DraftChanges(edits=report.edits, figures={"gifts": "4"})
    save_draft(submission=report, changes=changes, actor=cast.local_volunteer, at=LATER)
    (done,) = receive(cast, data)
    assert (done.accepted, done.disputed) == (False, True)
    assert [(c.label, c.before, c.after) for c in done.changes if c.disputed] == [("Số suất quà", "4", "5")]
    assert figures("money") == MISSING


@pytest.mark.parametrize(("choice", "gifts"), [("file", 5), ("keep", 4)])
def test_the_person_chooses_which_of_two_figures_stands(
    cast: Cast, version: TemplateVersion, choice: Dispute, gifts: int
) -> None:
    report = quarterly.draft(cast.local_volunteer, version, gifts="3")
    data = fill(form(version, cast.local), gifts=5, money=900_000)
    changes = DraftChanges(edits=report.edits, figures={"gifts": "4"})
    save_draft(submission=report, changes=changes, actor=cast.local_volunteer, at=LATER)
    assert receive(cast, data, disputes=choice)[0].accepted
    assert (figures("gifts"), figures("money")) == (value(gifts), value(900_000))


def test_what_the_registers_say_since_is_kept_where_the_form_says_nothing(
    cast: Cast, version: TemplateVersion
) -> None:
    data = fill(form(version, cast.local), hours=2)
    quarterly.give(cast.local_volunteer, 3, 900_000)
    receive(cast, data)
    assert (figures("gifts"), figures("hours")) == (value(3), value(20))


def test_a_preview_writes_nothing(cast: Cast, version: TemplateVersion) -> None:
    before = Entry.objects.count()
    (done,) = receive(cast, fill(form(version, cast.local), gifts=5, money=99_000_000), dry_run=True)
    assert [(change.label, change.after) for change in done.changes] == [
        ("Số suất quà", "5"), ("Số tiền quà", "99.000.000"),
    ]  # fmt: skip
    assert [finding.severity for finding in done.findings] == ["error"]
    assert (Submission.objects.count(), Entry.objects.count()) == (0, before)


def test_refused_words_are_refused_with_their_address(cast: Cast, version: TemplateVersion) -> None:
    words = {"danh_gia": "Thống kê tư tưởng chính trị của đoàn viên"}
    (done,) = receive(cast, fill(form(version, cast.local), words=words, gifts=5))
    assert [fault.where for fault in done.faults] == ["Thuyết minh!C4"]
    assert not Submission.objects.exists()
    assert Entry.objects.filter(action="boundary.refused").count() == 1


def test_a_form_of_another_unit_is_refused(cast: Cast, version: TemplateVersion) -> None:
    (done,) = receive(cast, fill(form(version, cast.other_local), gifts=5))
    assert (done.accepted, done.message) == (False, "Biểu mẫu của đơn vị khác.")


def test_one_bad_file_does_not_keep_the_others_out(cast: Cast, version: TemplateVersion) -> None:
    good = fill(form(version, cast.local), gifts=5)
    done = receive(cast, b"PK\x03\x04 rubbish", good, b"no workbook")
    assert [one.accepted for one in done] == [False, True, False]


def test_a_moved_row_is_known_by_its_key(cast: Cast, version: TemplateVersion) -> None:
    book = opened(fill(form(version, cast.local), gifts=5))
    book[FIGURES].insert_rows(3, 2)
    assert receive(cast, saved(book))[0].accepted
    assert figures("gifts") == value(5)


def test_a_row_that_is_missing_or_doubled_is_refused(cast: Cast, version: TemplateVersion) -> None:
    book = opened(form(version, cast.local))
    page = book[FIGURES]
    page.cell(row_of(page, "hours"), KEY + 1).value = "gifts"
    (done,) = receive(cast, saved(book))
    assert [fault.message for fault in done.faults] == [
        "dòng «Số suất quà» có hai lần; hãy bỏ bớt một", "thiếu dòng «Giờ tập huấn»",
    ]  # fmt: skip


@pytest.mark.parametrize("place", [0, 20, -1])
def test_an_altered_stamp_is_refused(cast: Cast, version: TemplateVersion, place: int) -> None:
    book = opened(fill(form(version, cast.local), gifts=5))
    stamp = book[STAMP]["A2"].value
    letter = "A" if stamp[place] != "A" else "B"
    book[STAMP]["A2"] = stamp[:place] + letter + stamp[place:][1:]
    (done,) = receive(cast, saved(book))
    assert "không mang dấu của hệ thống này" in done.message


def test_a_form_of_another_instance_is_refused(cast: Cast, version: TemplateVersion, settings: Any) -> None:
    data = fill(form(version, cast.local), gifts=5)
    settings.SECRET_KEY = "another"
    assert "không mang dấu của hệ thống này" in receive(cast, data)[0].message


def test_the_log_names_the_form_and_no_contents(cast: Cast, version: TemplateVersion) -> None:
    receive(cast, fill(form(version, cast.local), words={"danh_gia": "Tốt đẹp"}, gifts=5))
    entry = Entry.objects.get(action="exchange.form_imported")
    assert '"cells":1' in entry.data
    assert "đẹp" not in entry.data
