"""Thông báo: told to a branch, read by unit."""
