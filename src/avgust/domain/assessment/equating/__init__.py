"""Raw scores of one form in the units of another."""
