"""Work for later: rows written with the change, claimed by a worker, found by name."""
