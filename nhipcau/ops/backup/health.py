"""What `doctor` says of the backups, and the card that lies beside the server for the day they are needed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection

from nhipcau import __version__
from nhipcau.core.clock import VN
from nhipcau.ops.backup import place, records
from nhipcau.ops.backup.records import Record
from nhipcau.ops.backup.schedule import last_test

TOO_OLD = dt.timedelta(hours=36)
TEST_TOO_OLD = dt.timedelta(days=40)
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


CARD = """\
PHIẾU PHỤC HỒI NHỊP CẦU                                   in lúc {printed}
In ra, cất cạnh máy chủ và ở một nơi khác. Không ghi mật khẩu hay khóa lên phiếu này.

ĐANG CHẠY
  Phiên bản         {product}
  Thư mục dữ liệu   {data}
  Cơ sở dữ liệu     {database}

BẢN SAO LƯU
  Nơi để            {folder}
  Khóa              {key}
  Gần nhất          {newest}
{rests}  Thử phục hồi      {tested}

KHI MÁY HỎNG
  1. Máy mới: Debian hoặc Ubuntu, Python 3.11-3.13; chép Nhịp Cầu bản {product} hoặc mới hơn; ./run setup
  2. Đặt biến môi trường:
       export NHIPCAU_DATA_DIR={data}{url}
  3. Gắn ổ đĩa có bản sao lưu{fetch}
  4. .venv/bin/nhipcau restore {secret}{file}
  5. Lệnh phải nói: «Đối chiếu: không có gì sai khác.» Nếu không, giữ nguyên mọi thứ và gọi người hỗ trợ.
  6. ./run serve, rồi đăng nhập và mở báo cáo gần nhất để xem.
  7. .venv/bin/nhipcau doctor, và sao lưu ngay một bản đầy đủ.

KHI MÁY CÒN CHẠY NHƯNG DỮ LIỆU SAI
  Dừng serve và worker, thêm --replace ở bước 4. Dữ liệu cũ được dời sang một bên, không bị xóa.

NGƯỜI GIỮ KHÓA BÍ MẬT: ..............................  ĐIỆN THOẠI: ....................
NGƯỜI HỖ TRỢ:          ..............................  ĐIỆN THOẠI: ....................
"""


def card(at: dt.datetime) -> str:
    """One page for whoever stands before the broken machine."""
    newest, tested = _newest(), last_test()
    postgres = place.kind() == place.POSTGRESQL
    file = newest.path if newest else "TỆP"
    below = records.chain(newest)[1:] if newest else []
    return CARD.format(
        printed=_moment(at.isoformat()),
        product=__version__,
        data=settings.DATA_DIR,
        database=_database(),
        folder=settings.BACKUP_DIR or "(chưa đặt)",
        key=settings.BACKUP_KEY or "(không mã hóa)",
        newest=f"{file}, {_moment(newest.made_at)}" if newest else "(chưa có)",
        rests="".join(f"  Dựa trên          {one.path}\n" for one in below),
        tested="(chưa)" if tested is None else tested.fault or f"được, {_moment(tested.at)}",
        url="\n       export NHIPCAU_DATABASE_URL=postgresql://…   (cơ sở dữ liệu trống)" if postgres else "",
        fetch="; cần cả hai tệp trên" if below else "",
        secret="--key KHÓA_BÍ_MẬT " if newest and newest.key else "",
        file=file,
    )


def _database() -> str:
    at = connection.settings_dict
    return f"PostgreSQL «{at['NAME']}» tại {at['HOST']}" if place.kind() == place.POSTGRESQL else "SQLite"
