"""Reaching people where they are: a digest by mail, a calendar to subscribe to."""
