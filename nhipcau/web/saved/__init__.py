"""Saved views: list pages as a post likes to see them, as chips above the list and on the first page."""
