"""How the word lists of this grammar are written: words in a string, so that a list stays readable."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """Return the words of `text`."""
    return frozenset(text.split())
