from django.apps import AppConfig

from nhipcau.audit import catalogue
from nhipcau.core import retaining, verifying


class DocumentsConfig(AppConfig):
    name = "nhipcau.documents"
    label = "documents"
    verbose_name = "Văn bản"

    def ready(self) -> None:
        from nhipcau.documents.incoming import (  # models are loaded only now
            intake,
            scanning,  # noqa: F401 - registers the job
            unread,
        )
        from nhipcau.documents.registers.proof import RegisterProof
        from nhipcau.documents.registers.reorganised import RegisterPart
        from nhipcau.documents.search.proof import SearchProof
        from nhipcau.documents.storing.fileproof import FileProof
        from nhipcau.documents.storing.fingerprint import remember
        from nhipcau.org.parts import register_part

        intake.follow(remember)
        register_part(RegisterPart())
        verifying.register(RegisterProof(), FileProof(), SearchProof())
        retaining.register(unread.UnreadScans())
        catalogue.declare(
            ("documents.received", "Nhận văn bản đến", "Received a letter"),
            ("documents.scan_received", "Nhận bản quét để nhận dạng chữ", "Received a scan to be recognised"),
            ("documents.scan_failed", "Không nhận dạng được bản quét", "Could not recognise a scan"),
            ("documents.scan_retried", "Thử nhận dạng lại bản quét", "Tried a scan once more"),
            ("documents.scan_dropped", "Bỏ bản quét chưa thành văn bản", "Dropped a scan that is no letter yet"),
            ("documents.scan_swept", "Xóa bản quét quá hạn lưu giữ", "Erased a scan that was kept long enough"),
            ("documents.kept_out", "Từ chối văn bản không được đưa vào hệ thống", "Kept a paper out"),
            ("documents.copy_joined", "Ghép bản khác vào văn bản đã có", "Joined a copy to its letter"),
            ("documents.registered", "Vào sổ văn bản đến", "Registered an incoming letter"),
            ("documents.issued", "Cấp số văn bản đi", "Numbered an outgoing letter"),
            ("documents.register_opened", "Mở sổ đăng ký", "Opened a register"),
            ("documents.register_closed", "Đóng sổ đăng ký", "Closed a register"),
            ("documents.block_reserved", "Giữ một dãy số để ghi tay", "Reserved a block of numbers"),
            ("documents.number_reserved", "Giữ một số để ghi tay", "Reserved a number"),
            ("documents.block_ended", "Kết thúc đợt giữ số", "Ended a block of numbers"),
            ("documents.number_voided", "Hủy số", "Voided a number"),
            ("documents.line_filled", "Ghi thêm cột trong sổ", "Filled columns of a line"),
            ("documents.petition_entered", "Vào sổ tiếp nhận đơn", "Registered a complaint or denunciation"),
            ("documents.copy_made", "Sao văn bản", "Made a copy of a letter"),
            ("documents.acknowledged", "Báo đã nhận văn bản", "Acknowledged a letter"),
            (
                "documents.amended",
                "Thu hồi, thay thế, đính chính văn bản",
                "Recalled, replaced or corrected a letter",
            ),
            ("documents.citation_linked", "Nối viện dẫn với văn bản trong sổ", "Linked a citation by hand"),
            ("documents.citation_declined", "Bác một văn bản được gợi ý", "Declined a letter that was proposed"),
            ("documents.citation_waived", "Không cần văn bản được viện dẫn", "Waived a cited letter"),
            ("documents.original_taken", "Tải tệp văn bản", "Downloaded the file of a letter"),
            ("documents.copy_taken", "Tải bản sao văn bản", "Downloaded a copy of a letter"),
            ("documents.register_taken", "Tải sổ đăng ký", "Downloaded a register"),
            ("documents.petitions_read", "Xem sổ tiếp nhận đơn", "Read the register of complaints"),
            ("documents.discarded", "Bỏ văn bản chưa vào sổ", "Discarded an unregistered letter"),
        )
