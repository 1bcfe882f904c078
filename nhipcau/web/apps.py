from django.apps import AppConfig
from django.core.checks import Tags, register


class WebConfig(AppConfig):
    name = "nhipcau.web"
    label = "web"
    verbose_name = "Trang"

    def ready(self) -> None:
        from nhipcau.web.checks import check_pages

        register(check_pages, Tags.urls)
