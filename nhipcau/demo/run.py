"""Make a fresh demonstration in a directory, run the story, leave the issued report and say what came out."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nhipcau.core.errors import Conflict
from nhipcau.demo.scenes import SCENES, VISITORS

if TYPE_CHECKING:
    from nhipcau.demo.story import Story

MARKER = "demo.json"


def prepare(folder: Path) -> None:
    """An empty directory for the instance. Only a directory that a demonstration made is ever emptied."""
    if folder.exists() and any(folder.iterdir()):
        if not (folder / MARKER).exists():
            raise Conflict(
                f"Thư mục «{folder}» đã có dữ liệu khác, không ghi đè. Hãy chọn thư mục khác bằng --dir."
            )
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    scenes = [{"name": name, "clock": clock.isoformat()} for name, clock in SCENES]
    visitors = [{"login": login, "vi": vi, "en": en} for login, vi, en in VISITORS]
    kept = {"made_by": "nhipcau demo", "scenes": scenes, "visitors": visitors}
    (folder / MARKER).write_text(json.dumps(kept) + "\n", "utf-8")


def use(folder: Path, clock: str) -> None:
    """Point this process at the instance: embedded SQLite, its own files, its fixed clock."""
    os.environ["NHIPCAU_DATA_DIR"] = str(folder.resolve())
    os.environ["NHIPCAU_CLOCK"] = clock
    os.environ.pop("NHIPCAU_DATABASE_URL", None)


def run(story: Story, tell: Callable[[str], None]) -> list[dict[str, Any]]:
    """Every stage in order, told as it happens."""
    from nhipcau.demo.stages import stages

    done = []
    for number, (name, step) in enumerate(stages(story), start=1):
        tell(f"{number}. {name} …")
        counts = step()
        tell("   " + ", ".join(f"{key} {value}" for key, value in counts.items()))
        done.append({"name": name, "counts": counts})
    return done


def keep_files(story: Story, folder: Path) -> list[str]:
    """The issued report and its restatement as files in `out/`."""
    from nhipcau.documents.storing import files

    out = folder / "out"
    out.mkdir(exist_ok=True)
    written = []
    for issued in (story.issued, story.restated):
        stem = issued.document.number.replace("/", "-")
        for suffix, stored in ((".docx", issued.docx), (".pdf", issued.pdf)):
            path = out / f"{stem}{suffix}"
            path.write_bytes(files.read(stored))
            written.append(str(path))
    return written


def indicators(story: Story) -> dict[str, dict[str, Any]]:
    """Label and live total of every indicator that is summed over units, for the province."""
    from nhipcau.demo.dates import CLOCK, PERIOD
    from nhipcau.demo.federation import PROVINCE
    from nhipcau.reports.design.definition import load
    from nhipcau.reports.totals.consolidation import consolidate

    node = consolidate(version=story.version, period=PERIOD, unit=story.units[PROVINCE], at=CLOCK)
    entered = load(story.version.definition).entered()
    return {item.code: {"label": item.label, "total": node.cells[item.code].value} for item in entered}
