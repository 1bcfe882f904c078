"""Faults on purpose: processes killed, lines cut, disks filled, clocks turned, while ten officers work.

What was acknowledged to them is compared with what the database holds in the end. See docs/reference/faults.md.
"""
