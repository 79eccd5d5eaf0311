"""Tables of one's own before they are imported: what each column is, the check of the whole file."""
