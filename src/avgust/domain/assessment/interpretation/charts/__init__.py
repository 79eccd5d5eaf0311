"""Charts of results, one file each: from a reading to a `Chart` with its sentence and its table."""
