"""Signing in and out, the post one acts for, the language."""
