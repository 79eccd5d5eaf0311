"""Rasch and partial credit models by conditional maximum likelihood, from counts."""
