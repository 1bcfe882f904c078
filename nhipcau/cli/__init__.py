"""The command line: one module per area. A command makes one call into the domain and prints what it says."""
