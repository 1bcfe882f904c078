"""Ready templates, as files: each a report that a federation can take, change and publish as its own."""

from nhipcau.reports.design.library.shelf import Ready, as_text, ready, ready_one, taken

__all__ = ["Ready", "as_text", "ready", "ready_one", "taken"]
