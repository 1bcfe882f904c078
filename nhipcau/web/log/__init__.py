"""Nhật ký: what was done and taken, for the auditors of a branch; and why a post sees a thing."""
