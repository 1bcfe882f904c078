"""Signing in as for the tasks' pages, on the same day."""

from tests.web.tasks.conftest import acting, today

__all__ = ["acting", "today"]
