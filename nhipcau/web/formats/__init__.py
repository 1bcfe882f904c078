"""How dates and numbers are read and shown; Django's own `vi` formats read 05/11/2026 as 11 May."""
