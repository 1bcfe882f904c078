"""What an instance lacks or suffers from: each check says what it means and how it is mended."""

from nhipcau.ops.doctor.checks import Check, Found, Line, examine
from nhipcau.ops.doctor.listed import CHECKS

__all__ = ["CHECKS", "Check", "Found", "Line", "examine"]
