"""The reader: a Vietnamese administrative document in, its parts, citations and duties out. Pure."""

from nhipcau.reader.output import to_json
from nhipcau.reader.read import read_bytes, read_file, read_text

__all__ = ["read_bytes", "read_file", "read_text", "to_json"]
