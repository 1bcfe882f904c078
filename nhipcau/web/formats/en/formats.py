"""The English pages read and write dates and figures exactly as the Vietnamese ones do.

Two officers look at the same sheet: 1.234 must not be a thousand on one screen and one and a bit on the other.
"""

from nhipcau.web.formats.vi.formats import *  # noqa: F403
