from django.apps import AppConfig

from nhipcau.audit import catalogue


class AnalyticsConfig(AppConfig):
    name = "nhipcau.analytics"
    label = "analytics"
    verbose_name = "Phân tích số liệu"

    def ready(self) -> None:
        catalogue.declare(
            ("analytics.saved", "Lưu bảng phân tích", "Saved an analysis"),
            ("analytics.deleted", "Xóa bảng phân tích", "Deleted an analysis"),
            ("analytics.exported", "Tải số liệu phân tích ra tệp", "Exported figures of an analysis"),
        )
