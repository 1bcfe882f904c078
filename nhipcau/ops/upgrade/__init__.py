"""A new version from one signed file: tried on a copy of the data first, and taken back when it does not stand."""
