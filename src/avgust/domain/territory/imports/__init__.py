"""The tree from a file: rows, what they would change, what has to be mended first."""
