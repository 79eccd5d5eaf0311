"""Plans: what changed in one since a day, projects with their network of milestones, roadmaps."""
