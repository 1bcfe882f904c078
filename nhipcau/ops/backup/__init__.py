"""Backups: one file that holds everything an instance needs, made while it works, put back whole or not at all."""
