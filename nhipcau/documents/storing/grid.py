"""The grid laid over a photograph, by whose cells a person covers what the machine overlooked."""

COLUMNS, ROWS = 10, 8
