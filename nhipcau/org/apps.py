from django.apps import AppConfig

from nhipcau.audit import catalogue
from nhipcau.core import verifying


class OrgConfig(AppConfig):
    name = "nhipcau.org"
    label = "org"
    verbose_name = "Tổ chức"

    def ready(self) -> None:
        from nhipcau.org.verifying import TreeProof  # models are loaded only now

        verifying.register(TreeProof())
        catalogue.declare(
            ("org.imported", "Nhập cây tổ chức từ tệp", "Imported the organisation tree from a file"),
            ("org.reorganised", "Ghi sự kiện tổ chức", "Reorganised the tree"),
            ("org.post_created", "Lập chức danh", "Created a post"),
            ("org.person_added", "Ghi cán bộ", "Added an officer"),
            ("org.appointed", "Phân công người giữ chức danh", "Appointed a person to a post"),
            ("org.appointment_ended", "Kết thúc phân công", "Ended an appointment"),
            ("org.holiday_set", "Sửa lịch nghỉ", "Changed the calendar of days off"),
        )
