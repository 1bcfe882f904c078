"""Word files: the package, its styles and lists, paragraphs, tables, and the walk through them in reading order."""

from nhipcau.reader.extract.word.walk import read_docx

__all__ = ["read_docx"]
