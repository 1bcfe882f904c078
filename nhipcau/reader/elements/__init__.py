"""One small reader for each element of an official letter (Decree 30, 933/QĐ-TLĐ)."""
