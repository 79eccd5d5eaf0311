"""Projects and plans: what changed since a day, measures as projects, plans from files, roadmaps."""
