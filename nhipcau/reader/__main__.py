"""Debug entry: `python -m nhipcau.reader FILE --json` (the product's command is `nhipcau read`)."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from nhipcau.reader.output import to_json
from nhipcau.reader.read import read_text

if __name__ == "__main__":
    for name in (argument for argument in sys.argv[1:] if argument != "--json"):
        text = Path(name).read_text(encoding="utf-8")
        print(json.dumps(to_json(read_text(text)), ensure_ascii=False))
