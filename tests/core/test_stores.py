"""A store keeps things whole under their keys, on the disk as in S3."""

from __future__ import annotations

import hashlib
import socket
import time
import uuid
from contextlib import suppress
from pathlib import Path

import pytest

from nhipcau.core.store import Store, opened, read_address, s3
from tests.weed import KEY, SECRET, address


@pytest.fixture(params=["disk", "s3"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    if request.param == "disk":
        return opened("", tmp_path / "here")
    return opened(address(request.getfixturevalue("weed"), uuid.uuid4().hex), tmp_path)


def test_what_is_put_comes_back_whole_and_in_pieces(store: Store) -> None:
    data = bytes(range(256)) * 5000
    store.put("files/ab/cd", data)
    assert store.get("files/ab/cd") == data
    with store.open("files/ab/cd") as source:
        assert source.size == len(data)
        pieces = [source.read(100_000)]
        while piece := source.read(100_000):
            pieces.append(piece)
    assert b"".join(pieces) == data


def test_what_is_not_there_is_said_to_be_missing(store: Store) -> None:
    with pytest.raises(FileNotFoundError):
        store.get("files/no/such")
    with pytest.raises(FileNotFoundError), store.open("files/no/such"):
        pass
    store.remove("files/no/such")


def test_it_knows_whether_it_holds_exactly_these_bytes(store: Store) -> None:
    digest = hashlib.sha256(b"abc").hexdigest()
    assert not store.holds("files/a", b"abc", digest)
    store.put("files/a", b"abd")
    assert not store.holds("files/a", b"abc", digest)
    store.put("files/a", b"abc")
    assert store.holds("files/a", b"abc", digest)


def test_what_is_put_once_is_never_written_over(store: Store) -> None:
    store.put_once("anchors/1", b"first")
    store.put_once("anchors/1", b"second")
    assert store.get("anchors/1") == b"first"


def test_keys_come_in_order_below_a_prefix_and_after_one(store: Store) -> None:
    for name in ("b/1", "a/2", "a/10", "a/1"):
        store.put(f"files/{name}", name.encode())
    store.put("waiting/x", b"x")
    assert [one.key for one in store.keys("files/")] == ["files/a/1", "files/a/10", "files/a/2", "files/b/1"]
    assert [one.key for one in store.keys("files/", after="files/a/10")] == ["files/a/2", "files/b/1"]
    assert [one.size for one in store.keys("waiting/")] == [1]
    store.remove("waiting/x")
    assert list(store.keys("waiting/")) == []


def test_more_keys_than_one_answer_holds(weed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(s3, "PAGE", 3)
    store = opened(address(weed, uuid.uuid4().hex), tmp_path)
    for number in range(7):
        store.put(f"anchors/{number}", b".")
    assert [one.key for one in store.keys("anchors/")] == [f"anchors/{number}" for number in range(7)]


def test_a_wrong_secret_and_a_server_that_is_gone_are_faults_of_the_store(weed: str, tmp_path: Path) -> None:
    wrong = opened(f"s3://{KEY}:other@{weed}/nhipcau?tls=0", tmp_path)
    with pytest.raises(OSError, match="S3: SignatureDoesNotMatch"):
        wrong.get("files/a")
    with socket.socket() as bound:  # a port that nobody listens at
        bound.bind(("127.0.0.1", 0))
        gone = opened(f"s3://{KEY}:x@127.0.0.1:{bound.getsockname()[1]}/nhipcau?tls=0", tmp_path)
        with pytest.raises(OSError, match="S3: EndpointConnectionError"):
            gone.put("files/a", b"a")


def test_a_server_that_never_answers_is_given_up_after_so_many_tries(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert s3.READ * s3.ATTEMPTS <= 20, "seconds for which it may hold a thread of the pages"
    monkeypatch.setattr(s3, "READ", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        store = opened(f"s3://{KEY}:x@127.0.0.1:{silent.getsockname()[1]}/nhipcau?tls=0", tmp_path)
        began = time.monotonic()
        with pytest.raises(OSError, match="S3: ReadTimeoutError"):
            store.get("files/a")
        took, tries = time.monotonic() - began, 0
        silent.settimeout(0.2)
        with suppress(TimeoutError):
            while silent.accept():
                tries += 1
    assert (tries, took < 5) == (s3.ATTEMPTS, True)


def test_an_address_says_all_and_shows_no_secret() -> None:
    found = read_address("s3://kh%40a:b%2F@kho.congdoan.example/bo/tinh?region=hn&ca=/etc/ca.pem")
    assert (found.endpoint, found.bucket, found.prefix) == ("https://kho.congdoan.example", "bo", "tinh/")
    assert (found.key, found.secret, found.region, found.ca) == ("kh@a", "b/", "hn", "/etc/ca.pem")
    assert "b/" not in repr(found).replace("bo/", "").replace("tinh/", "")
    assert read_address(address("127.0.0.1:9", "r")).secret == SECRET


@pytest.mark.parametrize(
    "url",
    [
        "http://k:s@h/b", "s3://h/b", "s3://k:s@h", "s3://k:s@h:x/b", "s3://k:s@h/b?tls=2", "s3://k:s@h/b?tsl=1",
        "s3://k@h/b",
    ],
)  # fmt: skip
def test_an_address_that_cannot_be_one_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"cần dạng s3://|tls|tùy chọn"):
        read_address(url)
