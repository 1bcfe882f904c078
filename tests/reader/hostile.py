"""Files made to harm, put together on the fly: none of them is kept, none of them does anything but be refused."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from tests.reader.test_extract import saved, word_letter

_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def package(document: bytes | str, **others: bytes | str) -> bytes:
    """A .docx with this main part; other parts by name, "__" for "/" and "_0" for "."."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("word/document.xml", document)
        for name, data in others.items():
            archive.writestr(name.replace("__", "/").replace("_0", "."), data)
    return target.getvalue()


def body(inner: str, *, before: str = "") -> str:
    return f"<?xml version='1.0'?>{before}<w:document {W}><w:body>{inner}</w:body></w:document>"


def zip_bomb() -> bytes:
    """Half a gigabyte of blanks in half a megabyte."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        with archive.open("word/document.xml", "w", force_zip64=True) as stream:
            for _ in range(128):
                stream.write(b" " * 2**22)
    return target.getvalue()


def lying_zip() -> bytes:
    """The directory says ten bytes, the part unpacks to sixty million."""
    data = bytearray(package(b"<" + b"a" * 60_000_000))
    size = struct.pack("<I", 60_000_001)
    at = data.find(size)
    while at >= 0:
        data[at : at + 4] = struct.pack("<I", 10)
        at = data.find(size, at)
    return bytes(data)


def laughs() -> bytes:
    """Entities of entities: three billion letters from one kilobyte."""
    names = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(9))
    kinds = f'<!DOCTYPE w [<!ENTITY e0 "ha">{names}]>'
    return package(body("<w:p><w:r><w:t>&e9;</w:t></w:r></w:p>", before=kinds))


def reaching(path: str) -> bytes:
    """An entity that reads a file of the server."""
    kinds = f'<!DOCTYPE w [<!ENTITY x SYSTEM "file://{path}">]>'
    return package(body("<w:p><w:r><w:t>&x;</w:t></w:r></w:p>", before=kinds))


def nested(levels: int) -> bytes:
    """A table in a table in a table …"""
    opening = "<w:tbl><w:tr><w:tc>" * levels
    return package(body(f"{opening}<w:p/>{'</w:tc></w:tr></w:tbl>' * levels}"))


def circular_styles() -> bytes:
    """Two styles, each based on the other."""
    style = "<w:style w:type='paragraph' w:styleId='{0}'><w:basedOn w:val='{1}'/></w:style>"
    styles = f"<w:styles {W}>{style.format('A', 'B')}{style.format('B', 'A')}</w:styles>"
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>'
        "</Relationships>"
    )
    text = "<w:p><w:pPr><w:pStyle w:val='A'/></w:pPr><w:r><w:t>Kính gửi</w:t></w:r></w:p>"
    return package(body(text), word__styles_0xml=styles, **{"word___rels__document_0xml_0rels": relations})


def with_macro() -> bytes:
    """An ordinary letter that carries a macro and calls a template from elsewhere."""
    target = io.BytesIO(saved(word_letter()))
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"Sub AutoOpen()")
    return target.getvalue()


def pdf(*objects: str | bytes, root: int = 1) -> bytes:
    """A PDF of these objects, numbered from 1."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        inner = content.encode("latin-1") if isinstance(content, str) else content
        out += f"{number} 0 obj\n".encode() + inner + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n".encode()
    out += "".join(f"{place:010d} 00000 n \n" for place in places).encode()
    out += f"trailer\n<< /Size {len(places) + 1} /Root {root} 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


def stream(data: bytes, entries: str = "") -> bytes:
    return f"<< /Length {len(data)} {entries} >>\nstream\n".encode() + data + b"\nendstream"


def page_of(content: bytes, *, box: str = "0 0 595 842", entries: str = "", font: str = "Helvetica") -> bytes:
    """A PDF of one page drawn by this content; /F1 is the named font with Windows' Latin codes."""
    return pdf(
        f"<< /Type /Catalog /Pages 2 0 R {entries} >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [{box}] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        stream(content),
        f"<< /Type /Font /Subtype /Type1 /BaseFont /{font} /Encoding /WinAnsiEncoding >>",
    )


def shown(*lines: str, size: int = 12, top: int = 780, codes: str = "latin-1") -> bytes:
    """Content that shows these lines from the top of a page down."""
    out = b""
    for number, line in enumerate(lines):
        escaped = line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)").encode(codes)
        place = f"1 0 0 1 60 {top - number * (size + 6)} Tm".encode()
        out += b"BT /F1 " + str(size).encode() + b" Tf " + place + b" (" + escaped + b") Tj ET\n"
    return out


def many_pages(count: int) -> bytes:
    """One page shown very often."""
    kids = " ".join(["3 0 R"] * count)
    return pdf(
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
    )


def circular_pages() -> bytes:
    """The page tree is its own child."""
    return pdf("<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [2 0 R] /Count 5 >>")


def pdf_bomb() -> bytes:
    """Content that unpacks to three hundred megabytes of drawing."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b"0 0 m 9 9 l S\n" * 300_000) for _ in range(64)) + packer.flush()
    return pdf(
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
        stream(packed, "/Filter /FlateDecode"),
    )
