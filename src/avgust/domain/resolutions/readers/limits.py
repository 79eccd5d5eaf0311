"""How much a document may hold before it is refused.

A resolution with its annexes is under 1 MB of text; the limits leave room for hundreds of times that and
keep one upload from filling the memory of the server.
"""

from __future__ import annotations

from typing import Final

MAX_BYTES: Final = 50 * 1024 * 1024  # the file itself
MAX_TEXT: Final = 12_000_000  # characters of canonical text
MAX_BLOCKS: Final = 150_000  # paragraphs and rows
MAX_CELLS: Final = 400_000  # cells of all tables together
MAX_PAGES: Final = 3_000  # of a PDF

MAX_ENTRIES: Final = 10_000  # files inside a ZIP container
MAX_UNPACKED: Final = 400 * 1024 * 1024  # all of them, as the container declares
MAX_PART: Final = 64 * 1024 * 1024  # one XML part, enforced while unpacking
MAX_RATIO: Final = 250  # unpacked : packed; XML of office programs stays under 100
RATIO_FREE: Final = 2 * 1024 * 1024  # small parts may be packed as well as they like

MAX_NESTING: Final = 20  # tables inside tables, lists inside lists, groups inside groups
