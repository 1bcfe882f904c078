from django.apps import AppConfig

from nhipcau.audit import catalogue


class TasksConfig(AppConfig):
    name = "nhipcau.tasks"
    label = "tasks"
    verbose_name = "Giao việc"

    def ready(self) -> None:
        from nhipcau.documents.incoming import intake
        from nhipcau.documents.lineage import amending
        from nhipcau.documents.registers import routing
        from nhipcau.org.parts import register_part
        from nhipcau.tasks import (
            jobs,  # noqa: F401 - importing registers the job
            reorganised,
        )
        from nhipcau.tasks.amended import TaskPart
        from nhipcau.tasks.followup import routed
        from nhipcau.tasks.obligations import draft_obligations

        intake.follow(draft_obligations)
        routing.routes(routed)
        amending.register_part(TaskPart())
        register_part(reorganised.TaskPart())
        catalogue.declare(
            ("tasks.obligation_added", "Thêm yêu cầu", "Added an obligation"),
            ("tasks.obligation_edited", "Sửa yêu cầu", "Edited an obligation"),
            ("tasks.obligation_dropped", "Bỏ yêu cầu", "Dropped an obligation"),
            ("tasks.assigned", "Giao việc", "Assigned a task"),
            ("tasks.acknowledged", "Tiếp nhận việc", "Acknowledged a task"),
            ("tasks.passed_on", "Giao việc xuống dưới", "Passed a task on"),
            ("tasks.completed", "Báo cáo hoàn thành", "Reported a task done"),
            ("tasks.reopened", "Trả lại kết quả", "Sent a result back"),
            ("tasks.extension_asked", "Xin gia hạn", "Asked for more time"),
            ("tasks.extension_answered", "Trả lời xin gia hạn", "Answered a request for more time"),
            ("tasks.recalled", "Thôi giao vì văn bản bị thu hồi", "Closed with its recalled letter"),
            ("tasks.moved", "Chuyển việc sang văn bản thay thế", "Moved to the letter that replaced its own"),
            ("tasks.inherited", "Chuyển việc sang đơn vị kế thừa", "Handed work over after a reorganisation"),
            ("tasks.reminded", "Đôn đốc", "Sent reminders"),
            ("tasks.instructed", "Bút phê", "Wrote an instruction on a letter"),
            ("tasks.instruction_withdrawn", "Thôi bút phê", "Withdrew an instruction"),
            ("tasks.handler_named", "Phân công người giải quyết", "Named the post in charge"),
            ("tasks.proposed", "Ghi ý kiến đề xuất", "Wrote a proposal"),
            ("tasks.answer_linked", "Gắn văn bản trả lời", "Linked an answering letter"),
            ("tasks.answer_unlinked", "Gỡ văn bản trả lời", "Unlinked an answering letter"),
        )
