from django.apps import AppConfig

from nhipcau.audit import catalogue


class ReportsConfig(AppConfig):
    name = "nhipcau.reports"
    label = "reports"
    verbose_name = "Báo cáo"

    def ready(self) -> None:
        from nhipcau.documents.registers import holds  # models are loaded only now
        from nhipcau.reports.issuing import holds_number

        holds(holds_number)
        catalogue.declare(
            ("reports.template_published", "Ban hành phiên bản biểu mẫu", "Published a template version"),
            ("reports.draft_opened", "Mở báo cáo nháp", "Opened a draft report"),
            ("reports.draft_saved", "Lưu báo cáo nháp", "Saved a draft report"),
            ("reports.ready", "Trình ký duyệt báo cáo", "Marked a report ready for approval"),
            ("reports.taken_back", "Lấy lại báo cáo chờ duyệt để sửa", "Took a ready report back to correct it"),
            ("reports.submitted", "Gửi báo cáo", "Submitted a report"),
            ("reports.accepted", "Tiếp nhận báo cáo", "Accepted a report"),
            ("reports.returned", "Trả lại báo cáo", "Returned a report"),
            ("reports.issued", "Phát hành báo cáo", "Issued a report"),
            ("reports.stale", "Số liệu thay đổi sau khi chốt", "Figures changed after they were sealed"),
            ("reports.restated", "Chốt lại số liệu tổng hợp", "Sealed consolidated figures anew"),
            ("reports.carried_over", "Chuyển chênh lệch sang kỳ sau", "Carried a difference into the next period"),
            ("reports.dismissed", "Không điều chỉnh số liệu đã chốt", "Dismissed a change after sealing"),
        )
