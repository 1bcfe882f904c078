"""Sổ ghi việc xử lý dữ liệu cá nhân (record of processing): what is kept about people, why, who sees it, how long and
where. A test holds every text field of every table against it, so nothing about anybody is kept unsaid.

`python -m nhipcau.ops.personal > docs/reference/personal-data.md` writes it as a page.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass

ALL = "*"


@dataclass(frozen=True)
class Kind:
    """`fields`: table to its fields, `*` for all of them. `job`: the kind of the nightly sweep that erases it."""

    what: str
    fields: dict[str, tuple[str, ...]]
    purpose: str
    seen_by: str
    kept: str
    job: str = ""
    where: str = "cơ sở dữ liệu"


KINDS = (
    Kind(
        "Cán bộ: họ tên, điện thoại công vụ, thư điện tử, chức danh theo thời gian",
        {"org.Person": (ALL,), "org.Post": ("title", "folded", "roles")},
        "biết ai giữ chức danh nào và liên lạc trong công việc; đoàn viên không bao giờ được ghi ở đây",
        "người giữ chức danh trong phạm vi danh bạ của mình; không mở cho người ngoài",
        "họ tên giữ theo chức danh như hồ sơ tổ chức; điện thoại, thư điện tử xóa 365 ngày sau chức danh cuối",
        "left_contacts",
    ),
    Kind(
        "Tài khoản: tên đăng nhập, mật khẩu đã băm (Argon2id), lựa chọn hiển thị và nhận thư, địa chỉ lịch",
        {"access.Account": (ALL,)},
        "đăng nhập",
        "chính người ấy; người quản trị đơn vị thấy tên đăng nhập; không ai thấy mật khẩu",
        "khi còn tài khoản; tài khoản đóng giữ lại tên để nhật ký còn nghĩa",
    ),
    Kind(
        "Phiên, thiết bị (tên trình duyệt, hệ điều hành; không có địa chỉ mạng), mã kích hoạt đã băm, lượt thử sai",
        {
            "sessions.Session": (ALL,),
            "access.Device": (ALL,),
            "access.EntryCode": (ALL,),
            "access.SharedCount": (ALL,),
        },
        "giữ phiên, cho đăng xuất từ xa, chặn dò mật khẩu",
        "chính người ấy thấy thiết bị của mình",
        "đến khi hết hạn (phiên 12 giờ), xóa trong đêm",
        "ended_sessions",
    ),
    Kind(
        "Bước thứ hai và đăng nhập một cửa: khóa, mã dự phòng (mã hóa bằng secret_key), nơi cấp và mã ghép cặp",
        {
            "mfa.Authenticator": (ALL,),
            "access.Identity": (ALL,),
            "socialaccount.SocialApp": (ALL,),
            "socialaccount.SocialAccount": (ALL,),
            "socialaccount.SocialToken": (ALL,),
            "account.EmailAddress": (ALL,),
            "account.EmailConfirmation": (ALL,),
        },
        "chắc chắn đúng người; bảng của thư viện (socialaccount, account) để trống, không ghi gì",
        "chính người ấy, chỉ biết là có",
        "đến khi người ấy bỏ đi",
    ),
    Kind(
        "Mã truy cập API: tên do chủ đặt, bản băm; câu trả lời theo Idempotency-Key",
        {"access.ApiToken": (ALL,), "access.ApiAnswer": (ALL,)},
        "cho chương trình của đơn vị làm thay, làm một lần",
        "chủ của mã và người quản trị đơn vị thấy tên; không ai thấy mã",
        "mã đến khi thu hồi hoặc hết hạn; câu trả lời một ngày",
        "api_answers",
    ),
    Kind(
        "Biểu mẫu vừa gửi: bản băm có khóa của tài khoản, trang và nội dung; địa chỉ trang đã mở sau đó",
        {"access.SentForm": (ALL,)},
        "một biểu mẫu gửi hai lần chỉ ghi một lần",
        "không ai",
        "một ngày",
        "sent_forms",
    ),
    Kind(
        "Thư đã gửi: địa chỉ, tiêu đề, lời nhắc việc (không có nội dung báo cáo), lời máy chủ thư",
        {"outbox.Mail": (ALL,), "outbox.Job": (ALL,)},
        "gửi lời nhắc, biết thư nào không tới",
        "người vận hành máy chủ",
        "30 ngày; địa chỉ bị từ chối giữ đến khi đổi hoặc đến khi người ấy thôi 365 ngày",
        "mail",
    ),
    Kind(
        "Nhật ký: ai (theo chức danh hoặc số tài khoản) làm gì lúc nào, không có nội dung",
        {"audit.Entry": (ALL,), "audit.Head": (ALL,)},
        "trách nhiệm giải trình; chuỗi băm cho thấy sửa đổi",
        "người kiểm tra nhật ký trong phạm vi đơn vị",
        "không xóa: sửa một mục là đứt chuỗi",
        where="cơ sở dữ liệu và thư mục anchors/ (đầu chuỗi)",
    ),
    Kind(
        "Văn bản đến và đi, bản quét: người ký, người nhận, nội dung và tệp gốc nguyên từng bit",
        {
            "documents.Document": (ALL,),
            "documents.StoredFile": (ALL,),
            "documents.SearchRow": (ALL,),
            "documents.TextPrint": (ALL,),
            "documents.Citation": (ALL,),
            "documents.Amendment": (ALL,),
            "documents.RegisterEntry": (ALL,),
            "documents.MadeCopy": (ALL,),
            "documents.Scan": (ALL,),
        },
        "công tác văn thư theo Nghị định 30/2020/NĐ-CP: bản gốc không được đổi, kể cả thuộc tính tác giả",
        "cán bộ của đơn vị nhận; cấp được chuyển; không hiện cho cấp dưới",
        "theo thời hạn lưu trữ văn bản; bản quét không đọc được xóa sau 7 ngày",
        "unread_scans",
        "cơ sở dữ liệu (có chỉ mục tìm kiếm) và files/",
    ),
    Kind(
        "Ảnh hoạt động: khuôn mặt che, siêu dữ liệu (EXIF, vị trí) bỏ trước khi lưu; ảnh chờ xem lại",
        {"activities.WaitingPhoto": (ALL,), "activities.ActivityEvidence": (ALL,)},
        "minh chứng việc đã làm",
        "đơn vị ghi hoạt động; cấp trên thấy ảnh đã xem lại",
        "ảnh chờ 30 ngày; ảnh đã lưu theo hoạt động",
        "waiting_photos",
        "cơ sở dữ liệu (chờ), files/ và cache/thumbnails/ (đã lưu)",
    ),
    Kind(
        "Bàn giao, người xử lý và người giữ bản lưu: tên chức danh, có thể kèm tên người",
        {"tasks.Handling": (ALL,), "org.Handover": (ALL,), "org.Delegation": (ALL,)},
        "biết việc đang ở ai khi đổi người",
        "cán bộ của đơn vị",
        "theo văn bản hoặc việc",
    ),
    Kind(
        "Tùy chọn của chức danh: cách xem đã lưu, tin đã đọc, bảng hỏi đã lưu",
        {"access.SavedView": (ALL,), "access.ReadNotice": (ALL,), "analytics.SavedAnalysis": (ALL,)},
        "mở trang như lần trước",
        "người giữ chức danh",
        "đến khi xóa",
    ),
)

# Texts and figures of the work. They are not about persons: the boundary refuses identity numbers and sensitive
# data in every field here, and warns of names (nhipcau.boundary); what officers write stays with the work it belongs to.
WORK = frozenset(
    [
        "org.UnitKind",
        "org.Unit",
        "org.UnitName",
        "org.Placement",
        "org.Closure",
        "org.TreeVersion",
        "org.Appointment",
        "org.Reorganisation",
        "org.Succession",
        "org.ReorganisationWork",
        "org.DayOverride",
        "documents.Register",
        "documents.ReservedBlock",
        "tasks.Announcement",
        "tasks.AddressedRole",
        "tasks.AnnouncementFile",
        "tasks.Correction",
        "tasks.Receipt",
        "tasks.Obligation",
        "tasks.Task",
        "tasks.Assignment",
        "tasks.AssignmentEvidence",
        "tasks.FanOut",
        "tasks.Handover",
        "tasks.Reminder",
        "tasks.Unreached",
        "tasks.Extension",
        "tasks.Instruction",
        "tasks.InstructedUnit",
        "tasks.Answer",
        "tasks.Redirection",
        "tasks.Questionnaire",
        "tasks.Question",
        "tasks.AnswerSheet",
        "activities.ActivityType",
        "activities.Activity",
        "activities.ActivityChange",
        "activities.ActivityPartner",
        "activities.PlannedActivity",
        "campaigns.Campaign",
        "campaigns.CampaignType",
        "campaigns.CampaignGoal",
        "campaigns.CampaignSession",
        "campaigns.CampaignStep",
        "campaigns.Material",
        "campaigns.MaterialVersion",
        "campaigns.Quiz",
        "campaigns.QuizEdition",
        "campaigns.ClosingReport",
        "campaigns.ClosingSource",
        "reports.ReportTemplate",
        "reports.TemplateVersion",
        "reports.TemplateDraft",
        "reports.DraftMove",
        "reports.Submission",
        "reports.HistoryFile",
        "reports.SubmissionSource",
        "reports.ReturnReason",
        "reports.SubmissionPaper",
        "reports.Seal",
        "reports.Unsettled",
        "reports.Totals",
        "reports.NodeTotal",
        "reports.DirtyMark",
        "reports.StaleFlag",
        "reports.IssuedReport",
        "reports.SigningDraft",
        "reports.Target",
        "exchange.LearntTable",
        "ops.Beat",
        "auth.Permission",
        "auth.Group",
        "contenttypes.ContentType",
    ]
)

_HEAD = """\
# Sổ ghi việc xử lý dữ liệu cá nhân (record of processing)

Trang này do `python -m nhipcau.ops.personal` viết ra từ một nguồn trong mã; một kiểm thử so nó với mọi bảng dữ liệu.
*Written from one list in the code and tested against every table: a field about people that does not stand here fails the tests.*

Ngoài các mục dưới đây, hệ thống chỉ giữ con số và lời văn của công việc; ranh giới (README) từ chối dữ liệu nhạy cảm trong mọi ô.
Địa chỉ mạng không được ghi ở đâu. Bản sao lưu chứa tất cả, giữ theo `NHIPCAU_BACKUP_KEEP`.

| dữ liệu | bảng | mục đích | ai thấy | giữ bao lâu | việc xóa | ở đâu |
|---|---|---|---|---|---|---|
"""
_TAIL = """
## Xóa là xóa thật đến đâu
SQLite ghi đè chỗ đã xóa (`secure_delete`) và việc dọn đêm cắt tệp `-wal`; `tests/ops/test_retention.py` tìm lại từng dấu trên đĩa. PostgreSQL chỉ
bỏ dòng, byte cũ có thể còn trong trang và trong WAL cho đến khi được dùng lại: hãy mã hóa ổ đĩa. Bản sao lưu cũ còn giữ đến khi bị thay.

## Tệp nào bị bỏ siêu dữ liệu
Ảnh: có (EXIF, vị trí, ảnh nhỏ kèm), vì nơi và lúc chụp chỉ ra người; ảnh được mã hóa lại. Văn bản đến: không bao giờ, vì bản gốc và chữ ký số phải nguyên
từng bit. Giấy tờ minh chứng (.pdf, .docx, .xlsx): giữ như đã gửi, kể cả thuộc tính tác giả, vì có thể mang chữ ký số; ai không muốn thì gửi bản PDF in ra.
"""


def page() -> str:
    """The record as a page."""
    rows = []
    for kind in KINDS:
        tables = ", ".join(f"`{table}`" for table in kind.fields)
        job = f"`{kind.job}`" if kind.job else "—"
        cells = (kind.what, tables, kind.purpose, kind.seen_by, kind.kept, job, kind.where)
        rows.append(f"| {' | '.join(cells)} |")
    return _HEAD + "\n".join(rows) + "\n" + _TAIL


if __name__ == "__main__":
    sys.stdout.write(page())
