from django.apps import AppConfig

from nhipcau.audit import catalogue
from nhipcau.core import retaining, verifying


class OrgConfig(AppConfig):
    name = "nhipcau.org"
    label = "org"
    verbose_name = "Tổ chức"

    def ready(self) -> None:
        from nhipcau.org import handing_over, parts, reorganising  # noqa: F401 - importing registers the job
        from nhipcau.org.leaving import LeftContacts
        from nhipcau.org.posts_part import PostPart
        from nhipcau.org.verifying import TreeProof  # models are loaded only now

        verifying.register(TreeProof())
        retaining.register(LeftContacts())
        parts.register_part(PostPart())
        handing_over.tell(handing_over.delegations_in_hand)
        catalogue.declare(
            ("org.imported", "Nhập cây tổ chức từ tệp", "Imported the organisation tree from a file"),
            ("org.reorganised", "Ghi sự kiện tổ chức", "Reorganised the tree"),
            ("org.reorganisation_carried_out", "Thực hiện sự kiện tổ chức", "Carried a reorganisation out"),
            ("org.reorganisation_undone", "Hoàn tác sự kiện tổ chức", "Undid a reorganisation"),
            ("org.post_created", "Lập chức danh", "Created a post"),
            ("org.person_added", "Ghi cán bộ", "Added an officer"),
            ("org.email_changed", "Đổi thư điện tử của cán bộ", "Changed an officer's e-mail address"),
            (
                "org.contact_erased",
                "Xóa cách liên lạc của người đã thôi",
                "Erased how to reach one who left",
            ),
            ("org.appointed", "Phân công người giữ chức danh", "Appointed a person to a post"),
            ("org.appointment_ended", "Kết thúc phân công", "Ended an appointment"),
            ("org.directory_taken", "Tải danh bạ", "Downloaded the directory"),
            ("org.minutes_taken", "Tải biên bản bàn giao", "Downloaded handover minutes"),
            ("org.delegated", "Ủy quyền", "Delegated duties"),
            ("org.delegation_ended", "Kết thúc ủy quyền", "Ended a delegation"),
            ("org.holiday_set", "Sửa lịch nghỉ", "Changed the calendar of days off"),
        )
