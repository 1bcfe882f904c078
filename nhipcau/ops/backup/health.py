"""What `doctor` says of the backups, and the card that lies beside the server for the day they are needed."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection

from nhipcau import __version__
from nhipcau.core.clock import VN
from nhipcau.documents.storing import files
from nhipcau.ops.backup import place, records
from nhipcau.ops.backup.records import Record
from nhipcau.ops.backup.schedule import last_test
from nhipcau.press.card import Card, CardStep, Facts, Steps

TOO_OLD = dt.timedelta(hours=36)
TEST_TOO_OLD = dt.timedelta(days=40)
INSTALLED = "/opt/nhipcau"  # where deploy/install.sh puts the program
SERVICES = "nhipcau-web nhipcau-worker"
Line = tuple[str, bool, bool, str]


def lines(at: dt.datetime) -> Iterator[Line]:
    """(name, whether it is well, whether it must be, what to say)."""
    wanted = bool(settings.BACKUP_DIR)
    newest = _newest()
    if not wanted:
        yield "Sao lưu", False, False, f"chưa tự động; đặt NHIPCAU_BACKUP_DIR; {_told(newest, at)}"
    else:
        fault = _fault(newest, at)
        yield "Sao lưu", not fault, True, fault or _told(newest, at)
        yield from _remarks()
    if newest is not None or wanted:
        yield _test(at, wanted)


def _newest() -> Record | None:
    found = records.every()
    return found[-1] if found else None


def _fault(newest: Record | None, at: dt.datetime) -> str:
    if not Path(settings.BACKUP_DIR).is_dir():
        return f"không thấy thư mục {settings.BACKUP_DIR}; ổ đĩa đã được gắn chưa?"
    if newest is None:
        return "chưa có bản nào; «nhipcau worker» sao lưu lúc 1 giờ 30, hoặc chạy «nhipcau backup --nightly»"
    if not Path(newest.path).is_file():
        return f"không còn thấy bản gần nhất «{newest.path}»"
    if at - dt.datetime.fromisoformat(newest.made_at) > TOO_OLD:
        return f"bản gần nhất đã cũ: {_told(newest, at)}"
    if newest.faulty:
        return f"bản gần nhất thiếu {newest.faulty} tệp hỏng trong kho; chạy «nhipcau verify»"
    return ""


def _told(newest: Record | None, at: dt.datetime) -> str:
    if newest is None:
        return "chưa có bản sao lưu nào"
    hours = int((at - dt.datetime.fromisoformat(newest.made_at)).total_seconds() // 3600)
    return f"bản gần nhất {_moment(newest.made_at)} ({hours} giờ trước): {newest.path}"


def _remarks() -> Iterator[Line]:
    folder = Path(settings.BACKUP_DIR)
    if folder.is_dir() and folder.stat().st_dev == place.data_dir().stat().st_dev:
        yield "Nơi sao lưu", False, False, f"{folder} cùng ổ đĩa với dữ liệu: hỏng ổ là mất cả hai"
    if not settings.BACKUP_KEY:
        yield "Khóa sao lưu", False, False, "chưa mã hóa; «nhipcau backup --new-key» rồi đặt NHIPCAU_BACKUP_KEY"


def _test(at: dt.datetime, wanted: bool) -> Line:
    tested = last_test()
    if tested is None:
        return "Thử phục hồi", False, False, "chưa thử lần nào; chạy «nhipcau backup --test»"
    if tested.fault:
        return "Thử phục hồi", False, wanted, f"{tested.name}: {tested.fault}"
    recent = at - dt.datetime.fromisoformat(tested.at) <= TEST_TOO_OLD
    says = f"{tested.name} phục hồi được lúc {_moment(tested.at)}: {tested.rows} dòng, {tested.files} tệp"
    return "Thử phục hồi", recent, wanted, says


def _moment(text: str) -> str:
    return f"{dt.datetime.fromisoformat(text).astimezone(VN):%d/%m/%Y %H:%M}"


def card(at: dt.datetime) -> Card:
    """One page for whoever stands before the broken machine."""
    return Card(
        title="PHIẾU PHỤC HỒI NHỊP CẦU",
        printed=f"in lúc {_moment(at.isoformat())}",
        note="In ra, cất cạnh máy chủ và ở một nơi khác. Không ghi mật khẩu hay khóa lên phiếu này.",
        facts=[Facts("ĐANG CHẠY", _running()), Facts("BẢN SAO LƯU", _kept())],
        steps=[
            Steps("KHI MÁY HỎNG", list(_steps())),
            Steps("KHI MÁY CÒN CHẠY NHƯNG DỮ LIỆU SAI", [CardStep(_WRONG)]),
        ],
        people=["NGƯỜI GIỮ KHÓA BÍ MẬT:", "NGƯỜI HỖ TRỢ:"],
    )


_STORAGE = "NHIPCAU_STORAGE_URL=s3://…   (kho còn dùng được, hoặc một kho trống)"
_WRONG = "Dừng serve và worker ở mọi máy, thêm --replace vào lệnh restore. Dữ liệu cũ được dời đi, không bị xóa."


def _running() -> list[tuple[str, str]]:
    return [
        ("Phiên bản", __version__),
        ("Thư mục dữ liệu", str(settings.DATA_DIR)),
        ("Cơ sở dữ liệu", _database()),
        ("Kho tệp", files.kept().where),
    ]


def _kept() -> list[tuple[str, str]]:
    newest, tested = _newest(), last_test()
    below = records.chain(newest)[1:] if newest else []
    return [
        ("Nơi để", settings.BACKUP_DIR or "(chưa đặt)"),
        ("Khóa", settings.BACKUP_KEY or "(không mã hóa)"),
        ("Gần nhất", f"{newest.path}, {_moment(newest.made_at)}" if newest else "(chưa có)"),
        *(("Dựa trên", one.path) for one in below),
        ("Thử phục hồi", "(chưa)" if tested is None else tested.fault or f"được, {_moment(tested.at)}"),
    ]


def _steps() -> Iterator[CardStep]:
    newest = _newest()
    rests = newest is not None and bool(newest.base)
    restore = f"restore {'--key KHÓA_BÍ_MẬT ' if newest and newest.key else ''}"
    path = newest.path if newest else "TỆP"
    yield from _service() if _is_service() else _by_hand()
    yield CardStep(f"Gắn ổ đĩa có bản sao lưu{'; cần mọi tệp kể trên' if rests else ''}.")
    if _is_service():
        stopped = [f"sudo systemctl stop {SERVICES}", f"sudo nhipcau {restore}--replace {path}"]
        yield CardStep("Dừng dịch vụ, phục hồi (người dùng nhipcau phải đọc được các tệp ấy):", stopped)
    else:
        yield CardStep("Phục hồi:", [f".venv/bin/nhipcau {restore}{path}"])
    yield CardStep(
        "Lệnh phải nói: «Đối chiếu: không có gì sai khác.» Nếu không, giữ nguyên mọi thứ và gọi người hỗ trợ."
    )
    serve = f"sudo systemctl start {SERVICES}" if _is_service() else "./run serve"
    yield CardStep("Mở lại, đăng nhập và mở báo cáo gần nhất để xem:", [serve])
    doctor = "sudo nhipcau doctor" if _is_service() else ".venv/bin/nhipcau doctor"
    yield CardStep("Xem còn thiếu gì, và sao lưu ngay một bản đầy đủ:", [doctor])


def _is_service() -> bool:
    """Whether this is what deploy/install.sh put there."""
    return Path(sys.prefix).is_relative_to(INSTALLED)


def _service() -> Iterator[CardStep]:
    host = next(iter(settings.ALLOWED_HOSTS), "TÊN_MIỀN")
    yield CardStep(
        f"Máy mới: Debian hoặc Ubuntu; chép mã nguồn Nhịp Cầu bản {__version__} hoặc mới hơn, rồi ở đó:",
        [f"sudo deploy/install.sh --host {host}"],
    )
    if files.kept().shared:
        yield CardStep("Khai kho tệp trong /etc/nhipcau/nhipcau.env:", [_STORAGE])


def _by_hand() -> Iterator[CardStep]:
    settings_of = [f"export NHIPCAU_DATA_DIR={settings.DATA_DIR}"]
    if place.kind() == place.POSTGRESQL:
        settings_of.append("export NHIPCAU_DATABASE_URL=postgresql://…   (cơ sở dữ liệu trống)")
    if files.kept().shared:
        settings_of.append(f"export {_STORAGE}")
    yield CardStep(
        f"Máy mới: Debian hoặc Ubuntu, Python 3.11-3.13; chép Nhịp Cầu bản {__version__} hoặc mới hơn, rồi:",
        ["./run setup"],
    )
    yield CardStep("Đặt biến môi trường:", settings_of)


def _database() -> str:
    at = connection.settings_dict
    return f"PostgreSQL «{at['NAME']}» tại {at['HOST']}" if place.kind() == place.POSTGRESQL else "SQLite"
