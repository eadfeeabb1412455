"""What workbooks and tables of plain text have in common: figures as they are shown, sheets as lines and tables."""
