"""Whether the answers of two persons agree more than the model allows."""
