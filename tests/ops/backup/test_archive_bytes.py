"""The archive's bytes: what was written comes back, and what was changed, cut off or locked otherwise does not."""

from __future__ import annotations

import io
import os
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from nhipcau.core.errors import NhipCauError
from nhipcau.ops.backup import cipher, records
from nhipcau.ops.backup.cipher import Decrypted, Encrypted, read_line
from nhipcau.ops.backup.keys import Key, Passphrase, SecretNeeded, WrongKey, make_pair, read_key
from nhipcau.ops.backup.tape import Broken, TapeReader, TapeWriter, Truncated

BIG = os.urandom(3 * cipher.PIECE + 17)


def taped() -> bytes:
    out = io.BytesIO()
    tape = TapeWriter(out)
    tape.add("about.json", b"{}")
    tape.copy("files/ab/cd", len(BIG), io.BytesIO(BIG))
    tape.close()
    return out.getvalue()


def contents(source: io.BytesIO | Decrypted) -> dict[str, bytes]:
    return {member.name: member.whole(2**30) for member in TapeReader(source).members()}


def test_a_tape_comes_back_and_any_tar_reads_it() -> None:
    data = taped()
    assert contents(io.BytesIO(data)) == {"about.json": b"{}", "files/ab/cd": BIG}
    with tarfile.open(fileobj=io.BytesIO(data)) as tar:
        assert tar.getnames() == ["about.json", "files/ab/cd", "digest.txt"]


@pytest.mark.parametrize("at", [10, 600, 2000, 10**6])
def test_one_changed_bit_is_found(at: int) -> None:
    data = bytearray(taped())
    data[at] ^= 4
    with pytest.raises(Broken):
        contents(io.BytesIO(bytes(data)))


@pytest.mark.parametrize("length", [0, 100, 700, 10**6, -512])
def test_a_missing_end_is_found(length: int) -> None:
    with pytest.raises(Truncated):
        contents(io.BytesIO(taped()[:length]))


def test_a_file_that_shrinks_meanwhile_leaves_the_tape_readable() -> None:
    out = io.BytesIO()
    tape = TapeWriter(out)
    tape.copy("files/ab/cd", 1000, io.BytesIO(b"short"))
    tape.close()
    assert contents(io.BytesIO(out.getvalue())) == {"files/ab/cd": b"short" + bytes(995)}


def locked(key: Key) -> bytes:
    stream, lock = key.lock()
    out = io.BytesIO()
    encrypted = Encrypted(out, stream, {"id": "1", "lock": lock})
    tape = TapeWriter(encrypted)
    tape.add("files/ab/cd", BIG)
    tape.close()
    encrypted.close()
    return out.getvalue()


def unlocked(data: bytes, key: Key) -> dict[str, bytes]:
    source = io.BytesIO(data[len(cipher.MAGIC) :])
    return contents(Decrypted(source, read_line(source), key))


@pytest.fixture
def pair(tmp_path: Path) -> Path:
    make_pair(tmp_path / "key")
    return tmp_path / "key"


def test_the_public_half_locks_and_the_secret_one_opens(pair: Path, tmp_path: Path) -> None:
    public = read_key(pair.with_name("key.pub"))
    data = locked(public)
    assert BIG[:64] not in data
    assert unlocked(data, read_key(pair)) == {"files/ab/cd": BIG}
    with pytest.raises(SecretNeeded):
        unlocked(data, public)
    make_pair(tmp_path / "other")
    with pytest.raises(WrongKey):
        unlocked(data, read_key(tmp_path / "other"))
    assert pair.stat().st_mode & 0o077 == 0


def test_a_passphrase_opens_what_it_locked_and_nothing_else_does(pair: Path) -> None:
    data = locked(Passphrase("một câu dài không ai đoán".encode()))
    assert unlocked(data, Passphrase("một câu dài không ai đoán".encode())) == {"files/ab/cd": BIG}
    for wrong in (Passphrase(b"some other sentence"), read_key(pair)):
        with pytest.raises(WrongKey):
            unlocked(data, wrong)


def dropped_piece(data: bytes) -> bytes:
    begin = data.index(b"\n", len(cipher.MAGIC)) + 1 + 24
    size = cipher.PIECE + 17
    return data[:begin] + data[begin + size :]


CHANGES: dict[str, tuple[Callable[[bytes], bytes], type[Exception]]] = {
    "a bit of the line": (lambda data: data[:30] + bytes([data[30] ^ 1]) + data[31:], Broken),
    "a bit inside": (lambda data: data[:-5000] + bytes([data[-5000] ^ 1]) + data[-4999:], Broken),
    "a piece left out": (dropped_piece, Broken),
    "the end": (lambda data: data[:-1], Truncated),
    "half": (lambda data: data[: len(data) // 2], Truncated),
}


@pytest.mark.parametrize("change", CHANGES, ids=str)
def test_what_was_changed_does_not_open(pair: Path, change: str) -> None:
    alter, expected = CHANGES[change]
    with pytest.raises(expected):
        unlocked(alter(locked(read_key(pair))), read_key(pair))


@pytest.mark.parametrize("content", ["ngắn", "nhipcau-backup-secret:AAAA", "nhipcau-backup-public:khong"])
def test_a_key_file_that_is_none_is_refused_in_a_sentence(tmp_path: Path, content: str) -> None:
    (tmp_path / "key").write_text(content, "utf-8")
    with pytest.raises(NhipCauError, match="Không dùng được tệp khóa"):
        read_key(tmp_path / "key")
    with pytest.raises(NhipCauError, match="không có tệp này"):
        read_key(tmp_path / "none")


def test_what_is_new_is_found_by_going_along_two_sorted_lists(tmp_path: Path) -> None:
    names = [f"{number:064x}" for number in (1, 3, 5, 9)]
    (tmp_path / "base").write_bytes(b"".join(map(bytes.fromhex, (names[0], names[2], f"{7:064x}"))))
    found = list(records.unknown_to(tmp_path / "base", names))
    assert found == [(names[0], False), (names[1], True), (names[2], False), (names[3], True)]
    assert [new for _, new in records.unknown_to(None, names)] == [True] * 4
