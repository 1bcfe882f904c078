from django.apps import AppConfig

from nhipcau.core import retaining


class OutboxConfig(AppConfig):
    name = "nhipcau.outbox"
    label = "outbox"
    verbose_name = "Việc chờ chạy"

    def ready(self) -> None:
        from nhipcau.outbox.mail import SentMail  # models are loaded only now

        retaining.register(SentMail())
