"""One account per officer. It carries a login and a password, and no right of its own."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from nhipcau.access.form_models import SentForm
from nhipcau.access.token_models import ApiAnswer, ApiToken, TokenScope
from nhipcau.core.ids import new_uid
from nhipcau.org.models import Person, Post

__all__ = [
    "Account",
    "ApiAnswer",
    "ApiToken",
    "Density",
    "Digest",
    "ReadNotice",
    "SavedView",
    "SentForm",
    "Theme",
    "TokenScope",
]


class Digest(models.TextChoices):
    """How often what is due is written to an officer."""

    DAILY = "daily", "Mỗi ngày làm việc"
    WEEKLY = "weekly", "Ngày làm việc đầu tuần"
    NEVER = "never", "Không gửi thư"


class Theme(models.TextChoices):
    """Which colours an officer reads on."""

    DEVICE = "", "Theo máy"
    LIGHT = "light", "Sáng"
    DARK = "dark", "Tối"


class Density(models.TextChoices):
    """How close together things stand."""

    SCREEN = "", "Theo cỡ màn hình"
    COMPACT = "compact", "Gọn, cho bàn làm việc"
    TOUCH = "touch", "Rộng, cho ngón tay"


class Account(AbstractBaseUser):
    """Sign-in of a person. What the person may see follows from the posts held today."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    login = models.CharField("tên đăng nhập", max_length=150, unique=True)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="account")
    is_active = models.BooleanField("đang dùng", default=True)
    language = models.CharField(max_length=5, default="", blank=True)
    theme = models.CharField(max_length=5, choices=Theme.choices, default=Theme.DEVICE, blank=True)
    density = models.CharField(max_length=7, choices=Density.choices, default=Density.SCREEN, blank=True)
    digest = models.CharField(max_length=10, choices=Digest.choices, default=Digest.DAILY)
    muted = models.JSONField("phần không gửi", default=list)
    calendar = models.CharField("địa chỉ lịch", max_length=32, default="", blank=True)  # empty: none is given out

    objects = BaseUserManager["Account"]()

    USERNAME_FIELD = "login"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = "tài khoản"

    def __str__(self) -> str:
        return self.login

    @property
    def audit_id(self) -> str:
        """As whom the log knows an officer who acts for no post: with the account's own password."""
        return f"account:{self.uid}"


class EntryCode(models.Model):
    """A code handed out and not used yet (see `codes`); one of an account at most."""

    account = models.OneToOneField(Account, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField("dùng được đến")

    class Meta:
        verbose_name = "mã kích hoạt"

    def __str__(self) -> str:
        return str(self.account)


class Device(models.Model):
    """Where an account is signed in (see `devices`), for as long as the session runs."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    session_key = models.CharField(max_length=40, unique=True)
    words = models.CharField("trình duyệt và hệ điều hành", max_length=60, default="", blank=True)
    opened_at = models.DateTimeField("đăng nhập lúc")
    seen_at = models.DateTimeField("thấy lần cuối")

    class Meta:
        verbose_name = "thiết bị đang đăng nhập"

    def __str__(self) -> str:
        return self.words


class Identity(models.Model):
    """Who vouches for an account from elsewhere (OpenID Connect): issuer and pairwise subject, and nothing else."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    issuer = models.CharField("hệ thống cấp", max_length=250)
    subject = models.CharField("mã ở đó", max_length=255)
    linked_at = models.DateTimeField("liên kết lúc")

    class Meta:
        constraints = [models.UniqueConstraint(name="identity_once", fields=["issuer", "subject"])]
        verbose_name = "danh tính một cửa"

    def __str__(self) -> str:
        return self.issuer


class SharedCount(models.Model):
    """Short-lived counts that all processes share: wrong tries to sign in, above all. Django's database cache reads
    and writes it; a row says nothing of who tried (its key is a digest) and ends with its minute."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = "lượt đếm chung"

    def __str__(self) -> str:
        return self.cache_key


class ReadNotice(models.Model):
    """A notice that the post has put aside, by its key (see web.notices). `day` is the notice's own: when it was
    read, and by whom of those who act for the post, is not kept."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=100)
    day = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(name="readnotice_once", fields=["post", "key"])]
        verbose_name = "tin đã đọc"

    def __str__(self) -> str:
        return self.key


class SavedView(models.Model):
    """A list as a post likes to see it. `page` and `query`: see web.saved; `default`: the page opens with it."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="+")
    page = models.CharField(max_length=40)
    name = models.CharField("tên", max_length=60)
    query = models.CharField(max_length=500)
    default = models.BooleanField("mở trang là thấy", default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="savedview_name", fields=["post", "page", "name"]),
            models.UniqueConstraint(
                name="savedview_one_default", fields=["post", "page"], condition=models.Q(default=True)
            ),
        ]
        verbose_name = "cách xem đã lưu"

    def __str__(self) -> str:
        return self.name
