from django.apps import AppConfig

from nhipcau.audit import catalogue


class AccessConfig(AppConfig):
    name = "nhipcau.access"
    label = "access"
    verbose_name = "Tài khoản"

    def ready(self) -> None:
        catalogue.declare(
            ("access.account_opened", "Mở tài khoản", "Opened an account"),
            ("access.mail_chosen", "Chọn thư điện tử", "Chose what mail to get"),
            ("access.calendar_given", "Cấp địa chỉ lịch", "Gave out a calendar address"),
            ("access.calendar_ended", "Hủy địa chỉ lịch", "Ended a calendar address"),
        )
