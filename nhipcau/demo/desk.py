"""What lies on the desks on 20 July 2018: work a visitor finds waiting, whoever he signs in as."""

from __future__ import annotations

import datetime as dt

from nhipcau.core.official import OfficialDocument, Paragraph, Signer
from nhipcau.demo.dates import moment
from nhipcau.demo.federation import PROVINCE
from nhipcau.demo.people import CLERK, DEPARTMENT
from nhipcau.demo.story import Counts, Story
from nhipcau.documents.actions import confirm, proposed, receive
from nhipcau.documents.models import Document
from nhipcau.org.queries import children_of
from nhipcau.press.docx import to_docx
from nhipcau.tasks.actions import acknowledge, assign_all, reissue
from nhipcau.tasks.models import Assignment, AssignmentRole

DISTRICT = "H01"
HEAT = OfficialDocument(
    issuer="TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM",
    doc_type="kế hoạch",
    subject="Chăm lo đoàn viên làm việc ngoài trời mùa nắng nóng năm 2018",
    number="31/KH-TLĐ",
    symbol="KH-TLĐ",
    place="Hà Nội",
    issued_on=dt.date(2018, 7, 16),
    body=(
        Paragraph("Tổng Liên đoàn Lao động Việt Nam xây dựng kế hoạch chăm lo đoàn viên mùa nắng nóng như sau:"),
        Paragraph(
            "1. Công đoàn cơ sở kiểm tra nước uống, chỗ nghỉ giữa ca tại nơi làm việc ngoài trời, hoàn thành trước "
            "ngày 31/7/2018."
        ),
        Paragraph(
            "2. Công đoàn cấp trên trực tiếp cơ sở tổ chức thăm, tặng nước uống cho các tổ làm việc ngoài trời, "
            "hoàn thành chậm nhất ngày 10/8/2018."
        ),
    ),
    recipients=("Các Liên đoàn Lao động tỉnh, thành phố;", "Lưu: VT."),
    signer=Signer("TM. ĐOÀN CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Trần Minh Khôi"),
)
INSPECTION = OfficialDocument(
    issuer="SỞ LAO ĐỘNG TỈNH SÔNG LAM",
    parent_issuer="ỦY BAN NHÂN DÂN TỈNH SÔNG LAM",
    doc_type="công văn",
    subject="Phối hợp kiểm tra việc trả lương tại doanh nghiệp quý III năm 2018",
    number="214/SLĐ-TL",
    symbol="SLĐ-TL",
    place="Sông Lam",
    issued_on=dt.date(2018, 7, 19),
    addressees=("Liên đoàn Lao động tỉnh Sông Lam",),
    body=(
        Paragraph(
            "Đề nghị Liên đoàn Lao động tỉnh Sông Lam cử cán bộ tham gia đoàn kiểm tra việc trả lương và gửi danh "
            "mục doanh nghiệp cần kiểm tra trước ngày 27/7/2018."
        ),
    ),
    recipients=("Như trên;", "Lưu: VT, TL."),
    signer=Signer(None, "GIÁM ĐỐC", "Hà Văn Lộc"),
)
BLOOD = OfficialDocument(
    issuer="HỘI CHỮ THẬP ĐỎ TỈNH SÔNG LAM",
    doc_type="công văn",
    subject="Phối hợp tổ chức ngày hội hiến máu tháng 8 năm 2018",
    number="52/CTĐ",
    symbol="CTĐ",
    place="Sông Lam",
    issued_on=dt.date(2018, 7, 19),
    addressees=("Liên đoàn Lao động tỉnh Sông Lam",),
    body=(Paragraph("Đề nghị Liên đoàn Lao động tỉnh phối hợp chuẩn bị địa điểm trước ngày 05/8/2018."),),
    recipients=("Như trên;", "Lưu: VT."),
    signer=Signer(None, "CHỦ TỊCH", "Kiều Thanh Sơn"),
)


def lay_out(story: Story) -> Counts:
    """One letter handed down and half acknowledged, one that waits for the leader's note, one to be confirmed."""
    heat = _registered(story, HEAT, "Ke hoach mua nang nong.docx", moment(7, 18))
    _registered(story, INSPECTION, "Cong van phoi hop kiem tra.docx", moment(7, 20, 8))
    _received(story, BLOOD, "Cong van hien mau.docx", moment(7, 20, 8))
    tasks = assign_all(document=heat, actor=story.posts[PROVINCE, DEPARTMENT], at=moment(7, 19))
    passed = _passed_on(story)
    return {"to_confirm": 1, "to_note": 1, "tasks": len(tasks), "passed_on": passed}


def _passed_on(story: Story) -> int:
    """The first district acknowledges and hands the local part on to its local unions."""
    leader, count = story.posts[DISTRICT, "board"], 0
    for one in Assignment.objects.filter(unit=leader.unit, created_at=moment(7, 19)).select_related("task"):
        acknowledge(assignment=one, actor=leader, at=moment(7, 19, 14))
        if one.task.title.startswith("Công đoàn cơ sở"):
            below = dict.fromkeys(children_of(leader.unit, moment(7, 19).date()), AssignmentRole.LEAD)
            reissue(assignment=one, units=below, actor=leader, at=moment(7, 19, 15))
            count += len(below)
    return count


def _registered(story: Story, letter: OfficialDocument, name: str, at: dt.datetime) -> Document:
    document = _received(story, letter, name, at)
    confirm(document=document, fields=proposed(document), actor=story.posts[PROVINCE, CLERK], at=at)
    return document


def _received(story: Story, letter: OfficialDocument, name: str, at: dt.datetime) -> Document:
    return receive(
        unit=story.units[PROVINCE],
        data=to_docx(letter),
        name=name,
        received_on=at.date(),
        actor=story.posts[PROVINCE, CLERK],
        at=at,
    )
