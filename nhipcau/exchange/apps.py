from django.apps import AppConfig

from nhipcau.audit import catalogue


class ExchangeConfig(AppConfig):
    name = "nhipcau.exchange"
    label = "exchange"
    verbose_name = "Trao đổi tệp"

    def ready(self) -> None:
        catalogue.declare(
            ("exchange.form_imported", "Nhập biểu mẫu Excel đã điền", "Imported a filled Excel form"),
        )
