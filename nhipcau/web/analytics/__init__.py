"""Phân tích: free questions about accepted figures, kept under a name, drawn and taken away as files."""
