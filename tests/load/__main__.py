"""`python -m tests.load`: how many submissions and pages a second, and what becomes of one too many.

Prints a line of JSON for each phase and one of what the database holds in the end; exit 1 if anything acknowledged
is not found there, or the stored totals are not what adding up again gives. See docs/reference/load.md.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.load.site import Site, database, end
from tests.load.told import PATIENCE, Answers, kept
from tests.load.watching import Watch

WARM, CALM = 15.0, 60.0  # seconds before the first phase, and after an overload


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.load")
    parser.add_argument("--server", default="postgresql://postgres@127.0.0.1:5432", help="PostgreSQL, no database")
    parser.add_argument("--locust", default=shutil.which("locust") or "", help="the program of the generator")
    parser.add_argument("--units", type=int, default=2000)
    parser.add_argument("--quarters", type=int, default=8, help="open reports of each unit")
    parser.add_argument("--indicators", type=int, default=30)
    parser.add_argument("--rates", default="30", help="submissions a second, a phase each; as many pages")
    parser.add_argument("--seconds", type=float, default=300, help="of each phase")
    parser.add_argument("--factor", type=float, default=0, help="so many times the highest rate that was kept")
    parser.add_argument("--factor-seconds", type=float, default=120)
    parser.add_argument("--soak", type=float, default=0, metavar="MINUTES", help="at that rate")
    asked = parser.parse_args()
    if not asked.locust:
        parser.error("locust is not installed: name it with --locust (docs/reference/load.md)")
    with tempfile.TemporaryDirectory(prefix="nhipcau-load-") as made, database(asked.server) as name:
        sys.exit(_run(asked, Site(Path(made), f"{asked.server}/{name}"), name))


def _run(asked: argparse.Namespace, site: Site, name: str) -> int:
    scene = site.folder / "scene.json"
    sizes = [str(asked.units), str(asked.quarters), str(asked.indicators)]
    site.run(sys.executable, "-m", "tests.load.furnish", *sizes, str(scene))
    server = site.start("serve", "--port", str(site.port), "--no-worker")
    worker = site.start("worker")
    try:
        site.await_up()
        watch = Watch(asked.server, name, {"server": server.pid, "worker": worker.pid})
        watch.start()
        try:
            load = Load(site, scene, watch, asked.locust)
            _phases(asked, load)
        finally:
            watch.close()
        return _ends(site, load.acknowledged)
    finally:
        end(server)
        end(worker)


def _phases(asked: argparse.Namespace, load: Load) -> None:
    rates = [float(rate) for rate in asked.rates.split(",")]
    load.phase("warm-up", min(rates), WARM)
    fits = [rate for rate in rates if kept(load.phase("step", rate, asked.seconds))]
    base = max(fits, default=min(rates))
    if asked.factor:
        load.phase("overload", base * asked.factor, asked.factor_seconds)
        load.phase("after", base, CALM)
    if asked.soak:
        load.phase("soak", base, asked.soak * 60)


class Load:
    """Phase by phase the forms are used up."""

    def __init__(self, site: Site, scene: Path, watch: Watch, locust: str) -> None:
        self.site, self.watch, self.locust = site, watch, locust
        self.acknowledged: dict[str, int] = {}
        self._scene = scene
        self._given: dict[str, Any] = json.loads(scene.read_text())

    def phase(self, name: str, rate: float, seconds: float) -> dict[str, Any]:
        """Printed, and given back."""
        self._scene.write_text(json.dumps(self._given))
        out = self.site.folder / "answers"
        self._generate(rate, seconds, out)
        answers = Answers.read(out)
        if doubled := answers.acknowledged.keys() & self.acknowledged.keys():
            raise RuntimeError(f"sent again although acknowledged: {sorted(doubled)[:3]}")
        self.acknowledged |= answers.acknowledged
        self._given["forms"] = [form for form in self._given["forms"] if form[1] not in answers.gone]
        told = {"phase": name, "rate": rate, "seconds": seconds}
        told |= {kind: answers.figures(kind, seconds) for kind in ("send", "read")}
        told |= {"settled_after_s": answers.settled_after()} | self._used
        print(json.dumps(told), flush=True)
        return told

    def _generate(self, rate: float, seconds: float, out: Path) -> None:
        """Locust for so long, and until the last answer came."""
        env = {key: value for key, value in self.site.env.items() if not key.startswith(("NHIPCAU_", "PYTHON"))}
        env |= {"LOAD_SCENE": str(self._scene), "LOAD_OUT": str(out), "LOAD_RATE": str(rate)}
        command = [self.locust, "-f", str(Path(__file__).with_name("locustfile.py")), "--headless", "--users", "2"]
        command += ["--spawn-rate", "2", "--run-time", f"{seconds:.0f}s", "--stop-timeout", f"{PATIENCE + 10:.0f}"]
        command += ["--exit-code-on-error", "0", "--host", f"http://127.0.0.1:{self.site.port}", "--only-summary"]
        running = subprocess.Popen(
            command, env=env, cwd=self.site.folder, stdout=self.site.log, stderr=self.site.log
        )
        self.watch.heads["generator"] = running.pid
        self.watch.begin()
        try:
            code = running.wait(seconds + PATIENCE + 60)
        finally:
            if running.poll() is None:
                end(running)
        self._used = self.watch.figures()
        if code:
            raise RuntimeError(f"locust → {code}\n{self.site.said()}")


def _ends(site: Site, acknowledged: dict[str, int]) -> int:
    file = site.folder / "acknowledged.json"
    file.write_text(json.dumps(acknowledged))
    wrong = json.loads(site.run(sys.executable, "-m", "tests.load.ends", str(file), "120"))
    verified = json.loads(site.run(sys.executable, "-m", "nhipcau.cli.main", "verify", "--json", ok=(0, 1)))
    told = {"phase": "end", "acknowledged": len(acknowledged), "wrong": wrong, "verify": verified}
    print(json.dumps(told | {"cores_of_machine": os.cpu_count()}, ensure_ascii=False), flush=True)
    return int(bool(wrong or verified))


if __name__ == "__main__":
    main()
