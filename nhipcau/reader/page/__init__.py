"""Where on the page a line stands: lines, columns, rows, parts."""
