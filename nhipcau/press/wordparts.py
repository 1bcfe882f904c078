"""The parts of the Word package that are the same for every document: types, relations, styles, headers."""

from __future__ import annotations

from xml.sax.saxutils import escape

from nhipcau.press.wordml import DECLARATION, NAMESPACES, mm

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"

_TYPES = (
    f'{DECLARATION}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_MAIN}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_MAIN}.styles+xml"/>'
    f'<Override PartName="/word/settings.xml" ContentType="{_MAIN}.settings+xml"/>'
    f'<Override PartName="/word/header1.xml" ContentType="{_MAIN}.header+xml"/>'
    f'<Override PartName="/word/header2.xml" ContentType="{_MAIN}.header+xml"/>'
    '<Override PartName="/docProps/core.xml" '
    'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
    "</Types>"
)

_RELATIONS = (
    f'{DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
    "</Relationships>"
)

_DOCUMENT_RELATIONS = (
    f'{DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rIdStyles" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    f'<Relationship Id="rIdSettings" Type="{_OFFICE}/settings" Target="settings.xml"/>'
    f'<Relationship Id="rIdHeader" Type="{_OFFICE}/header" Target="header1.xml"/>'
    f'<Relationship Id="rIdFirst" Type="{_OFFICE}/header" Target="header2.xml"/>'
    "</Relationships>"
)

# Without compatibilityMode 15 Word opens the file in the compatibility mode of 2007.
_SETTINGS = (
    f'{DECLARATION}<w:settings {NAMESPACES}><w:defaultTabStop w:val="720"/>'
    '<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting w:name="compatibilityMode" '
    'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    '<w:themeFontLang w:val="vi-VN"/></w:settings>'
)

CORE = (
    f'{DECLARATION}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{title}</dc:title>'
    "<dc:creator>{creator}</dc:creator><dc:language>vi-VN</dc:language>"
    '<dcterms:created xsi:type="dcterms:W3CDTF">{moment}</dcterms:created>'
    '<dcterms:modified xsi:type="dcterms:W3CDTF">{moment}</dcterms:modified></cp:coreProperties>'
)

_PAGE_NUMBER = (
    f'{DECLARATION}<w:hdr {NAMESPACES}><w:p><w:pPr><w:jc w:val="center"/></w:pPr>'
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>2</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:hdr>'
)
_NO_PAGE_NUMBER = f"{DECLARATION}<w:hdr {NAMESPACES}><w:p/></w:hdr>"


def _style(name: str, title: str, paragraph: str, run: str = "", *, next_style: str = "BodyText") -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{title}"/><w:basedOn w:val="Normal"/>'
        f'<w:next w:val="{next_style}"/><w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>'
    )


_INDENT = f'<w:ind w:firstLine="{mm(12.7)}"/>'
# 264/240: 1.1 lines, between the single and 1.5 that the decree allows.
_BODY_SPACING = '<w:spacing w:before="0" w:after="120" w:line="264" w:lineRule="auto"/>'
_HEADING_SPACING = '<w:keepNext/><w:spacing w:before="60" w:after="120" w:line="264" w:lineRule="auto"/>'
_BOLD = "<w:b/><w:bCs/>"

_STYLES = (
    f"{DECLARATION}<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr>"
    '<w:rFonts w:ascii="Times New Roman" w:eastAsia="Times New Roman" w:hAnsi="Times New Roman" '
    'w:cs="Times New Roman"/><w:color w:val="000000"/><w:sz w:val="28"/><w:szCs w:val="28"/>'
    '<w:lang w:val="vi-VN" w:eastAsia="vi-VN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
    "<w:pPrDefault/></w:docDefaults>"
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
    + _style("BodyText", "Body Text", f'{_BODY_SPACING}{_INDENT}<w:jc w:val="both"/>')
    + _style("Title", "Title", '<w:keepNext/><w:jc w:val="center"/>', _BOLD, next_style="Subject")
    + _style("Subject", "Subtitle", '<w:keepNext/><w:jc w:val="center"/>', _BOLD)
    + _style("Annex", "Annex", '<w:keepNext/><w:jc w:val="center"/><w:outlineLvl w:val="0"/>', _BOLD)
    + "".join(
        _style(
            f"Heading{level}",
            f"heading {level}",
            f'{_HEADING_SPACING}{_INDENT}<w:jc w:val="left"/><w:outlineLvl w:val="{level - 1}"/>',
            _BOLD if level < 3 else "",
        )
        for level in (1, 2, 3)
    )
    + "</w:styles>"
)

STATIC = {
    "[Content_Types].xml": _TYPES,
    "_rels/.rels": _RELATIONS,
    "word/_rels/document.xml.rels": _DOCUMENT_RELATIONS,
    "word/styles.xml": _STYLES,
    "word/settings.xml": _SETTINGS,
    "word/header1.xml": _PAGE_NUMBER,
    "word/header2.xml": _NO_PAGE_NUMBER,
}

# Two ways to carry a mark, since programs drop one or the other: a document property and a bookmark.
PROPERTY = "NhipCau"
BOOKMARK = '<w:bookmarkStart w:id="0" w:name="{name}"/><w:bookmarkEnd w:id="0"/>'
_CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_CUSTOM = (
    f'{DECLARATION}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
    'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
    '<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="2" name="{name}">'
    "<vt:lpwstr>{mark}</vt:lpwstr></property></Properties>"
)


def bookmark(mark: str) -> str:
    """The name of the bookmark that carries a mark: letters and digits, at most 40 characters."""
    return "nc_" + "".join(char for char in mark if char.isalnum())[:36]


def marked(mark: str) -> dict[str, str]:
    """The static parts with the mark as a document property."""
    override = f'<Override PartName="/docProps/custom.xml" ContentType="{_CUSTOM_TYPE}"/></Types>'
    relation = (
        f'<Relationship Id="rId3" Type="{_OFFICE}/custom-properties" Target="docProps/custom.xml"/></Relationships>'
    )
    return {
        **STATIC,
        "[Content_Types].xml": _TYPES.replace("</Types>", override),
        "_rels/.rels": _RELATIONS.replace("</Relationships>", relation),
        "docProps/custom.xml": _CUSTOM.format(name=PROPERTY, mark=escape(mark)),
    }
