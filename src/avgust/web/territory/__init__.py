"""Organisations of the territory and their places, each true on its dates."""
