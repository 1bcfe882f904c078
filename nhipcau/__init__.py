"""Nhịp Cầu: directives go down, work is recorded, reports come up, every issued figure can be traced."""

__version__ = "0.1.0"
