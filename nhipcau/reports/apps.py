from django.apps import AppConfig

from nhipcau.audit import catalogue


class ReportsConfig(AppConfig):
    name = "nhipcau.reports"
    label = "reports"
    verbose_name = "Báo cáo"

    def ready(self) -> None:
        catalogue.declare()
