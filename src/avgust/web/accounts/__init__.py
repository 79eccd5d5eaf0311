"""People, their posts in the territory and what each role may do."""
