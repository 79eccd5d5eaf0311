"""Station 3: assignments, reports with their evidence, acceptance, extension."""
