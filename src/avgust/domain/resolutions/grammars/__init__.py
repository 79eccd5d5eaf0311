"""The grammars of the fields of a clause: one file (or folder) a field."""
