"""Whether a model describes its items."""
