"""A parsed resolution out: JSON, table, CSV, XLSX, DOCX, Akoma Ntoso."""
