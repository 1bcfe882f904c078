"""press: a structured official document → .docx and PDF in the layout of Decree 30/2020/NĐ-CP. Pure, no Django."""

from nhipcau.press.docx import to_docx
from nhipcau.press.fonts import FontReport, font_report, press_font
from nhipcau.press.pdf import to_pdf

__all__ = ["FontReport", "font_report", "press_font", "to_docx", "to_pdf"]
