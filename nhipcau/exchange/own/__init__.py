"""A federation's own spreadsheet, a row for each unit: headings learnt once, figures entered for units."""
