"""Documents in: bytes of a file → `SourceDocument`.

`read` tells the format by content and calls its reader; every failure is a `ReadError` with a sentence
for the user. A hostile file may still cost time and memory here: what comes from a stranger goes through
`avgust.isolation.read_isolated`.
"""

from __future__ import annotations

from avgust.domain.resolutions.readers.errors import ReadError
from avgust.domain.resolutions.readers.read import read

__all__ = ["ReadError", "read"]
