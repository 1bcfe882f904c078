from django.apps import AppConfig

from nhipcau.audit import catalogue
from nhipcau.core import retaining, verifying


class ActivitiesConfig(AppConfig):
    name = "nhipcau.activities"
    label = "activities"
    verbose_name = "Hoạt động"

    def ready(self) -> None:
        from nhipcau.activities import handover
        from nhipcau.activities.photos import WaitingPhotos  # models are loaded only now
        from nhipcau.activities.reorganised import ActivityPart
        from nhipcau.activities.reorganised_plans import PlannedPart
        from nhipcau.activities.verifying import ActivityProof
        from nhipcau.org import handing_over
        from nhipcau.org.parts import register_part

        handing_over.tell(handover.in_hand)
        register_part(ActivityPart())
        register_part(PlannedPart())
        verifying.register(ActivityProof())
        retaining.register(WaitingPhotos())
        catalogue.declare(
            ("activities.type_defined", "Khai loại hoạt động", "Defined a type of activity"),
            ("activities.recorded", "Ghi hoạt động", "Recorded an activity"),
            ("activities.planned", "Ghi hoạt động dự kiến", "Planned an activity"),
            ("activities.plan_dropped", "Thôi hoạt động dự kiến", "Dropped a planned activity"),
            ("activities.corrected", "Sửa hoạt động", "Corrected an activity"),
            ("activities.photos_sent", "Gửi ảnh, khuôn mặt đã che", "Sent photographs, faces covered"),
            ("activities.photo_covered", "Che thêm trên ảnh", "Covered more of a photograph"),
            ("activities.photo_dropped", "Bỏ ảnh chờ xem lại", "Dropped a waiting photograph"),
            ("activities.photos_kept", "Lưu ảnh đã xem lại", "Kept photographs after a look"),
            ("activities.partner_confirmed", "Xác nhận cùng làm", "Confirmed having taken part"),
            ("activities.partner_declined", "Báo không cùng làm", "Said not to have taken part"),
            (
                "activities.partners_inherited",
                "Chuyển câu hỏi phối hợp sang đơn vị kế thừa",
                "Handed partners' questions over after a reorganisation",
            ),
            (
                "activities.plans_inherited",
                "Chuyển hoạt động dự kiến sang đơn vị kế thừa",
                "Handed planned activities over after a reorganisation",
            ),
            ("activities.paper_taken", "Mở giấy tờ, ảnh của hoạt động", "Opened a paper or picture of an activity"),
            ("activities.withdrawn", "Rút hoạt động", "Withdrew an activity"),
        )
