"""Station 10: programmes, assignments and their acts for programs, by tokens of people (docs/api.md)."""
