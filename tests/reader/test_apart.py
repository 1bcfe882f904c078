"""A foreign file is opened in a confined process: it cannot hang, crash or fill anything, and leaves nothing."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from nhipcau.core.errors import MissingProgram, UnreadableFile
from nhipcau.reader.extract import apart, extract
from nhipcau.reader.extract.apart import extract_apart
from tests.reader.test_extract import saved, word_letter


@pytest.fixture(autouse=True)
def own_temp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What is left behind would stand here."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def behaving(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """Let the confined process do this instead of reading."""
    monkeypatch.setattr(apart, "_START", f"import os, sys, time, json\n{code}")


def test_a_letter_is_read_and_nothing_stays_in_the_temporary_folder(own_temp: Path) -> None:
    assert "Hoàng Văn Nam" in extract(saved(word_letter()), "cong-van.docx").text
    assert list(own_temp.iterdir()) == []


def test_a_process_that_never_answers_is_stopped_with_all_it_started(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    mark = tmp_path / "con"
    child = f"import time, os; open({str(mark)!r}, 'w').write(str(os.getpid())); time.sleep(600)"
    started = f"import subprocess\nsubprocess.Popen([sys.executable, '-c', {child!r}])"
    told = f"while not os.path.exists({str(mark)!r}): print([0, 1], flush=True); time.sleep(0.1)"
    behaving(monkeypatch, f"{started}\n{told}\ntime.sleep(600)")  # silent once its own child runs, not before
    monkeypatch.setattr(apart, "_SILENCE", 3)
    began = time.monotonic()
    with pytest.raises(UnreadableFile, match="quá lâu"):
        extract_apart(b"x", "lau.pdf")
    assert time.monotonic() - began < 300, "it was stopped; it did not end by itself"
    with pytest.raises(ProcessLookupError):  # it may be a zombie of init for an instant
        for _ in range(50):
            os.kill(int(mark.read_text()), 0)
            time.sleep(0.1)


@pytest.mark.parametrize(
    "code",
    [
        "os.abort()",
        "sys.exit(3)",
        "print('{\"text\": 1}')",
        "print('không phải JSON')",
        'print(\'{"error": "SystemExit", "message": ""}\')',
    ],
)
def test_a_process_that_dies_or_babbles_is_a_file_that_cannot_be_read(
    code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    behaving(monkeypatch, code)
    with pytest.raises(UnreadableFile, match="giới hạn an toàn") as caught:
        extract_apart(b"x", "la.pdf")
    assert "la.pdf" in caught.value.message


def test_an_answer_without_end_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    behaving(monkeypatch, "while True: os.write(1, b'x' * 65536)")
    with pytest.raises(UnreadableFile, match="giới hạn an toàn"):
        extract_apart(b"x", "dai.pdf")


def test_progress_is_passed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = '{"text": "xong", "source": "ocr", "warnings": ["w"]}'
    behaving(monkeypatch, f"print([1, 2]); print([2, 2]); print({answer!r})")
    heard: list[tuple[int, int]] = []
    found = extract_apart(b"x", "quet.pdf", tell=lambda done, of: heard.append((done, of)))
    assert (found.text, heard) == ("xong", [(1, 2), (2, 2)])


def test_a_missing_program_keeps_its_own_error(monkeypatch: pytest.MonkeyPatch) -> None:
    behaving(monkeypatch, 'print(json.dumps({"error": "MissingProgram", "message": "thiếu"}))')
    with pytest.raises(MissingProgram, match="thiếu"):
        extract_apart(b"x", "cu.doc")


def test_the_process_sees_none_of_our_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NHIPCAU_SECRET_KEY", "bí mật")
    answer = 'json.dumps({"text": " ".join(os.environ), "source": "text", "warnings": []})'
    behaving(monkeypatch, f"print({answer})")
    assert "NHIPCAU" not in extract_apart(b"x", "a.pdf").text


def confined(code: str) -> subprocess.CompletedProcess[str]:
    start = f"from nhipcau.core.confined import confine; confine()\n{code}"
    return subprocess.run([sys.executable, "-c", start], capture_output=True, text=True, check=False, timeout=60)


def test_memory_and_file_size_are_limited(tmp_path: Path) -> None:
    assert "MemoryError" in confined("bytearray(3 * 2**30)").stderr
    assert confined(f"open({str(tmp_path / 'to')!r}, 'wb').write(bytes(300 * 2**20))").returncode != 0


def test_the_process_reaches_no_network_where_the_system_permits_that() -> None:
    ours = str(Path("/proc/self/ns/net").readlink())
    if confined("import os; print(os.readlink('/proc/self/ns/net'))").stdout.strip() == ours:
        pytest.skip("this system lets no process leave the network")
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        tried = confined(f"import socket; socket.create_connection(('127.0.0.1', {port}), 5)")
    assert "OSError" in tried.stderr
