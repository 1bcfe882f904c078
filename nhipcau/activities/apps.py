from django.apps import AppConfig

from nhipcau.audit import catalogue
from nhipcau.core import verifying


class ActivitiesConfig(AppConfig):
    name = "nhipcau.activities"
    label = "activities"
    verbose_name = "Hoạt động"

    def ready(self) -> None:
        from nhipcau.activities.verifying import ActivityProof  # models are loaded only now

        verifying.register(ActivityProof())
        catalogue.declare(
            ("activities.type_defined", "Khai loại hoạt động", "Defined a type of activity"),
            ("activities.recorded", "Ghi hoạt động", "Recorded an activity"),
            ("activities.withdrawn", "Rút hoạt động", "Withdrew an activity"),
        )
