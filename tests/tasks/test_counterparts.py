"""The same work in nearly the same words is found again in a new letter; what is not plain is not."""

from __future__ import annotations

from nhipcau.tasks.counterparts import Demand, counterparts


def pairs(old: list[str], new: list[str]) -> dict[int, int]:
    return counterparts([Demand(one) for one in old], [Demand(one) for one in new])


TRAINING = "Công đoàn cấp trên cơ sở tổ chức tập huấn an toàn, vệ sinh lao động cho cơ sở trước ngày 10/5/2026."
REPORT = "Công đoàn cấp trên cơ sở báo cáo kết quả về Ban Chính sách trước ngày 31/5/2026."
VISITS = "Thăm hỏi đoàn viên bị tai nạn lao động trong Tháng Công nhân."


def test_a_new_date_does_not_hide_the_work() -> None:
    later = "Công đoàn cấp trên cơ sở tổ chức tập huấn an toàn, vệ sinh lao động cho cơ sở chậm nhất quý III/2026."
    assert pairs([TRAINING, REPORT], [VISITS, REPORT, later]) == {0: 2, 1: 1}


def test_a_sentence_that_is_worded_anew_is_still_found() -> None:
    anew = "Công đoàn cấp trên cơ sở tổ chức các lớp tập huấn an toàn, vệ sinh lao động cho cơ sở đến 30/6/2026."
    assert pairs([TRAINING], [REPORT, anew]) == {0: 1}


def test_tone_marks_placed_the_old_way_are_the_same_word() -> None:
    assert pairs(["Hoà giải tranh chấp lao động"], ["Hòa giải tranh chấp lao động"]) == {0: 0}


def test_other_work_of_the_same_units_is_no_match() -> None:
    assert pairs([TRAINING], [REPORT, VISITS]) == {}


def test_two_that_are_equally_alike_are_left_alone() -> None:
    assert pairs([TRAINING], [TRAINING.replace("10/5", "20/5"), TRAINING.replace("10/5", "20/6")]) == {}


def test_the_unit_in_charge_tells_two_apart() -> None:
    work = "Tổng hợp kết quả Tháng An toàn, vệ sinh lao động năm 2026"
    old = [Demand(work, "Ban Chính sách - Pháp luật"), Demand(work, "Ban Tuyên giáo - Nữ công")]
    assert counterparts(old, list(reversed(old))) == {0: 1, 1: 0}


def test_nothing_comes_of_nothing() -> None:
    assert pairs([], [TRAINING]) == pairs(["", "31/5/2026"], [TRAINING, ""]) == {}


def test_the_same_work_asked_of_other_units_is_no_match() -> None:
    local = TRAINING.replace("cấp trên cơ sở tổ chức", "cơ sở tổ chức").replace(" cho cơ sở", "")
    above = Demand(TRAINING, "Công đoàn cấp trên cơ sở")
    assert counterparts([above], [Demand(local, "Các công đoàn cơ sở")]) == {}
    assert counterparts([Demand(local, "Công đoàn cơ sở trực thuộc")], [Demand(local, "Các công đoàn cơ sở")]) == {
        0: 0
    }
