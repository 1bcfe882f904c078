"""The activity register: record in one minute, repeat the last one, find, withdraw."""
