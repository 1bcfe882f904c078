"""Why a backup is not made or not put back, each in its own plain sentence."""

from __future__ import annotations

from pathlib import Path

from nhipcau.core.errors import Conflict, NhipCauError, NotFound, UnreadableFile
from nhipcau.core.said import Said


def not_an_archive(path: Path) -> UnreadableFile:
    return UnreadableFile(
        Said(
            f"«{path}» không phải bản sao lưu của Nhịp Cầu. Hãy chọn tệp do «nhipcau backup» tạo ra.",
            f"“{path}” is not a backup made by “Nhịp Cầu”. Choose a file that “nhipcau backup” wrote.",
        )
    )


def no_such_archive(path: Path) -> NotFound:
    return NotFound(Said(f"Không tìm thấy tệp «{path}».", f"There is no file “{path}”."))


def damaged(path: Path, where: str) -> UnreadableFile:
    return UnreadableFile(
        Said(
            f"Bản sao lưu «{path}» bị hỏng ({where}). Chưa phục hồi gì cả; hãy dùng bản khác.",
            f"The backup “{path}” is damaged ({where}). Nothing was restored; use another one.",
        )
    )


def truncated(path: Path) -> UnreadableFile:
    return UnreadableFile(
        Said(
            f"Bản sao lưu «{path}» bị cắt cụt: thiếu phần cuối. Chưa phục hồi gì cả; hãy chép lại tệp hoặc dùng "
            "bản khác.",
            f"The backup “{path}” is cut short: its end is missing. Nothing was restored; copy the file again or "
            "use another one.",
        )
    )


def key_needed(path: Path) -> NhipCauError:
    return NhipCauError(
        Said(
            f"Bản sao lưu «{path}» được mã hóa. Hãy đưa tệp khóa: --key TỆP.",
            f"The backup “{path}” is encrypted. Give its key file: --key FILE.",
        )
    )


def wrong_key(path: Path) -> NhipCauError:
    return NhipCauError(
        Said(
            f"Khóa không mở được bản sao lưu «{path}». Bản sao lưu còn nguyên; hãy tìm đúng tệp khóa đã dùng khi "
            "sao lưu.",
            f"The key does not open the backup “{path}”. The backup is intact; find the key file it was made with.",
        )
    )


def public_key_only(path: Path) -> NhipCauError:
    return NhipCauError(
        Said(
            f"Bản sao lưu «{path}» được khóa bằng khóa công khai; cần tệp khóa bí mật đi kèm để mở.",
            f"The backup “{path}” was sealed with a public key; opening it takes the secret key file.",
        )
    )


def newer(path: Path, theirs: str, ours: str) -> Conflict:
    return Conflict(
        Said(
            f"Bản sao lưu «{path}» do phiên bản mới hơn tạo ra ({theirs}; máy này là {ours}). Chưa phục hồi gì cả; "
            "hãy nâng cấp Nhịp Cầu trên máy này rồi chạy lại.",
            f"The backup “{path}” was made by a newer version ({theirs}; this is {ours}). Nothing was restored; "
            "upgrade “Nhịp Cầu” on this machine and run it again.",
        )
    )


def other_database(path: Path, theirs: str, ours: str) -> Conflict:
    return Conflict(
        Said(
            f"Bản sao lưu «{path}» là của {theirs}, còn máy này đang dùng {ours}. Hãy đặt NHIPCAU_DATABASE_URL cho "
            f"{theirs} (bỏ trống nếu là SQLite) rồi chạy lại.",
            f"The backup “{path}” is of {theirs} and this instance uses {ours}. Set NHIPCAU_DATABASE_URL for "
            f"{theirs} (empty for SQLite) and run it again.",
        )
    )


def base_missing(path: Path, name: str) -> NotFound:
    return NotFound(
        Said(
            f"«{path}» là bản sao lưu phần thêm, cần bản gốc «{name}» của nó. Hãy để hai tệp cùng thư mục, hoặc "
            "chỉ ra bằng --base TỆP.",
            f"“{path}” holds only what is new and needs its base “{name}”. Put both in one directory, or name it "
            "with --base FILE.",
        )
    )


def base_unknown(path: Path) -> Conflict:
    return Conflict(
        Said(
            f"Máy này không có danh mục tệp của bản gốc «{path}» nên không biết đã lưu những tệp nào. Hãy làm một "
            "bản đầy đủ (bỏ --base).",
            f"This machine keeps no list of what the base “{path}” holds. Make a full backup (leave out --base).",
        )
    )


def not_empty() -> Conflict:
    return Conflict(
        Said(
            "Máy này đã có dữ liệu, không ghi đè. Muốn thay bằng bản sao lưu, hãy thêm --replace: dữ liệu đang "
            "có được dời sang một bên, không bị xóa.",
            "This instance holds data, which is not overwritten. To put the backup in its place add "
            "--replace: what is here is moved aside, not erased.",
        )
    )


def in_use() -> Conflict:
    return Conflict(
        Said(
            "Dữ liệu đang được một tiến trình khác dùng. Hãy dừng «nhipcau serve», «nhipcau worker» rồi chạy lại.",
            "Another process is using the data. Stop “nhipcau serve” and “nhipcau worker” and run it again.",
        )
    )


def no_such_folder(path: Path) -> NotFound:
    return NotFound(
        Said(
            f"Không thấy thư mục sao lưu «{path}». Ổ đĩa đã được gắn chưa? Chưa sao lưu gì cả.",
            f"There is no backup directory “{path}”. Is its disk mounted? Nothing was backed up.",
        )
    )


def target_taken(path: Path) -> Conflict:
    return Conflict(
        Said(
            f"«{path}» đã có, không ghi đè. Hãy chọn tên khác.",
            f"“{path}” exists and is not overwritten. Choose another name.",
        )
    )


class Busy(Conflict):
    """Another one is at it."""


def already_running() -> Busy:
    return Busy(
        Said(
            "Một lần sao lưu hoặc phục hồi khác đang chạy. Hãy đợi nó xong.",
            "Another backup or restore is running. Wait until it is done.",
        )
    )


def bad_key_file(path: Path, why: Said) -> UnreadableFile:
    return UnreadableFile(
        Said(f"Không dùng được tệp khóa «{path}»: {why}.", f"The key file “{path}” cannot be used: {why.en}.")
    )


def may_not_stage(error: Exception) -> NhipCauError:
    return NhipCauError(
        Said(
            f"PostgreSQL không cho lập chỗ tạm để phục hồi ({error}). Người dùng cơ sở dữ liệu cần quyền: "
            "GRANT CREATE ON DATABASE … TO …",
            f"PostgreSQL does not permit the room to restore into ({error}). The database user needs: "
            "GRANT CREATE ON DATABASE … TO …",
        )
    )
