"""Names of files: what a person called it, without a path, and with the extension of what it is."""

from __future__ import annotations

import unicodedata
from typing import Final

LONGEST: Final = 150
_SAME: Final = {"jpg": ("jpg", "jpeg")}
_FORBIDDEN: Final = '<>:"|?*'  # in names on Windows


def file_name(given: str, extension: str) -> str:
    """Return `given` as a name that any system can keep, ending in `extension`.

    Control characters go, and so do those that turn the direction of writing: they make "gnp.exe" read as
    "exe.png".
    """
    last = given.replace("\\", "/").rpartition("/")[2]
    clean = "".join(
        letter
        for letter in last
        if not unicodedata.category(letter).startswith("C") and letter not in _FORBIDDEN
    )
    stem, dot, ending = " ".join(clean.split()).rpartition(".")
    if not dot:
        stem, ending = ending, ""
    if ending.lower() not in _SAME.get(extension, (extension,)):
        ending = extension
    return f"{stem.strip('. ')[:LONGEST] or 'file'}.{ending.lower()}"
