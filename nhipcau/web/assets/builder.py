"""Puts the assets in place, each written whole or not at all, and skips the work when nothing changed."""

from __future__ import annotations

import gzip
import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

from nhipcau.web.assets import font, icons, sources

PACKAGE = Path(__file__).resolve().parents[2]
BUILD_DIR = PACKAGE / "web" / "static" / "build"
LOCALE_DIR = PACKAGE / "locale"

_STAMP = ".stamp"


def build(out: Path = BUILD_DIR, locale: Path = LOCALE_DIR) -> list[Path]:
    """Build every asset and return where they lie.

    `out` receives inter.woff2, inter-OFL.txt, htmx.min.js and the icons; scripts and styles, ours beside `out`
    too, get a compressed copy, which WhiteNoise serves; catalogues are compiled beside their .po files under
    `locale`. When sources and results are unchanged since the last run, nothing is written. An interrupted run
    leaves no stamp, so the next one starts over.

    Raises MissingProgram when a source package is not installed.
    """
    catalogues = sorted(locale.glob("*/LC_MESSAGES/*.po"))
    inter, licence, htmx = sources.inter_font(), sources.inter_licence(), sources.htmx_script()
    picture = BUILD_DIR.parent / "img" / "nhip-cau.svg"
    results = [out / "inter.woff2", out / "inter-OFL.txt", out / "htmx.min.js", out / "icon.svg"]
    results += [out / f"icon-{size}.png" for size in icons.SIZES]
    results += [po.with_suffix(".mo") for po in catalogues]
    ours = sorted(path for kind in ("css", "js") for path in (out.parent / kind).glob(f"*.{kind}"))
    compressed = [*ours, out / "htmx.min.js"]
    results += [_copy_of(path) for path in compressed]
    here = sorted(Path(__file__).parent.glob("*.py"))
    stamp, state = out / _STAMP, _fingerprint([inter, licence, htmx, picture, *catalogues, *here, *ours])
    if all(path.is_file() for path in results) and stamp.is_file() and stamp.read_text("ascii") == state:
        return results

    out.mkdir(parents=True, exist_ok=True)
    stamp.unlink(missing_ok=True)
    _replace(out / "inter.woff2", font.subset_inter(inter))
    _replace(out / "inter-OFL.txt", licence.read_bytes())
    _replace(out / "htmx.min.js", htmx.read_bytes())
    _draw_icons(picture, out)
    for path in compressed:
        _replace(_copy_of(path), gzip.compress(path.read_bytes(), mtime=0))
    for po in catalogues:
        _compile_catalogue(po)
    _replace(stamp, state.encode("ascii"))
    return results


def _draw_icons(picture: Path, out: Path) -> None:
    drawn = icons.square(picture)
    _replace(out / "icon.svg", drawn.encode())
    for size in icons.SIZES:
        _replace(out / f"icon-{size}.png", icons.png(drawn, size))


def _fingerprint(paths: Iterable[Path]) -> str:
    """A digest of names, sizes and times of change: reading 1 MB of fonts at every start would be waste."""
    lines = (f"{path}\0{path.stat().st_size}\0{path.stat().st_mtime_ns}\n" for path in paths)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _copy_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.gz")


def _replace(path: Path, data: bytes) -> None:
    """Write beside the target and rename, so that a reader never meets half a file."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    temporary.write_bytes(data)
    temporary.replace(path)


def _compile_catalogue(po: Path) -> None:
    """Compile one .po file to the .mo beside it; obsolete and fuzzy entries stay out, as with msgfmt."""
    import polib

    _replace(po.with_suffix(".mo"), polib.pofile(str(po), encoding="utf-8").to_binary())
