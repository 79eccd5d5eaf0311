"""Template tags of local acts."""
