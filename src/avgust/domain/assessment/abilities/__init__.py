"""Abilities of persons under known items."""
