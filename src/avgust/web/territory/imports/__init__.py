"""The tree from a file: upload, difference, writing, undoing; and the tree as a file."""
