from django.apps import AppConfig

from nhipcau.audit import catalogue


class DocumentsConfig(AppConfig):
    name = "nhipcau.documents"
    label = "documents"
    verbose_name = "Văn bản"

    def ready(self) -> None:
        catalogue.declare(
            ("documents.received", "Nhận văn bản đến", "Received a letter"),
            ("documents.kept_out", "Từ chối văn bản không được đưa vào hệ thống", "Kept a paper out"),
            ("documents.copy_joined", "Ghép bản khác vào văn bản đã có", "Joined a copy to its letter"),
            ("documents.registered", "Vào sổ văn bản đến", "Registered an incoming letter"),
            ("documents.issued", "Cấp số văn bản đi", "Numbered an outgoing letter"),
            ("documents.register_opened", "Mở sổ đăng ký", "Opened a register"),
            ("documents.number_voided", "Hủy số", "Voided a number"),
        )
