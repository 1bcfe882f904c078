from django.apps import AppConfig

from nhipcau.audit import catalogue


class AuditConfig(AppConfig):
    name = "nhipcau.audit"
    label = "audit"
    verbose_name = "Nhật ký"

    def ready(self) -> None:
        catalogue.declare(
            ("boundary.refused", "Từ chối nội dung ngoài phạm vi", "Refused text beyond the boundary")
        )
