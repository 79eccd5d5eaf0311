"""Local acts of organisations: templates, drafts, adoption, what is in force where, and what it proves."""
