"""What is installed on a server says what it should; `try.sh` sees it at work."""

from __future__ import annotations

import configparser
import re
import subprocess
from pathlib import Path

import pytest

from nhipcau.cli.main import COMMANDS
from nhipcau.config import env

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
SERVICES = sorted((DEPLOY / "systemd").glob("*.service"))
SCRIPTS = [DEPLOY / "install.sh", DEPLOY / "nhipcau", *sorted(Path(__file__).parent.glob("*.sh"))]
NGINX = (DEPLOY / "nginx" / "nhipcau.conf").read_text("utf-8")
INSTALL = (DEPLOY / "install.sh").read_text("utf-8")


def unit(path: Path) -> configparser.ConfigParser:
    parsed = configparser.ConfigParser(strict=False, interpolation=None, comment_prefixes=("#",))
    parsed.optionxform = str  # type: ignore[assignment,method-assign]
    parsed.read(path, "utf-8")
    return parsed


def given() -> dict[str, str]:
    lines = (DEPLOY / "nhipcau.env").read_text("utf-8").splitlines()
    return dict(re.fullmatch(r"#?(NHIPCAU_\w+)='(.*)'", line).groups() for line in lines if "='" in line)  # type: ignore[union-attr,misc]


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.stem)
def test_a_unit_runs_a_command_that_there_is(path: Path) -> None:
    program, verb, *_ = unit(path)["Service"]["ExecStart"].split()
    assert program == "/opt/nhipcau/current/bin/nhipcau"
    assert verb in COMMANDS


def test_every_service_is_confined_and_none_is_left_out() -> None:
    listed = re.search(r'^SERVICES="(.*)"', INSTALL, re.MULTILINE)
    assert listed
    assert sorted(listed[1].split()) == [path.stem for path in SERVICES]
    hardening = unit(DEPLOY / "systemd" / "hardening.conf")["Service"]
    wanted = {"NoNewPrivileges": "yes", "ProtectSystem": "strict", "ProtectHome": "yes", "User": "nhipcau"}
    assert {key: hardening[key] for key in wanted} == wanted
    for path in SERVICES:
        assert unit(path)["Service"]["CapabilityBoundingSet"] == "", path


def test_what_runs_for_long_has_a_bound_of_memory_and_starts_again() -> None:
    for name in ("web", "worker"):
        service = unit(DEPLOY / "systemd" / f"nhipcau-{name}.service")["Service"]
        assert service["Restart"] in {"always", "on-failure"}
        assert service["MemoryMax"]


def test_the_settings_written_are_settings_there_are_and_can_be_read() -> None:
    documented = (ROOT / "docs/reference/settings.md").read_text("utf-8")
    assert [name for name in given() if f"`{name}`" not in documented] == []
    database = env.database(given()["NHIPCAU_DATABASE_URL"], ROOT)
    assert (database["NAME"], database["HOST"], database["OPTIONS"]["host"]) == ("nhipcau", "", "/run/postgresql")
    assert env.mail(given()["NHIPCAU_EMAIL_URL"]).tls == "starttls"


def test_the_proxy_writes_down_neither_visitor_nor_address() -> None:
    [line] = re.findall(r"^log_format nhipcau '(.*)';", NGINX, re.MULTILINE)
    assert not re.search(r"remote|forwarded|uri|request\b(?!_)|referer|user|args|cookie", line)
    logs = re.findall(r"^\s*access_log (.*);", NGINX, re.MULTILINE)
    assert set(logs) == {"off", "/var/log/nginx/nhipcau.log nhipcau"}


def test_the_proxy_replaces_what_a_visitor_claims_of_his_address() -> None:
    assert "X-Forwarded-For $remote_addr;" in NGINX
    assert "proxy_add_x_forwarded_for" not in NGINX
    assert given()["NHIPCAU_PROXIES"] == "1"


def test_the_proxy_takes_what_the_pages_take() -> None:
    from django.conf import settings

    [most] = re.findall(r"client_max_body_size (\d+)m;", NGINX)
    assert settings.MAX_UPLOAD_BYTES < int(most) * 2**20 < settings.MAX_UPLOAD_BYTES * 1.1


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_script_is_posix_shell(script: Path) -> None:
    assert script.read_text("utf-8").startswith("#!/bin/sh\n")
    done = subprocess.run(["/bin/sh", "-n", str(script)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_installing_asks_for_root_and_for_a_verb_it_knows() -> None:
    done = subprocess.run(["/bin/sh", str(SCRIPTS[0]), "--nonsense"], capture_output=True, text=True, check=False)
    assert (done.returncode, "--host" in done.stderr) == (2, True)
    listed = subprocess.run(["/bin/sh", str(SCRIPTS[0]), "--packages"], capture_output=True, text=True, check=False)
    assert {"postgresql", "nginx"} <= set(listed.stdout.split())


def test_the_guide_names_what_the_script_makes() -> None:
    guide = (ROOT / "docs/guide/install.md").read_text("utf-8")
    section = guide[guide.index("## Chạy thật") : guide.index("### Tự lo lấy dịch vụ")]
    for place in re.findall(r"`((?:/etc|/opt|/var)/[\w./-]+)`", section):
        assert place in INSTALL + NGINX, place
    tried = (Path(__file__).parent / "inside.sh").read_text("utf-8")
    for command in ("nhipcau org import", "nhipcau account first", "nhipcau doctor", "--uninstall", "--wheels"):
        assert command in section and command in tried, command
