"""Accounts of officers: who signs in, and for which post they act. Rights themselves live in `org.Scope`."""
