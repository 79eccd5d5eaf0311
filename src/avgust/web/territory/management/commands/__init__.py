"""One command a file; each hands over to an act of `actions.py`."""
