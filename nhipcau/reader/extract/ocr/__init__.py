"""Scanned pages: rendered upright, freed of stamps, recognised by tesseract, laid out again in lines.

One process for each core and page; the words keep their confidence and place (ADR 0013).
"""
