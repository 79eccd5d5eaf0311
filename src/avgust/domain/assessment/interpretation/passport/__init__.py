"""Quality passport of an instrument: what its results say of it, with a verdict for its author."""
