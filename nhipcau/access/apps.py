from django.apps import AppConfig

from nhipcau.audit import catalogue


class AccessConfig(AppConfig):
    name = "nhipcau.access"
    label = "access"
    verbose_name = "Tài khoản"

    def ready(self) -> None:
        catalogue.declare(("access.account_opened", "Mở tài khoản", "Opened an account"))
