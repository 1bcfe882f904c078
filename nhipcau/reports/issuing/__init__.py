"""The consolidated report as an official document: gathered, laid out, signed, numbered, restated."""
