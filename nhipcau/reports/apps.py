from django.apps import AppConfig

from nhipcau.audit import catalogue
from nhipcau.core import verifying

_ENTRIES = (
    ("reports.template_published", "Ban hành phiên bản biểu mẫu", "Published a template version"),
    ("reports.template_withdrawn", "Rút lại phiên bản biểu mẫu", "Took a template version back"),
    ("reports.design_begun", "Mở bản thảo biểu mẫu", "Began a version of a template"),
    ("reports.design_changed", "Sửa bản thảo biểu mẫu", "Changed a version in the making"),
    ("reports.design_dropped", "Bỏ bản thảo biểu mẫu", "Dropped a version in the making"),
    ("reports.figures_taken", "Tải bảng số liệu tổng hợp", "Downloaded consolidated figures"),
    ("reports.report_taken", "Tải báo cáo của đơn vị", "Downloaded a unit's report"),
    ("reports.form_taken", "Tải biểu mẫu điền", "Downloaded a form to fill in"),
    ("reports.draft_taken", "Tải bản thảo, bản trình ký", "Downloaded a draft for signature"),
    ("reports.issued_taken", "Tải báo cáo đã phát hành", "Downloaded an issued report"),
    ("reports.targets_taken", "Tải bảng kế hoạch giao", "Downloaded the table of plans"),
    ("reports.template_taken", "Tải tệp biểu mẫu", "Downloaded a template as a file"),
    ("reports.asked", "Yêu cầu trả lời bằng báo cáo", "Asked for a report as the answer"),
    ("reports.ask_dropped", "Thôi yêu cầu báo cáo", "Asked for a report no more"),
    ("reports.targets_given", "Giao kế hoạch", "Gave plans"),
    (
        "reports.targets_inherited",
        "Chuyển kế hoạch sang đơn vị kế thừa",
        "Handed plans over after a reorganisation",
    ),
    (
        "reports.draft_moved",
        "Chuyển báo cáo nháp sang phiên bản mới",
        "Moved a draft report to a new version",
    ),
    ("reports.draft_opened", "Mở báo cáo nháp", "Opened a draft report"),
    ("reports.draft_saved", "Lưu báo cáo nháp", "Saved a draft report"),
    ("reports.ready", "Trình ký duyệt báo cáo", "Marked a report ready for approval"),
    ("reports.taken_back", "Lấy lại báo cáo chờ duyệt để sửa", "Took a ready report back to correct it"),
    ("reports.submitted", "Gửi báo cáo", "Submitted a report"),
    ("reports.accepted", "Tiếp nhận báo cáo", "Accepted a report"),
    ("reports.returned", "Trả lại báo cáo", "Returned a report"),
    ("reports.issued", "Phát hành báo cáo", "Issued a report"),
    ("reports.signing_opened", "Mở bản trình ký", "Opened a draft for signature"),
    ("reports.read_back", "Nhận lời văn lãnh đạo đã sửa", "Took over prose the leader changed"),
    ("reports.numbered", "Cấp số, ngày cho bản đã ký", "Numbered and dated a signed report"),
    ("reports.copy_attached", "Gắn bản đã ký, đóng dấu khi phát hành", "Attached the sealed copy to issue"),
    ("reports.signing_withdrawn", "Rút bản trình ký", "Withdrew a draft from signature"),
    ("reports.stale", "Số liệu thay đổi sau khi chốt", "Figures changed after they were sealed"),
    ("reports.restated", "Chốt lại số liệu tổng hợp", "Sealed consolidated figures anew"),
    ("reports.carried_over", "Chuyển chênh lệch sang kỳ sau", "Carried a difference into the next period"),
    ("reports.covers_set", "Chọn đơn vị trong số gộp", "Chose the units in a lump figure"),
    ("reports.history_imported", "Nhập tệp số liệu cũ", "Imported a file of earlier periods"),
    ("reports.history_kept", "Giữ số liệu cũ của đơn vị", "Kept a unit's figures of an earlier period"),
    ("reports.entered", "Nhập thay báo cáo của đơn vị", "Entered a report for a unit"),
    ("reports.entry_confirmed", "Xác nhận báo cáo nhập thay", "Confirmed a report entered for the unit"),
    ("reports.own_signed_attached", "Đơn vị đính kèm bản đã ký", "Attached its signed report"),
    ("reports.dismissed", "Không điều chỉnh số liệu đã chốt", "Dismissed a change after sealing"),
)


class ReportsConfig(AppConfig):
    name = "nhipcau.reports"
    label = "reports"
    verbose_name = "Báo cáo"

    def ready(self) -> None:
        from nhipcau.documents.registers.books import holds  # models are loaded only now
        from nhipcau.org import handing_over
        from nhipcau.org.parts import register_part
        from nhipcau.reports import handover
        from nhipcau.reports.filling.asked import require_sent
        from nhipcau.reports.issuing.editions import holds_number
        from nhipcau.reports.issuing.signingproof import SigningProof
        from nhipcau.reports.planning.reorganised import PlanPart
        from nhipcau.reports.reorganised import ReportPart
        from nhipcau.reports.sealing.reportproof import ReportProof
        from nhipcau.reports.sealing.sealproof import SealProof
        from nhipcau.reports.totals.totalsproof import TotalsProof
        from nhipcau.tasks.required import demand

        demand(require_sent)
        handing_over.tell(handover.in_hand)
        register_part(ReportPart())
        register_part(PlanPart())
        verifying.register(SealProof(), ReportProof(), SigningProof(), TotalsProof())
        holds(holds_number)
        catalogue.declare(*_ENTRIES)
