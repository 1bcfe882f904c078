"""Campaigns: what is running, one campaign on a phone, its goals, who held a session."""
