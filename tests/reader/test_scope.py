"""Obligations, and the scope they inherit from the purpose they serve."""

from __future__ import annotations

from nhipcau.reader import read_text, to_json
from tests.reader import letters
from tests.reader.helpers import letter

WATCHING = "Theo dõi các trang mạng xã hội của công nhân và tổng hợp ý kiến tiêu cực"


def scopes(body: str, *, subject: str = "thực hiện nhiệm vụ công đoàn") -> list[str]:
    return [obligation.scope for obligation in letter(body, subject=subject).obligations]


def test_items_that_ask_are_obligations_and_grounds_are_not() -> None:
    texts = [obligation.text for obligation in read_text(letters.MERGED).obligations]
    assert texts[0].startswith("Tuyên truyền trên")
    assert not any(text.startswith(("Thực hiện Hướng dẫn", "Kính gửi", "Trân trọng")) for text in texts)


def test_purposes_and_grounds_of_a_plan_ask_nothing() -> None:
    texts = [obligation.text for obligation in read_text(letters.PLAN).obligations]
    assert not any("Nâng cao nhận thức" in text or "Căn cứ" in text for text in texts)
    assert any(text.startswith("Xây dựng kế hoạch, gửi về") for text in texts)


def test_an_obligation_knows_its_deadline_and_who_must_act() -> None:
    reading = read_text(letters.PLAN)
    (obligation,) = [o for o in reading.obligations if o.text.startswith("Xây dựng kế hoạch")]
    assert obligation.deadline is not None
    assert reading.deadlines[obligation.deadline].normalised == "2021-03-25"
    assert obligation.responsible == "Các LĐLĐ huyện, thành phố; công đoàn ngành"


def test_a_row_of_a_table_of_tasks_is_one_obligation() -> None:
    found = [(o.text, o.responsible) for o in read_text(letters.TASK_TABLE).obligations]
    assert ("Tập huấn cho cán bộ công đoàn", "LĐLĐ tỉnh") in found
    assert ("Kiểm tra nồng độ cồn", "Công an tỉnh") in found


def test_ordinary_union_work_is_in_scope() -> None:
    assert scopes("1. Tổ chức tặng quà Tết cho đoàn viên khó khăn.\n2. Báo cáo số suất quà trước ngày 5/3.") == [
        "in",
        "in",
    ]


def test_a_refused_purpose_is_outside_and_names_its_rule() -> None:
    (obligation,) = letter(f"1. {WATCHING}.").obligations
    assert obligation.scope == "outside"
    assert obligation.rule


def test_the_report_for_a_refused_purpose_is_outside_too() -> None:
    reading = letter(f"1. {WATCHING}. Báo cáo trước ngày 25 hằng tháng.")
    assert {obligation.scope for obligation in reading.obligations} == {"outside"}
    (deadline,) = reading.deadlines
    assert deadline.scope == "outside"
    assert (deadline.due, deadline.late_after, deadline.responsible) == (None, None, None)


def test_items_under_a_refused_heading_are_outside_whatever_they_say() -> None:
    body = f"1. {WATCHING}:\n- Lập danh sách cán bộ đầu mối.\n- Gửi kết quả trước ngày 5/3.\n"
    body += "2. Chăm lo đoàn viên:\n- Tổ chức tặng quà Tết cho đoàn viên khó khăn."
    assert scopes(body) == ["outside", "outside", "in"]


def test_a_document_for_a_refused_purpose_is_wholly_outside() -> None:
    body = "1. Phân công cán bộ phụ trách.\n2. Gửi báo cáo trước ngày 5/3."
    assert scopes(body, subject="theo dõi ý kiến của công nhân trên Facebook") == ["outside", "outside"]


def test_a_pointer_takes_the_scope_of_its_target() -> None:
    body = f"1. Tổ chức tặng quà Tết cho đoàn viên khó khăn.\n2. {WATCHING}.\n3. Báo cáo kết quả thực hiện mục 2.\n"
    body += "4. Báo cáo kết quả thực hiện mục 1."
    assert scopes(body) == ["in", "outside", "outside", "in"]


def test_a_report_on_allowed_and_refused_work_together_is_for_review() -> None:
    body = f"1. Tổ chức tặng quà Tết cho đoàn viên khó khăn.\n2. {WATCHING}.\n"
    body += "Đề nghị các đơn vị báo cáo kết quả thực hiện trước ngày 5/3."
    assert scopes(body) == ["in", "outside", "review"]


def test_the_contract_shows_scope_and_rule_of_each_obligation() -> None:
    found = to_json(letter(f"1. {WATCHING}."))["obligations"]
    assert [(o["scope"], bool(o["rule"])) for o in found] == [("outside", True)]
