from django.apps import AppConfig

from nhipcau.audit import catalogue


class ExchangeConfig(AppConfig):
    name = "nhipcau.exchange"
    label = "exchange"
    verbose_name = "Trao đổi tệp"

    def ready(self) -> None:
        catalogue.declare(
            ("exchange.form_imported", "Nhập biểu mẫu Excel đã điền", "Imported a filled Excel form"),
            ("exchange.practice_made", "Lập bản tập huấn", "Made a practice copy"),
            ("exchange.taken_away", "Mang toàn bộ dữ liệu đi", "Took all data away"),
            ("exchange.table_taken", "Nhập bảng tính của đơn vị", "Took figures from a unit's own spreadsheet"),
        )
