"""Static files that wheels carry: exactly the ones the pages use, nothing is copied into the project."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

_FILES = (
    ("bootstrap", "bootstrap/css/bootstrap.min.css"),
    ("bootstrap", "bootstrap/js/bootstrap.bundle.min.js"),
    ("django_htmx", "django_htmx/htmx-2.min.js"),
)
_FACES = ("Regular", "Italic", "Bold", "BoldItalic")


@cache
def wheel_files() -> dict[str, Path]:
    """Return the path of each file of a wheel by the name under which pages ask for it."""
    found = {name: Path(str(files(package))) / "static" / name for package, name in _FILES}
    for package, family in (("fontpkg_pt_sans", "PT_Sans"), ("fontpkg_pt_serif", "PT_Serif")):
        folder = Path(str(files(package))) / "files"
        found |= {f"fonts/{family}-Web-{face}.ttf": folder / f"{family}-Web-{face}.ttf" for face in _FACES}
    return found


class _OneFolder(FileSystemStorage):
    """A wheel's folder whose files are known under another prefix."""

    prefix: str | None = None

    def __init__(self, known: dict[str, Path]) -> None:
        super().__init__(location="/")
        self.known = known

    def path(self, name: str) -> str:
        """Return the file in the wheel."""
        return str(self.known[name])


class WheelFinder(BaseFinder):
    """Finds the files of `wheel_files`."""

    def check(self, **_kwargs: Any) -> list[Any]:
        """Nothing to configure, nothing to be wrong."""
        return []

    def find(self, path: str, find_all: bool = False, **_kwargs: Any) -> Any:
        """Return the file that pages ask for as `path`."""
        file = wheel_files().get(path)
        if find_all:
            return [str(file)] if file else []
        return str(file) if file else None

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, _OneFolder]]:
        """Yield every file with a storage that opens it."""
        storage = _OneFolder(wheel_files())
        for name in wheel_files():
            yield name, storage
