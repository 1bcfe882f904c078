from django.apps import AppConfig

from nhipcau.audit import catalogue


class TasksConfig(AppConfig):
    name = "nhipcau.tasks"
    label = "tasks"
    verbose_name = "Giao việc"

    def ready(self) -> None:
        catalogue.declare()
