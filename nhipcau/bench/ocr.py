"""Scanned pages against bare tesseract: what rendering, levelling, stamps and the confined process cost."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pypdfium2 as pdfium

from nhipcau.bench.letters import letters
from nhipcau.bench.measure import Case
from nhipcau.core.official import OfficialDocument, Paragraph
from nhipcau.press.pdf import to_pdf
from nhipcau.reader.extract import extract

_DPI = 300
_SAME = 0.9  # share of the words that both must have read alike


def ocr_case(pages: int) -> Case | None:
    """`pages` scanned pages in one file; None where tesseract is not installed. ours_over_limit is what the
    product adds to the recogniser itself, with as many processes."""
    program = shutil.which("tesseract")
    if program is None:
        return None
    data = _scan(pages)
    pictures = [_netpbm(page) for page in pdfium.PdfDocument(data)]
    cores = len(os.sched_getaffinity(0))

    def bare() -> str:
        with ThreadPoolExecutor(cores) as pool:
            return "".join(pool.map(partial(_tesseract, program, threads="1"), pictures))

    return Case(
        name="ocr",
        ours=lambda: extract(data, "quet.pdf").text,
        peer="tesseract page after page with its own threads",
        peer_side=lambda: "".join(_tesseract(program, picture, threads="") for picture in pictures),
        limit="bare tesseract on the same pages drawn beforehand, one single-threaded process a core",
        limit_side=bare,
        agree=_alike,
        more=lambda milliseconds: {"pages_per_second": round(pages / milliseconds * 1000, 2)},
    )


def _scan(pages: int) -> bytes:
    """Letters typeset and turned into pictures, as a scanner would."""
    scan = pdfium.PdfDocument.new()
    for text in letters(pages):
        body = tuple(Paragraph(" ".join(part.split())) for part in text.split("\n\n"))
        typed = pdfium.PdfDocument(to_pdf(OfficialDocument("CÔNG ĐOÀN", "báo cáo", "Về việc đo", body)))
        picture = pdfium.PdfImage.new(scan)
        picture.set_bitmap(typed[0].render(scale=_DPI / 72, grayscale=True))
        width, height = typed[0].get_size()
        picture.set_matrix(pdfium.PdfMatrix().scale(width, height))
        page = scan.new_page(width, height)
        page.insert_obj(picture)
        page.gen_content()
    written = io.BytesIO()
    scan.save(written)
    return written.getvalue()


def _netpbm(page: pdfium.PdfPage) -> bytes:
    grey = page.render(scale=_DPI / 72, grayscale=True).to_numpy().squeeze()
    dots: bytes = grey.tobytes()
    return b"P5 %d %d 255\n" % (grey.shape[1], grey.shape[0]) + dots


def _tesseract(program: str, picture: bytes, *, threads: str) -> str:
    environment = os.environ | ({"OMP_THREAD_LIMIT": threads} if threads else {})
    command = [program, "stdin", "stdout", "-l", "vie", "--dpi", str(_DPI)]
    done = subprocess.run(command, input=picture, capture_output=True, check=True, env=environment)  # noqa: S603
    return done.stdout.decode()


def _alike(ours: str, theirs: str) -> bool:
    one, other = (set(re.findall(r"\w+", text)) for text in (ours, theirs))
    return len(one & other) > _SAME * len(one | other)
