"""Two calibrations on one scale."""
