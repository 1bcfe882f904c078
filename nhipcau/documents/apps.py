from django.apps import AppConfig

from nhipcau.audit import catalogue


class DocumentsConfig(AppConfig):
    name = "nhipcau.documents"
    label = "documents"
    verbose_name = "Văn bản"

    def ready(self) -> None:
        catalogue.declare()
