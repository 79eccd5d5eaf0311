"""Template tags of the territory."""
