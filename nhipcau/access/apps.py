from django.apps import AppConfig

from nhipcau.audit import catalogue
from nhipcau.core import retaining


class AccessConfig(AppConfig):
    name = "nhipcau.access"
    label = "access"
    verbose_name = "Tài khoản"

    def ready(self) -> None:
        from nhipcau.access.ended import EndedSessions
        from nhipcau.access.sent import SentForms
        from nhipcau.access.tokens.once import KeptAnswers  # models are loaded only now

        retaining.register(KeptAnswers(), EndedSessions(), SentForms())
        catalogue.declare(
            ("access.account_opened", "Mở tài khoản", "Opened an account"),
            ("access.password_changed", "Đổi mật khẩu", "Changed the password"),
            ("access.password_reissued", "Cấp lại mật khẩu", "Gave out a new first password"),  # before codes
            ("access.code_given", "Cấp mã kích hoạt", "Gave out an entry code"),
            ("access.code_used", "Dùng mã kích hoạt", "Used an entry code"),
            ("access.second_added", "Đặt bước xác thực thứ hai", "Added a second step of signing in"),
            ("access.second_removed", "Bỏ bước xác thực thứ hai", "Removed a second step of signing in"),
            ("access.recovery_codes", "Lập mã dự phòng mới", "Made new recovery codes"),
            ("access.identity_linked", "Liên kết đăng nhập một cửa", "Linked a single sign-on"),
            ("access.identity_unlinked", "Bỏ liên kết đăng nhập một cửa", "Unlinked a single sign-on"),
            ("access.device_ended", "Đăng xuất thiết bị khác", "Signed other devices out"),
            ("access.mail_chosen", "Chọn thư điện tử", "Chose what mail to get"),
            ("access.mail_again", "Gửi lại tới địa chỉ thư từng bị trả", "Tried a refused address again"),
            ("access.calendar_given", "Cấp địa chỉ lịch", "Gave out a calendar address"),
            ("access.view_saved", "Lưu một cách xem", "Saved a view"),
            ("access.view_renamed", "Đổi tên cách xem", "Renamed a view"),
            ("access.view_default", "Chọn cách xem khi mở trang", "Chose the view a page opens with"),
            ("access.view_deleted", "Xóa một cách xem", "Deleted a view"),
            ("access.token_made", "Tạo mã truy cập cho chương trình", "Made an API token"),
            ("access.token_revoked", "Thu hồi mã truy cập", "Revoked an API token"),
            ("access.token_refused", "Từ chối mã truy cập", "Refused an API token"),
            ("access.calendar_ended", "Hủy địa chỉ lịch", "Ended a calendar address"),
        )
