"""What runs: the database, the worker, mail, the way in from outside."""

from __future__ import annotations

import datetime as dt
import smtplib
import socket
import ssl
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import get_connection
from django.db import Error as DatabaseError
from django.db import connection
from django.db.models import Min

from nhipcau.audit.models import Entry
from nhipcau.core.clock import VN, SystemClock
from nhipcau.core.masking import masked
from nhipcau.ops.actions import WORKER
from nhipcau.ops.doctor.checks import Found, pending
from nhipcau.ops.models import Beat
from nhipcau.outbox.jobs import longest_of
from nhipcau.outbox.mail import configured
from nhipcau.outbox.models import Job, JobState, Mail, MailState
from nhipcau.reports.models import Unsettled

SILENT, OVERDUE, SKEWED = dt.timedelta(minutes=5), dt.timedelta(minutes=30), dt.timedelta(seconds=30)
AHEAD = dt.timedelta(minutes=10)  # the log before the clock
SOON, VERY_SOON = 21, 7  # days until a certificate ends
WAIT = 5.0  # seconds given to another machine


def database(at: dt.datetime) -> Iterator[Found]:
    named = f"{connection.vendor} «{connection.settings_dict['NAME']}»"
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        yield Found(ok=False, says=f"{named}: không nối được: {' '.join(str(error).split())[:200]}")
    else:
        yield Found(ok=True, says=named)


def migrations(at: dt.datetime) -> Iterator[Found]:
    try:
        count = pending()
    except DatabaseError:  # the line before says so
        return
    yield Found(not count, f"còn {count} bước chưa làm" if count else "đúng phiên bản")


def skew(at: dt.datetime) -> Iterator[Found]:
    latest = Entry.objects.order_by("-pk").values_list("at", flat=True).first()
    if latest is not None and latest > at + AHEAD:
        yield Found(ok=False, says=f"mục nhật ký mới nhất ghi lúc {local(latest)}, sau giờ của máy này")
    if connection.vendor != "postgresql":
        yield Found(ok=True, says="cơ sở dữ liệu dùng đồng hồ của chính máy này")
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        theirs: dt.datetime = cursor.fetchone()[0]
    apart = abs(theirs - SystemClock().now())
    yield Found(apart < SKEWED, f"lệch {apart.total_seconds():.1f} giây với máy cơ sở dữ liệu")


def worker(at: dt.datetime) -> Iterator[Found]:
    beat = Beat.objects.filter(name=WORKER).first()
    if beat is None:
        yield Found(ok=False, says="chưa chạy lần nào")
        return
    silent = at - beat.at
    says = f"nhịp cuối lúc {local(beat.at)}"
    yield Found(silent < SILENT, says if silent < SILENT else f"{says}, im đã {told(silent)}")


def waiting(at: dt.datetime) -> Iterator[Found]:
    for one in Job.objects.filter(state=JobState.RUNNING).order_by("run_at"):
        ran, longest = at - one.run_at, longest_of(one.name)
        if ran > longest / 2:  # past the whole of it the worker should have ended, and another taken the job back
            says = f"{one.name} chạy đã {told(ran)}, tối đa {told(longest)}"
            yield Found(ok=False, says=says, needed=ran > longest)
    due = Job.objects.filter(state=JobState.QUEUED, run_at__lte=at)
    oldest = due.aggregate(Min("run_at"))["run_at__min"]
    last = Job.objects.filter(finished_at__isnull=False).order_by("-finished_at").first()
    done = f"việc xong gần nhất: {last.name} lúc {local(last.finished_at)}" if last and last.finished_at else ""
    if oldest is None:
        yield Found(ok=True, says="; ".join(part for part in ("không việc nào đến hạn", done) if part))
        return
    late = at - oldest
    says = f"{due.count()} việc đến hạn, chờ lâu nhất {told(late)}"
    yield Found(late < OVERDUE, "; ".join(part for part in (says, done) if part))


def failed(at: dt.datetime) -> Iterator[Found]:
    found = Job.objects.filter(state=JobState.FAILED).order_by("pk")
    last = found.last()
    if last is None:
        yield Found(ok=True, says="không việc nào hỏng")
        return
    names = ", ".join(found.order_by("name").values_list("name", flat=True).distinct())
    says = f"{found.count()} việc hỏng ({names}); lỗi cuối: {masked(last.last_error)[:120]}"
    yield Found(ok=False, says=says, needed=False)


def sealing(at: dt.datetime) -> Iterator[Found]:
    left = Entry.objects.filter(seq=None).count()
    yield Found(not left, f"{Entry.objects.count()} mục, {left} mục chờ niêm phong", needed=False)


def unsettled(at: dt.datetime) -> Iterator[Found]:
    aside = Unsettled.objects.exclude(fault="").count()
    says = f"{aside} báo cáo không đối chiếu được" if aside else "đối chiếu được hết"
    yield Found(not aside, says)


def mail(at: dt.datetime) -> Iterator[Found]:
    if not configured():
        yield Found(ok=False, says="chưa cài, không gửi thư tóm tắt", needed=False)
        return
    if "//localhost" in settings.SITE_URL:
        mend = "đặt NHIPCAU_SITE_URL là địa chỉ cán bộ mở hệ thống"
        yield Found(ok=False, says="thư dẫn tới localhost", mend=mend)
        return
    counted = {state: Mail.objects.filter(state=state).count() for state in MailState}
    bad = counted[MailState.FAILED] + counted[MailState.REFUSED]
    says = ", ".join(f"{count} {state.label}" for state, count in counted.items() if count) or "chưa có thư nào"
    mend = "xem lỗi: journalctl -u nhipcau-worker; địa chỉ bị từ chối do chủ địa chỉ sửa khi đăng nhập"
    yield Found(not bad, says, needed=False, mend=mend)


def mail_server(at: dt.datetime) -> Iterator[Found]:
    if not configured():
        return
    server = get_connection(timeout=WAIT)
    named = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    try:
        server.open()
    except (smtplib.SMTPException, OSError) as error:
        yield Found(ok=False, says=f"{named}: {type(error).__name__}: {error}"[:200])
    else:
        server.close()
        yield Found(ok=True, says=f"{named} trả lời")


def certificate(at: dt.datetime) -> Iterator[Found]:
    address = urlsplit(settings.SITE_URL)
    if address.scheme != "https" or not address.hostname:
        yield Found(ok=False, says=f"{settings.SITE_URL} không dùng HTTPS", needed=False)
        return
    try:
        ends = _ends(address.hostname, address.port or 443)
    except ssl.SSLCertVerificationError as error:
        yield Found(
            ok=False, says=f"{address.hostname}: {error.verify_message}", needed="expired" in error.verify_message
        )
        return
    except OSError as error:
        yield Found(ok=False, says=f"không nối được tới {address.hostname}: {error}"[:200], needed=False)
        return
    days = (ends - SystemClock().now()).days
    yield Found(days > SOON, f"{address.hostname}: còn {days} ngày", needed=days <= VERY_SOON)


def _ends(host: str, port: int) -> dt.datetime:
    """When the certificate that the site shows runs out. Raises OSError."""
    context = ssl.create_default_context()
    with (
        socket.create_connection((host, port), timeout=WAIT) as plain,
        context.wrap_socket(plain, server_hostname=host) as wrapped,
    ):
        shown = wrapped.getpeercert() or {}
    return dt.datetime.fromtimestamp(ssl.cert_time_to_seconds(str(shown["notAfter"])), dt.UTC)


def local(moment: dt.datetime) -> str:
    return f"{moment.astimezone(VN):%d/%m/%Y %H:%M}"


def told(span: dt.timedelta) -> str:
    """A span in the largest unit that says enough."""
    minutes = int(span.total_seconds() // 60)
    if minutes < 120:
        return f"{minutes} phút"
    return f"{minutes // 60} giờ" if minutes < 48 * 60 else f"{minutes // 1440} ngày"
