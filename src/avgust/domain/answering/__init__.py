"""Which measure of a municipality answers which of the region: suggested by words, decided by a person."""

from avgust.domain.answering.likeness import Statement, Suggestion, suggestions

__all__ = ["Statement", "Suggestion", "suggestions"]
