from django.apps import AppConfig

from nhipcau.audit import catalogue


class AccessConfig(AppConfig):
    name = "nhipcau.access"
    label = "access"
    verbose_name = "Tài khoản"

    def ready(self) -> None:
        catalogue.declare(
            ("access.account_opened", "Mở tài khoản", "Opened an account"),
            ("access.password_changed", "Đổi mật khẩu", "Changed the password"),
            ("access.password_reissued", "Cấp lại mật khẩu", "Gave out a new first password"),
            ("access.mail_chosen", "Chọn thư điện tử", "Chose what mail to get"),
            ("access.mail_again", "Gửi lại tới địa chỉ thư từng bị trả", "Tried a refused address again"),
            ("access.calendar_given", "Cấp địa chỉ lịch", "Gave out a calendar address"),
            ("access.view_saved", "Lưu một cách xem", "Saved a view"),
            ("access.view_renamed", "Đổi tên cách xem", "Renamed a view"),
            ("access.view_default", "Chọn cách xem khi mở trang", "Chose the view a page opens with"),
            ("access.view_deleted", "Xóa một cách xem", "Deleted a view"),
            ("access.calendar_ended", "Hủy địa chỉ lịch", "Ended a calendar address"),
        )
