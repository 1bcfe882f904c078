"""`doctor` refuses what lets strangers in, says what to do, and is silent on a safe machine."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from pytest_django.fixtures import Settings

from nhipcau.config import env
from nhipcau.ops.backup.keys import make_pair
from nhipcau.ops.safety import findings, local

ROOT = Path(__file__).resolve().parents[2]
GOOD_KEY = "0f8b1d6c-khoa-that-dai-va-kho-doan-7e2a9b4c"


@pytest.fixture(autouse=True)
def safe(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """An installation as it should be; each test spoils one thing."""
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    monkeypatch.setitem(connection.settings_dict, "HOST", "")
    (tmp_path / "data").mkdir(mode=0o700)
    settings.DEBUG, settings.HTTPS, settings.ALLOWED_HOSTS = False, True, ["congdoan.example"]
    settings.SECRET_KEY, settings.SECRET_FILES = GOOD_KEY, {}
    settings.SITE_URL, settings.CSRF_TRUSTED_ORIGINS = "https://congdoan.example", ["https://congdoan.example"]
    settings.REQUIRE_MFA, settings.FRESH_MINUTES, settings.ALLAUTH_TRUSTED_PROXY_COUNT = "all", 15, 1
    settings.EMAIL_HOST, settings.EMAIL_HOST_PASSWORD, settings.OIDC_URL = "", "", ""
    settings.ANALYTICS_URL, settings.BACKUP_KEY, settings.LOG_LEVEL = "duckdb://", "", "WARNING"
    return settings


def unsafe() -> list[str]:
    return [one.name for one in findings() if one.unsafe]


def advised() -> list[str]:
    return [one.name for one in findings() if not one.unsafe]


def test_a_safe_machine_hears_nothing() -> None:
    assert findings() == []


@pytest.mark.parametrize(
    ("setting", "value", "name"),
    [
        ("DEBUG", True, "Chế độ gỡ lỗi"),
        ("HTTPS", False, "HTTPS"),
        ("ALLOWED_HOSTS", ["*"], "Tên máy"),
        ("SECRET_KEY", "only-for-tests", "Khóa bí mật"),
        ("SECRET_KEY", "a" * 60, "Khóa bí mật"),
        ("CSRF_TRUSTED_ORIGINS", ["http://congdoan.example"], "Gốc được tin"),
        ("CSRF_TRUSTED_ORIGINS", ["https://*.example"], "Gốc được tin"),
        ("OIDC_URL", "http://cua.example", "Đăng nhập một cửa"),
        ("ANALYTICS_URL", "postgresql://kho.example/so", "Kênh tới NHIPCAU_ANALYTICS_URL"),
    ],
)
def test_what_lets_strangers_in_is_refused(setting: str, value: object, name: str, safe: Settings) -> None:
    setattr(safe, setting, value)
    assert unsafe() == [name]


@pytest.mark.parametrize(
    ("setting", "value", "name"),
    [
        ("REQUIRE_MFA", "off", "Bước xác thực thứ hai"),
        ("FRESH_MINUTES", 0, "Nhập lại mật khẩu"),
        ("ALLAUTH_TRUSTED_PROXY_COUNT", 0, "Số proxy"),
        ("SITE_URL", "http://congdoan.example", "Địa chỉ trong thư"),
        ("LOG_LEVEL", "DEBUG", "Mức nhật ký máy chủ"),
        ("ANALYTICS_URL", "postgresql://kho.example/so?sslmode=require", "Kênh tới NHIPCAU_ANALYTICS_URL"),
        ("ANALYTICS_URL", "spark://kho.example:7077", "Kênh tới NHIPCAU_ANALYTICS_URL"),
    ],
)
def test_what_is_weak_is_said_and_not_refused(setting: str, value: object, name: str, safe: Settings) -> None:
    setattr(safe, setting, value)
    assert (unsafe(), advised()) == ([], [name])


def test_a_machine_that_serves_itself_alone_needs_no_network_protection(safe: Settings) -> None:
    safe.ALLOWED_HOSTS, safe.HTTPS, safe.REQUIRE_MFA = ["localhost", "127.0.0.1", "[::1]"], False, "off"
    assert findings() == []
    safe.DEBUG = True
    assert (unsafe(), advised()) == ([], ["Chế độ gỡ lỗi"])


def test_mail_in_the_clear_is_refused_where_a_password_goes_with_it(safe: Settings) -> None:
    safe.EMAIL_HOST, safe.EMAIL_USE_TLS, safe.EMAIL_USE_SSL = "thu.example", False, False
    assert (unsafe(), advised()) == ([], ["Kênh gửi thư"])
    safe.EMAIL_HOST_PASSWORD = "mật khẩu"
    assert unsafe() == ["Kênh gửi thư"]
    safe.EMAIL_HOST = "127.0.0.1"
    assert findings() == []


@pytest.mark.parametrize(
    ("host", "mode", "refused", "told"),
    [
        ("db.example", "", True, False),
        ("db.example", "prefer", True, False),
        ("db.example", "require", False, True),
        ("db.example", "verify-full", False, False),
        ("127.0.0.1", "", False, False),
        ("/run/postgresql", "", False, False),
    ],
)
def test_a_database_across_the_network_is_asked_for_over_tls(
    host: str, mode: str, refused: bool, told: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "vendor", "postgresql")
    monkeypatch.setitem(connection.settings_dict, "HOST", host)
    monkeypatch.setitem(connection.settings_dict, "OPTIONS", {"sslmode": mode} if mode else {})
    assert (bool(unsafe()), bool(advised())) == (refused, told)


def test_data_and_secrets_that_every_user_of_the_machine_can_read_are_refused(
    safe: Settings, tmp_path: Path
) -> None:
    data, open_above = tmp_path / "data", [one for one in tmp_path.resolve().parents if not one.stat().st_mode & 1]
    modes = {one: one.stat().st_mode for one in [*open_above, tmp_path]}
    try:
        for one in modes:
            one.chmod(one.stat().st_mode | 0o001)
        (data / "secret_key").write_text("x", "ascii")
        (data / "secret_key").chmod(0o644)
        assert findings() == []  # what lies behind a closed door is not open
        data.chmod(0o755)
        assert unsafe() == ["Quyền của thư mục dữ liệu", "Quyền của tệp bí mật"]
        assert all("chmod" in one.says for one in findings())
        (data / "secret_key").chmod(0o600)
        data.chmod(0o700)
        held = tmp_path / "mat-khau"
        held.write_text("x", "ascii")
        held.chmod(0o604)
        safe.SECRET_FILES = {"SECRET_KEY": str(held)}
        assert unsafe() == ["Quyền của tệp bí mật"]
    finally:
        for one, mode in modes.items():
            one.chmod(mode)


def test_a_key_that_opens_the_backups_is_better_kept_elsewhere(safe: Settings, tmp_path: Path) -> None:
    public = make_pair(tmp_path / "khoa")
    safe.BACKUP_KEY = str(public)
    assert findings() == []
    safe.BACKUP_KEY = str(tmp_path / "khoa")
    assert advised() == ["Khóa mở bản sao lưu"]


def test_a_name_is_local_only_if_it_means_this_machine() -> None:
    assert all(
        local(name) for name in ("localhost", "127.0.0.1", "127.8.8.8", "[::1]", "a.localhost", "/run/pg", "")
    )
    assert not any(local(name) for name in ("10.0.0.1", "localhost.example", "*", ".example", "0.0.0.0", "[::]"))


def test_the_doctor_ends_with_one_and_says_what_to_do(tmp_path: Path) -> None:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("NHIPCAU_", "DJANGO_"))}
    said = {"NHIPCAU_DATA_DIR": str(tmp_path / "new"), "NHIPCAU_ALLOWED_HOSTS": "congdoan.example"}
    command = [sys.executable, "-m", "nhipcau.cli.main", "doctor", "--json"]
    ran = subprocess.run(
        command, env=clean | said, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300
    )
    assert ran.returncode == 1
    [https] = [one for one in json.loads(ran.stdout) if (one["check"], one["about"]) == ("safety", "HTTPS")]
    assert "NHIPCAU_HTTPS=1" in https["says"]


def test_what_an_instance_writes_is_closed_to_other_users(tmp_path: Path) -> None:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("NHIPCAU_", "DJANGO_"))}
    command = [sys.executable, "-m", "nhipcau.cli.main", "migrate"]
    given = clean | {"NHIPCAU_DATA_DIR": str(tmp_path / "new")}
    subprocess.run(command, env=given, cwd=ROOT, capture_output=True, check=False, timeout=300, umask=0o022)
    written = [tmp_path / "new", *(tmp_path / "new").rglob("*")]
    assert len(written) > 2
    assert [str(path) for path in written if path.stat().st_mode & 0o077] == []


def test_a_secret_comes_from_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held = tmp_path / "khoa"
    held.write_text(f"  {GOOD_KEY}\n", "utf-8")
    monkeypatch.delenv("NHIPCAU_SECRET_KEY", raising=False)
    monkeypatch.setenv("NHIPCAU_SECRET_KEY_FILE", str(held))
    assert env.secret_key(tmp_path) == GOOD_KEY
    assert env.secret_files("SECRET_KEY", "EMAIL_URL") == {"SECRET_KEY": str(held)}
    assert not (tmp_path / "secret_key").exists()


def test_processes_that_start_together_take_one_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NHIPCAU_SECRET_KEY", raising=False)
    together = threading.Barrier(8)

    def start(_number: int) -> str:
        together.wait()
        return env.secret_key(tmp_path / "moi")

    with ThreadPoolExecutor(8) as pool:
        taken = set(pool.map(start, range(8)))
    assert taken == {env.secret_key(tmp_path / "moi")}
    assert len(taken.pop()) > 50
    assert [path.name for path in (tmp_path / "moi").iterdir()] == ["secret_key"]
    assert (tmp_path / "moi/secret_key").stat().st_mode & 0o777 == 0o600


def test_a_secret_given_twice_absent_or_empty_stops_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NHIPCAU_EMAIL_URL_FILE", str(tmp_path / "khong-co"))
    with pytest.raises(ImproperlyConfigured, match="không đọc được"):
        env.secret("EMAIL_URL")
    (tmp_path / "trong").write_text("\n", "ascii")
    monkeypatch.setenv("NHIPCAU_EMAIL_URL_FILE", str(tmp_path / "trong"))
    with pytest.raises(ImproperlyConfigured, match="trống"):
        env.secret("EMAIL_URL")
    monkeypatch.setenv("NHIPCAU_EMAIL_URL", "smtp://thu.example")
    with pytest.raises(ImproperlyConfigured, match="chỉ đặt một trong hai"):
        env.secret("EMAIL_URL")
