"""Free analysis of accepted figures: columnar facts on disk, and questions asked of them through Ibis.

Ibis, DuckDB and Arrow are an extra. Nothing here imports them before a question is asked, so that an installation
without them works and says what is missing.
"""
