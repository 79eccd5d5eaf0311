"""Avgust: from the resolution of an August conference to a programme that runs and proves what was done."""

__version__ = "0.1.0"
