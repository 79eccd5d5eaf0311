"""Many stories as one ZIP, written file by file: no more than one report is held in memory."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import IO, Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from avgust.domain.reporting.story.document import story_docx
from avgust.domain.reporting.story.pdf import story_pdf
from avgust.domain.reporting.story.story import Story
from avgust.domain.reporting.story.workbook import story_xlsx

FORMATS: Final = ("pdf", "docx", "xlsx")
_UNSAFE: Final = re.compile(r'[\x00-\x1f<>:"/\\|?*]+')
LONGEST: Final = 80  # characters of a name: Windows allows 260 with all folders


def rendered(story: Story, form: str, language: str, *, stamp: datetime) -> bytes:
    """Return a story as a file of one format."""
    match form:
        case "docx":
            return story_docx(story, language)
        case "xlsx":
            return story_xlsx(story, language)
        case _:
            return story_pdf(story, language, stamp=stamp)


def write_zip(
    out: IO[bytes], stories: Iterable[tuple[str, Story]], form: str, language: str, *, stamp: datetime
) -> int:
    """Write the stories under their names, each once; return how many."""
    taken: set[str] = set()
    # DOCX and XLSX are packed already.
    packing = ZIP_DEFLATED if form == "pdf" else ZIP_STORED
    with ZipFile(out, "w", packing, compresslevel=1) as made:
        for name, story in stories:
            entry = ZipInfo(f"{file_name(name, taken)}.{form}", stamp.timetuple()[:6])
            made.writestr(entry, rendered(story, form, language, stamp=stamp), packing)
    return len(taken)


def file_name(words: str, taken: set[str]) -> str:
    """Return a name that every system takes and that no other file has; it is added to `taken`."""
    plain = _UNSAFE.sub(" ", words).strip(" .")[:LONGEST] or "—"
    name, number = plain, 1
    while name.casefold() in taken:
        number += 1
        name = f"{plain} {number}"
    taken.add(name.casefold())
    return name
