"""Announcements: told to a branch, counted as read by unit, never by person."""
