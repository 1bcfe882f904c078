"""Benches: a measured ratio of ours to what a user would otherwise do, and to the physical limit, in one run.

Each module measures one thing on deterministic synthetic data and has `run(options) -> Report`; `BENCHES` names
them. An absolute time means little on a shared machine, so every case times its three sides interleaved.
"""

BENCHES = {
    "analytics": "nhipcau.bench.analytics",
    "backup": "nhipcau.bench.backup",
    "cascade": "nhipcau.bench.cascade",
    "consolidate": "nhipcau.bench.consolidate",
    "forms": "nhipcau.bench.forms",
    "pages": "nhipcau.bench.pages",
    "submit": "nhipcau.bench.submit",
    "read": "nhipcau.bench.read",
    "search": "nhipcau.bench.search",
    "tree": "nhipcau.bench.tree",
    "verify": "nhipcau.bench.verify",
}
