"""A letter goes out: numbered, issued, copied."""
