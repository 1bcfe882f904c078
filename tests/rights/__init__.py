"""Who finds what, on every way out: one table, from which the tests are made."""
