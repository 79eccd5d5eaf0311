"""Differential item functioning between two groups."""
