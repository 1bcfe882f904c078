"""Programs outside Python that some tests need: skip by name, fail under REQUIRE_ALL=1, and tell at the end.

`@pytest.mark.needs_program("chromium")` on a test; conftest.py calls `pytest_runtest_setup_programs`.
`python tests/programs.py [NOTE…] RESULT.xml…` prints what was skipped and why: each note, then the reasons in
pytest's own result files.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from xml.etree import ElementTree

import pytest

# name used in the marker → (commands any of which will do, Debian package that brings it)
_PROGRAMS: dict[str, tuple[tuple[str, ...], str]] = {
    "antiword": (("antiword",), "antiword"),
    # Without windows, tabs and menus around a page, a page costs a third.
    "chromium": (
        ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"),
        "chromium-headless-shell",
    ),
    "pdftotext": (("pdftotext",), "poppler-utils"),
    "pdftoppm": (("pdftoppm",), "poppler-utils"),
    "soffice": (("soffice", "libreoffice"), "libreoffice-writer-nogui"),
    "tesseract": (("tesseract",), "tesseract-ocr-vie"),
}
# Fonts and parts of programs are found by file: they bring no command.
_FILES: dict[str, tuple[str, str]] = {
    "tinos": ("Tinos-Regular.ttf", "fonts-croscore"),
    "soffice-calc": ("libsclo.so", "libreoffice-calc-nogui"),
}
_FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path("/usr/lib/libreoffice/program"))


def program_path(name: str) -> str | None:
    """Where the program (or font, or part) lies, or None when it is missing."""
    if name in _FILES:
        hits = (hit for folder in _FOLDERS for hit in folder.rglob(_FILES[name][0]))
        return next((str(hit) for hit in hits), None)
    commands, _ = _PROGRAMS.get(name, ((name,), name))
    return next((path for path in map(shutil.which, commands) if path), None)


def reason_missing(name: str) -> str | None:
    """Why a test that needs `name` cannot run here, or None when it can."""
    if program_path(name):
        return None
    package = _FILES[name][1] if name in _FILES else _PROGRAMS.get(name, ((), name))[1]
    return f"thiếu «{name}» (gói {package}; cài bằng ./run system-deps)"


# The name looks like a hook to pytest once conftest.py imports it; being optional, it is let be.
@pytest.hookimpl(optionalhook=True)
def pytest_runtest_setup_programs(item: pytest.Item) -> None:
    """Skip `item` when a program it needs is missing; fail it instead when REQUIRE_ALL=1."""
    for marker in item.iter_markers("needs_program"):
        for name in marker.args:
            reason = reason_missing(name)
            if reason is None:
                continue
            if os.environ.get("REQUIRE_ALL") == "1":
                pytest.fail(reason, pytrace=False)
            pytest.skip(reason)


def skipped(results: Iterable[Path]) -> Counter[str]:
    """`{run name: reason: …}` counts over JUnit result files; expected failures are not skips."""
    counts: Counter[str] = Counter()
    for path in results:
        for case in ElementTree.parse(path).iter("skipped"):
            if case.get("type") == "pytest.skip":
                counts[f"{path.stem}: {case.get('message', '')}"] += 1
    return counts


def main(arguments: list[str]) -> int:
    """Print one line per reason, or that nothing was skipped; exit 1 when a run left no result to read."""
    paths = [Path(argument) for argument in arguments if argument.endswith(".xml")]
    lines = [f"· Bỏ qua (skipped): {note}" for note in arguments if not note.endswith(".xml")]
    lines += [f"· Không có kết quả (no result): {path.stem}" for path in paths if not path.is_file()]
    for reason, count in sorted(skipped(path for path in paths if path.is_file()).items()):
        lines.append(f"· Bỏ qua {count} kiểm thử (skipped): {reason}")
    print("\n".join(lines) or "· Không bỏ qua kiểm thử nào (no test was skipped)")
    return 0 if all(path.is_file() for path in paths) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
