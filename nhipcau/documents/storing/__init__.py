"""Originals, pictures and waiting files: what lies on disk, and the proof that it is unaltered."""
