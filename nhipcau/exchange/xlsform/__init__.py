"""XLSForm, the spreadsheet in which survey tools write their questions, taken over as a template draft."""

from nhipcau.exchange.xlsform.reading import Survey, read_xlsform

__all__ = ["Survey", "read_xlsform"]
