from django.apps import AppConfig

from nhipcau.audit import catalogue


class OpsConfig(AppConfig):
    name = "nhipcau.ops"
    label = "ops"
    verbose_name = "Vận hành"

    def ready(self) -> None:
        catalogue.declare(
            ("ops.backed_up", "Sao lưu", "Made a backup"),
            ("ops.restored", "Phục hồi từ bản sao lưu", "Restored from a backup"),
            ("ops.upgraded", "Nâng cấp phiên bản", "Upgraded to a new version"),
            ("ops.store_copied", "Chép kho tệp sang nơi khác", "Copied the stored files to another place"),
            ("ops.store_pruned", "Dọn tệp không thuộc bản ghi nào", "Erased files that belong to no record"),
            ("ops.own_data_taken", "Lấy dữ liệu của chính mình", "Took one's own data"),
            ("ops.backup_tested", "Thử phục hồi bản sao lưu", "Tested a backup by restoring it"),
        )
