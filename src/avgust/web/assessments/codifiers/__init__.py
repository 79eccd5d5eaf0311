"""Codifiers in the browser: import with the difference shown first, the tree, what uses which code."""
