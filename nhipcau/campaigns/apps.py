from django.apps import AppConfig

from nhipcau.audit import catalogue
from nhipcau.core import verifying


class CampaignsConfig(AppConfig):
    name = "nhipcau.campaigns"
    label = "campaigns"
    verbose_name = "Chiến dịch"

    def ready(self) -> None:
        from nhipcau.campaigns import handover
        from nhipcau.campaigns.closing import holds_number  # models are loaded only now
        from nhipcau.campaigns.reorganised import CampaignPart
        from nhipcau.campaigns.verifying import ClosingProof, QuizProof
        from nhipcau.documents.registers.books import holds
        from nhipcau.org import handing_over
        from nhipcau.org.parts import register_part

        handing_over.tell(handover.in_hand)
        register_part(CampaignPart())
        verifying.register(QuizProof(), ClosingProof())
        holds(holds_number)
        catalogue.declare(
            ("campaigns.created", "Soạn chiến dịch", "Drafted a campaign"),
            ("campaigns.edited", "Sửa chiến dịch đang soạn", "Edited a draft campaign"),
            ("campaigns.measures_chosen", "Chọn số liệu của buổi", "Chose what counts of a session"),
            ("campaigns.goals_set", "Đặt mục tiêu chiến dịch", "Set goals of a campaign"),
            ("campaigns.opened", "Mở chiến dịch", "Opened a campaign"),
            ("campaigns.extended", "Gia hạn chiến dịch", "Extended a campaign"),
            (
                "campaigns.inherited",
                "Chuyển chiến dịch, mục tiêu sang đơn vị kế thừa",
                "Handed campaigns and goals over after a reorganisation",
            ),
            ("campaigns.closed", "Kết thúc chiến dịch", "Closed a campaign"),
            ("campaigns.cancelled", "Hủy bỏ chiến dịch", "Cancelled a campaign"),
            ("campaigns.material_added", "Thêm tài liệu chiến dịch", "Added campaign material"),
            ("campaigns.material_revised", "Ra bản tài liệu mới", "Revised campaign material"),
            ("campaigns.material_withdrawn", "Rút tài liệu chiến dịch", "Withdrew campaign material"),
            ("campaigns.quiz_created", "Tạo bài trắc nghiệm", "Created a quiz"),
            ("campaigns.quiz_written", "Sửa câu hỏi trắc nghiệm", "Wrote questions of a quiz"),
            ("campaigns.quiz_opened", "Mở bài trắc nghiệm", "Opened a quiz"),
            ("campaigns.quiz_closed", "Đóng bài trắc nghiệm", "Closed a quiz"),
            ("campaigns.report_drafted", "Lập số liệu báo cáo chiến dịch", "Drafted a campaign's report"),
            ("campaigns.report_written", "Sửa lời báo cáo chiến dịch", "Wrote a campaign's report"),
            ("campaigns.report_numbered", "Cấp số báo cáo chiến dịch", "Numbered a campaign's report"),
            ("campaigns.report_taken_back", "Rút số báo cáo chiến dịch", "Took back a campaign report's number"),
            ("campaigns.report_issued", "Phát hành báo cáo chiến dịch", "Issued a campaign's report"),
            ("campaigns.results_taken", "Tải bảng kết quả chiến dịch", "Downloaded a campaign's results"),
            ("campaigns.material_taken", "Tải tài liệu chiến dịch", "Downloaded campaign material"),
            ("campaigns.poster_taken", "Tải áp phích chiến dịch", "Downloaded a campaign's poster"),
            ("campaigns.report_taken", "Tải báo cáo chiến dịch", "Downloaded a campaign's report"),
            ("campaigns.session_counted", "Tính hoạt động vào chiến dịch", "Counted an activity in a campaign"),
            ("campaigns.session_taken_out", "Bỏ hoạt động khỏi chiến dịch", "Took an activity out of a campaign"),
        )
