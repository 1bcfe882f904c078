from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "nhipcau.outbox"
    label = "outbox"
    verbose_name = "Việc chờ chạy"
