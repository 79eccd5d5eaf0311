"""Readers of files of results, one file a form. `read_table` tells the form by its heads."""

from __future__ import annotations

from avgust.domain.assessment.works.readers.read import read_table
from avgust.domain.assessment.works.readers.table import Form, Table

__all__ = ["Form", "Table", "read_table"]
