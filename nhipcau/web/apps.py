from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "nhipcau.web"
    label = "web"
    verbose_name = "Trang"
