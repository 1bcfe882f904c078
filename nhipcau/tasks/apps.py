from django.apps import AppConfig

from nhipcau.audit import catalogue

_ENTRIES = (
    ("tasks.obligation_added", "Thêm yêu cầu", "Added an obligation"),
    ("tasks.obligation_edited", "Sửa yêu cầu", "Edited an obligation"),
    ("tasks.obligation_dropped", "Bỏ yêu cầu", "Dropped an obligation"),
    ("tasks.assigned", "Giao việc", "Assigned a task"),
    ("tasks.fan_out_begun", "Bắt đầu giao cho cả nhánh", "Began handing a task to a whole branch"),
    ("tasks.fanned_out", "Giao xong cho cả nhánh", "Handed a task to a whole branch"),
    ("tasks.fan_out_cancelled", "Dừng giao cho cả nhánh", "Stopped handing a task to a whole branch"),
    ("tasks.acknowledged", "Tiếp nhận việc", "Acknowledged a task"),
    ("tasks.passed_on", "Giao việc xuống dưới", "Passed a task on"),
    ("tasks.completed", "Báo cáo hoàn thành", "Reported a task done"),
    ("tasks.reopened", "Trả lại kết quả", "Sent a result back"),
    ("tasks.extension_asked", "Xin gia hạn", "Asked for more time"),
    ("tasks.extension_answered", "Trả lời xin gia hạn", "Answered a request for more time"),
    ("tasks.questions_saved", "Lập biểu hỏi", "Made the questions of a duty"),
    ("tasks.questions_dropped", "Bỏ biểu hỏi", "Dropped the questions of a duty"),
    ("tasks.recurred", "Giao việc định kỳ cho kỳ mới", "Handed out the next instance of a recurring duty"),
    ("tasks.recurrence_stopped", "Dừng việc định kỳ", "Stopped a recurring duty"),
    ("tasks.given_back", "Trả lại vì không đúng nơi nhận", "Gave work back to the unit it came from"),
    ("tasks.give_back_answered", "Trả lời việc trả lại", "Answered work given back"),
    ("tasks.recalled", "Thôi giao vì văn bản bị thu hồi", "Closed with its recalled letter"),
    ("tasks.moved", "Chuyển việc sang văn bản thay thế", "Moved to the letter that replaced its own"),
    ("tasks.inherited", "Chuyển việc sang đơn vị kế thừa", "Handed work over after a reorganisation"),
    ("tasks.reminded", "Đôn đốc", "Sent reminders"),
    (
        "tasks.unreached_told",
        "Báo cấp trên vì lời nhắc không đến ai",
        "Told the level above that reminders reach nobody",
    ),
    ("tasks.instructed", "Bút phê", "Wrote an instruction on a letter"),
    ("tasks.instruction_withdrawn", "Thôi bút phê", "Withdrew an instruction"),
    ("tasks.handler_named", "Phân công người giải quyết", "Named the post in charge"),
    ("tasks.proposed", "Ghi ý kiến đề xuất", "Wrote a proposal"),
    ("tasks.answer_linked", "Gắn văn bản trả lời", "Linked an answering letter"),
    ("tasks.announced", "Đăng thông báo", "Posted an announcement"),
    ("tasks.announcement_corrected", "Đính chính thông báo", "Corrected an announcement"),
    ("tasks.announcement_withdrawn", "Thu hồi thông báo", "Withdrew an announcement"),
    (
        "tasks.announcements_inherited",
        "Chuyển thông báo sang đơn vị kế thừa",
        "Handed announcements over after a reorganisation",
    ),
    ("tasks.announcement_reminded", "Nhắc đọc thông báo", "Reminded units to read an announcement"),
    ("tasks.evidence_taken", "Tải minh chứng về", "Downloaded evidence of a task"),
    ("tasks.slip_taken", "Tải phiếu giải quyết văn bản", "Downloaded the slip of a letter"),
    ("tasks.status_taken", "Tải bảng tình hình thực hiện", "Downloaded a table of who has done it"),
    ("tasks.followup_taken", "Tải sổ theo dõi văn bản đến", "Downloaded the follow-up register"),
    ("tasks.answers_taken", "Tải bảng trả lời biểu hỏi", "Downloaded the answers to questions"),
    ("announcements.paper_taken", "Tải tệp của thông báo", "Downloaded a paper of an announcement"),
    ("tasks.answer_unlinked", "Gỡ văn bản trả lời", "Unlinked an answering letter"),
)


class TasksConfig(AppConfig):
    name = "nhipcau.tasks"
    label = "tasks"
    verbose_name = "Giao việc"

    def ready(self) -> None:
        from nhipcau.documents.incoming import intake
        from nhipcau.documents.lineage import amending
        from nhipcau.documents.registers import routing
        from nhipcau.org import handing_over
        from nhipcau.org.parts import register_part
        from nhipcau.tasks import (
            handover,
            jobs,  # noqa: F401 - importing registers the job
            reorganised,
        )
        from nhipcau.tasks.amended import TaskPart
        from nhipcau.tasks.announcements.reorganised import AnnouncementPart
        from nhipcau.tasks.obligations import draft_obligations
        from nhipcau.tasks.receivers import routed

        intake.follow(draft_obligations)
        routing.routes(routed)
        amending.register_part(TaskPart())
        handing_over.tell(handover.in_hand)
        register_part(reorganised.TaskPart())
        register_part(AnnouncementPart())
        catalogue.declare(*_ENTRIES)
