"""Lists of people with their posts, as offices keep them in a spreadsheet: read, then compared."""
