"""The first page: what is due from the unit one acts for."""
