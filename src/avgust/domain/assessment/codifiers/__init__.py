"""Codifiers of content and skills: packages with entries in a tree, dated editions, their differences.

Values in, values out: a file says something (`stated`), it is checked whole (`checking`), and either a
codifier or every fault comes back. Items of specifications name entries by code (`naming`).
"""

from __future__ import annotations

from avgust.domain.assessment.codifiers.model import Basis, Codifier, Entry, Kind, SubjectCode
from avgust.domain.assessment.codifiers.stated import Fact, Reading

__all__ = ["Basis", "Codifier", "Entry", "Fact", "Kind", "Reading", "SubjectCode"]
