"""Builds what the pages need from pinned packages: the screen font, htmx and the message catalogues.

Nothing is fetched and nothing generated is committed: `./run` calls this, and a wheel carries the result.
"""

from nhipcau.web.assets.builder import BUILD_DIR, LOCALE_DIR, build

__all__ = ["BUILD_DIR", "LOCALE_DIR", "build"]
