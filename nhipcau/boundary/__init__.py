"""What the system refuses to hold. The line is purpose and identifiability, never a word.

The rules are data (`rules/*.yaml`): purpose, patterns, legal ground, explanation and examples both ways.
Call `guard` in every action that stores or sends text; `check` says what it would decide and why.
"""

from nhipcau.boundary.engine import check, scope, scope_of
from nhipcau.boundary.errors import BoundaryRefused, Hit, ReviewNeeded
from nhipcau.boundary.guard import guard, warnings
from nhipcau.boundary.passages import Passages
from nhipcau.boundary.pointing import names_no_work
from nhipcau.boundary.report import check_lines, check_template, digest
from nhipcau.boundary.unplanned import unplanned
from nhipcau.boundary.verdicts import Verdict, named

__all__ = [
    "BoundaryRefused",
    "Hit",
    "Passages",
    "ReviewNeeded",
    "Verdict",
    "check",
    "check_lines",
    "check_template",
    "digest",
    "guard",
    "named",
    "names_no_work",
    "scope",
    "scope_of",
    "unplanned",
    "warnings",
]
