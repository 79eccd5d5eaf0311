"""ZIP containers, opened with suspicion: counts and sizes are checked before a byte is unpacked."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Final

from avgust.domain.resolutions.readers.errors import ReadError
from avgust.domain.resolutions.readers.limits import (
    MAX_ENTRIES,
    MAX_PART,
    MAX_RATIO,
    MAX_UNPACKED,
    RATIO_FREE,
)

_ENCRYPTED: Final = 0x1
_BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    IndexError,
)


class Archive:
    """The parts of an office document. `read` never returns more than `MAX_PART` bytes."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self._parts = {info.filename: info for info in self._zip.infolist()}
        except _BROKEN as error:
            raise ReadError("corrupted", part="ZIP") from error
        self._check_limits()
        self.names = frozenset(self._parts)

    def has_folder(self, prefix: str) -> bool:
        """Tell whether a part lies in the folder `prefix`."""
        return any(name.startswith(prefix) for name in self.names)

    def mimetype(self) -> str:
        """Return what an OpenDocument container says it is, "" for others."""
        if "mimetype" not in self.names:
            return ""
        return self.read("mimetype")[:200].decode("ascii", "replace").strip()

    def read(self, name: str) -> bytes:
        """Return the part `name`. Raises ReadError where it is damaged, missing, locked or a bomb."""
        info = self._parts.get(name)
        if info is None:
            raise ReadError("corrupted", part=name)
        if info.flag_bits & _ENCRYPTED:
            raise ReadError("encrypted")
        try:
            with self._zip.open(info) as part:
                data = part.read(MAX_PART + 1)
        except RuntimeError as error:
            raise ReadError("encrypted") from error
        except _BROKEN as error:
            raise ReadError("corrupted", part=name[:80]) from error
        if len(data) > MAX_PART:
            raise ReadError("bomb")
        return data

    def optional(self, name: str) -> bytes | None:
        """Return the part `name`, None where the container has none."""
        return self.read(name) if name in self.names else None

    def _check_limits(self) -> None:
        """Raise ReadError for a container that declares more than a document can hold."""
        parts = self._zip.infolist()
        if len(parts) > MAX_ENTRIES or sum(info.file_size for info in parts) > MAX_UNPACKED:
            raise ReadError("bomb")
        for info in parts:
            if info.file_size > RATIO_FREE and info.file_size > MAX_RATIO * max(info.compress_size, 1):
                raise ReadError("bomb")
