"""`serve`, `worker`, `doctor`: running the thing."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import click

from nhipcau.cli.instance import now, open_instance
from nhipcau.cli.output import emit, say

BEAT_SECONDS = 1.0
RECOUNT_SECONDS = 24 * 3600


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--no-worker", is_flag=True, help="Không chạy việc nền cùng máy chủ trang.")
def serve(host: str, port: int, no_worker: bool) -> None:
    """Chạy máy chủ trang, kèm một tiến trình việc nền."""
    open_instance()
    run_server(host=host, port=port, with_worker=not no_worker)


def run_server(*, host: str, port: int, with_worker: bool) -> None:
    """gunicorn with a worker beside it; both end when this process is told to, and a worker that dies is started
    again."""
    command = [sys.executable, "-m", "gunicorn", "nhipcau.config.wsgi", "--bind", f"{host}:{port}"]
    command += ["--workers", "2", "--threads", "4", "--no-control-socket", "--log-level", "warning"]
    signal.signal(signal.SIGTERM, _interrupt)
    web, worker = subprocess.Popen(command), _start_worker() if with_worker else None
    say(f"Đang phục vụ tại http://{host}:{port}/ (Ctrl+C để dừng)")
    try:
        while web.poll() is None:
            if worker is not None and worker.poll() is not None:
                say("Tiến trình việc nền đã dừng; đang chạy lại.")
                worker = _start_worker()
            time.sleep(1)
    except KeyboardInterrupt:
        web.terminate()
    finally:
        if worker is not None:
            worker.terminate()
            worker.wait()
    sys.exit(web.wait())


def _start_worker() -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "nhipcau.cli.main", "worker"])


def _interrupt(_number: int, _frame: object) -> None:
    """Being told to stop by a service manager is as good as Ctrl+C."""
    raise KeyboardInterrupt


@click.command()
@click.option("--once", is_flag=True, help="Chạy hết việc đến hạn rồi thôi.")
def worker(once: bool) -> None:
    """Việc nền: nhắc hạn, đối chiếu số liệu đã chốt, niêm phong nhật ký."""
    open_instance()
    from django.db import DatabaseError

    from nhipcau.audit.actions import seal
    from nhipcau.ops import retention
    from nhipcau.ops.backup import schedule as backups
    from nhipcau.org.bulk import recount_all
    from nhipcau.outbox.jobs import run_due
    from nhipcau.reports.sealing.staleness import settle
    from nhipcau.reports.totals.stored import settle as bring_totals
    from nhipcau.tasks.jobs import schedule
    from nhipcau.web.reaching import announced, digest, hours  # noqa: F401 - announced registers its job

    def beat() -> int:
        moment = now()
        schedule(at=moment)
        retention.schedule(at=moment)
        backups.schedule(at=moment)
        digest.schedule(at=moment)
        ran = run_due(at=moment)
        hours.send(at=moment)
        settle(at=moment)
        bring_totals(at=moment)
        seal(at=moment)
        return ran

    if once:
        say(f"Đã chạy {beat()} việc.")
        return
    recounted = float("-inf")
    try:
        while True:
            try:
                if time.monotonic() > recounted + RECOUNT_SECONDS:
                    recount_all()
                    recounted = time.monotonic()
                beat()
            except DatabaseError as error:  # a busy or restarting database: the next beat tries again
                say(f"Việc nền tạm dừng một nhịp: {error}")
            time.sleep(BEAT_SECONDS)
    except KeyboardInterrupt:
        say("Đã dừng việc nền.")


@click.command()
@click.option("--card", is_flag=True, help="In phiếu phục hồi: một trang để cạnh máy chủ.")
@click.option("--json", "as_json", is_flag=True)
def doctor(card: bool, as_json: bool) -> None:
    """Thiếu gì, cấu hình sai gì; thoát 1 nếu có điều phải sửa."""
    open_instance()
    if card:
        from nhipcau.ops.backup.health import card as restore_card

        click.echo(restore_card(now()), nl=False)
        return
    checks = list(_checks())
    if as_json:
        emit([{"name": name, "ok": ok, "says": says, "needed": needed} for name, ok, needed, says in checks])
    else:
        for name, ok, needed, says in checks:
            click.echo(f"{'✓' if ok else '✗' if needed else '–'} {name}: {says}")
    if any(needed and not ok for _, ok, needed, _ in checks):
        sys.exit(1)


def _checks() -> Iterator[tuple[str, bool, bool, str]]:
    """(name, whether it is well, whether it must be, what to say)."""
    from django.conf import settings
    from django.db import connection

    from nhipcau.boundary import digest
    from nhipcau.ops.backup.health import lines as backups
    from nhipcau.press.fonts import font_report
    from nhipcau.web.assets import BUILD_DIR

    yield "Cơ sở dữ liệu", True, True, f"{connection.vendor} «{connection.settings_dict['NAME']}»"
    free = shutil.disk_usage(settings.DATA_DIR).free
    yield "Chỗ trống", free > 10**9, True, f"{free // 10**6:,} MB tại {settings.DATA_DIR}".replace(",", ".")
    writable = os.access(settings.DATA_DIR, os.W_OK)
    yield "Thư mục dữ liệu", writable, True, "ghi được" if writable else "không có quyền ghi"
    fonts = font_report()
    yield "Phông chữ PDF", fonts.ok, True, fonts.message
    built = (BUILD_DIR / "inter.woff2").exists()
    yield "Tài nguyên trang", built, True, "đã dựng" if built else "chưa dựng; chạy ./run setup"
    for program, use in (("antiword", "đọc .doc"), ("soffice", "đọc .doc"), ("tesseract", "đọc bản quét")):
        found = shutil.which(program) is not None
        yield program, found, False, f"có ({use})" if found else f"không có; cần để {use}"
    yield from _extras()
    yield from _leftovers()
    yield from backups(now())
    yield _mail()
    yield "Ranh giới", True, True, f"bản {digest()[:16]}"
    fixed = settings.DEMO_CLOCK
    yield (
        "Đồng hồ",
        not fixed,
        False,
        f"cố định ở {fixed} (bản trình diễn)" if fixed else f"{now():%Y-%m-%d %H:%M} UTC",
    )


def _extras() -> Iterator[tuple[str, bool, bool, str]]:
    """Packages that are installed only where they are wanted."""
    from nhipcau.ops.extras import EXTRAS

    for extra in EXTRAS:
        says = f"chưa cài; cần để {extra.use}; cài: {extra.command}" if extra.missing else f"có ({extra.use})"
        yield f"Gói thêm {extra.name}", not extra.missing, False, says


def _mail() -> tuple[str, bool, bool, str]:
    from django.conf import settings

    from nhipcau.outbox.mail import configured
    from nhipcau.outbox.models import Mail, MailState

    if not configured():
        return "Thư điện tử", False, False, "chưa cài; đặt NHIPCAU_EMAIL_URL và NHIPCAU_SITE_URL để gửi thư tóm tắt"
    if "//localhost" in settings.SITE_URL:
        return (
            "Thư điện tử",
            False,
            True,
            "thư dẫn tới localhost; đặt NHIPCAU_SITE_URL là địa chỉ cán bộ mở hệ thống",
        )
    counted = {state: Mail.objects.filter(state=state).count() for state in MailState}
    bad = counted[MailState.FAILED] + counted[MailState.REFUSED]
    told = ", ".join(f"{count} {state.label}" for state, count in counted.items() if count) or "chưa có thư nào"
    return "Thư điện tử", not bad, False, told


def _leftovers() -> Iterator[tuple[str, bool, bool, str]]:
    """What the worker has not done, or could not do."""
    from nhipcau.audit.models import Entry
    from nhipcau.outbox.models import Job, JobState
    from nhipcau.reports.models import Unsettled

    waiting = Entry.objects.filter(seq=None).count()
    left = f"{waiting} mục chờ niêm phong" + ("; «nhipcau worker» sẽ niêm phong" if waiting else "")
    yield "Nhật ký", not waiting, False, f"{Entry.objects.count()} mục, {left}"
    aside = Unsettled.objects.exclude(fault="").count()
    if aside:
        yield "Số liệu đã chốt", False, True, f"{aside} báo cáo không đối chiếu được; chạy «nhipcau verify»"
    failed = Job.objects.filter(state=JobState.FAILED).order_by("pk")
    last = failed.last()
    if last is None:
        yield "Việc nền", True, False, "không việc nào hỏng"
        return
    names = ", ".join(failed.order_by("name").values_list("name", flat=True).distinct())
    yield "Việc nền", False, False, f"{failed.count()} việc hỏng ({names}); lỗi cuối: {last.last_error[:120]}"
