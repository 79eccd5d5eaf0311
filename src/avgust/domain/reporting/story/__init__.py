"""A report on results told once (`story.py`) and printed as DOCX, PDF, XLSX and JSON, one file a format."""
