from django.apps import AppConfig

from nhipcau.audit import catalogue
from nhipcau.core import verifying


class AuditConfig(AppConfig):
    name = "nhipcau.audit"
    label = "audit"
    verbose_name = "Nhật ký"

    def ready(self) -> None:
        from nhipcau.audit.verifying import AuditProof  # models are loaded only now

        verifying.register(AuditProof())
        catalogue.declare(
            ("boundary.refused", "Từ chối nội dung ngoài phạm vi", "Refused text beyond the boundary"),
            ("audit.log_taken", "Lấy nhật ký ra tệp", "Took a stretch of the log as a file"),
            ("audit.sight_asked", "Hỏi vì sao một chức danh thấy", "Asked why a post sees a thing"),
        )
