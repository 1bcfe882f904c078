"""The append-only log: what was done, by which post, to which object. Actions alone write it."""
