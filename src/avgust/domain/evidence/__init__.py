"""What people add to show that something was done: a file told by its content, or a paper by its data.

Nothing is believed of a file: neither its name, nor its extension, nor what the browser says it is.
"""

from __future__ import annotations

from avgust.domain.evidence.content import Content, examine
from avgust.domain.evidence.errors import EvidenceError
from avgust.domain.evidence.names import file_name
from avgust.domain.evidence.papers import Paper, faults

__all__ = ["Content", "EvidenceError", "Paper", "examine", "faults", "file_name"]
