"""Where the assets come from: files inside installed, hash-pinned packages, found without importing them."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from nhipcau.core.errors import MissingProgram


def package_file(package: str, relative: str) -> Path:
    """A file shipped inside an installed package.

    Raises MissingProgram when the package is not installed or does not carry the file.
    """
    spec = importlib.util.find_spec(package)
    for folder in (spec.submodule_search_locations or []) if spec else []:
        path = Path(folder) / relative
        if path.is_file():
            return path
    raise MissingProgram(
        f"Không tìm thấy «{relative}» trong gói Python «{package}» nên chưa dựng được phần giao diện; "
        "hãy chạy `./run setup` để cài đủ các gói rồi thử lại."
    )


def inter_font() -> Path:
    """Inter, the upright variable font (axes: optical size, weight)."""
    return package_file("fontpkg_inter", "files/Inter[opsz,wght].ttf")


def inter_licence() -> Path:
    """The SIL Open Font License text that must travel with every copy of Inter."""
    return package_file("fontpkg_inter", "LICENSE")


def htmx_script() -> Path:
    """htmx 2, minified. Version 4 lies beside it in the wheel; its inherited headers change breaks CSRF."""
    return package_file("django_htmx", "static/django_htmx/htmx-2.min.js")
