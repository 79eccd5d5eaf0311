"""Whether the answers of one person follow the model or the order of items."""
