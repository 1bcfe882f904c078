"""Figures out of the system and back in: one package or module for each format, the same verbs in each."""
