"""`python -m nhipcau.web.assets`: build the assets; quick when they are up to date."""

import sys

from nhipcau.core.errors import NhipCauError
from nhipcau.web.assets import BUILD_DIR, build


def main() -> int:
    """Exit 0 when every asset is in place, 1 with a sentence when a source package is missing."""
    try:
        build(BUILD_DIR)
    except NhipCauError as error:
        print(error.message, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
