from django.apps import AppConfig

from nhipcau.audit import catalogue


class ActivitiesConfig(AppConfig):
    name = "nhipcau.activities"
    label = "activities"
    verbose_name = "Hoạt động"

    def ready(self) -> None:
        catalogue.declare()
