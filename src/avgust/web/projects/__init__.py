"""Projects and plans: what changed in a programme since a day."""
