"""Debug entry: `python -m nhipcau.reader FILE` (the product's command is `nhipcau read`)."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from nhipcau.reader import read_file, to_json

if __name__ == "__main__":
    for name in (argument for argument in sys.argv[1:] if not argument.startswith("--")):
        print(json.dumps(to_json(read_file(Path(name))), ensure_ascii=False))
