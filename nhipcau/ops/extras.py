"""The parts that are installed only where they are wanted: what each is for, and how to get it."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec


@dataclass(frozen=True)
class Extra:
    """`modules` are what its packages bring, by their names in Python; `install` is one line for a terminal."""

    name: str
    modules: tuple[str, ...]
    use: str
    install: str = ""

    @property
    def missing(self) -> bool:
        return any(find_spec(module) is None for module in self.modules)

    @property
    def command(self) -> str:
        return self.install or f".venv/bin/pip install --require-hashes -r requirements/{self.name}.txt"


EXTRAS = (
    Extra("postgres", ("psycopg",), "dùng PostgreSQL thay SQLite"),
    Extra("signing", ("pyhanko",), "ký số và kiểm tra chữ ký trong tệp PDF"),
    Extra("ocr", ("pikepdf", "PIL"), "đọc văn bản quét và ảnh chụp văn bản"),
    Extra("photos", ("cv2",), "nhận ảnh minh chứng: che khuôn mặt trước khi lưu"),
    Extra("analytics", ("duckdb", "ibis", "pyarrow"), "trang Phân tích"),
    Extra("s3", ("boto3",), "để tệp ở kho S3 dùng chung cho nhiều máy (NHIPCAU_STORAGE_URL)"),
    Extra("traces", ("opentelemetry.sdk",), "gửi vết xử lý tới bộ thu OpenTelemetry (NHIPCAU_TRACES_URL)"),
    Extra("names", ("vietnamadminunits",), "lập cây mẫu theo đơn vị hành chính («org names»)"),
    Extra("spark", ("pyspark",), "phân tích trên cụm Spark (cần Java 17)", "./run setup spark"),
)
