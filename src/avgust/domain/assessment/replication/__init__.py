"""Errors of complex samples by replicate weights, with plausible values."""
