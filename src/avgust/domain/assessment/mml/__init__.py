"""Models with a distribution of abilities, by marginal maximum likelihood."""
