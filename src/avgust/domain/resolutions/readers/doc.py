"""Old Word (.doc) through a program that knows it: antiword, else LibreOffice, else catdoc.

antiword keeps paragraphs, list numbers and tables as text; LibreOffice gives a whole DOCX but starts
slowly; catdoc gives bare words.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Final

from avgust.domain.messages import Message, mark
from avgust.domain.resolutions.model import SourceDocument
from avgust.domain.resolutions.readers import docx
from avgust.domain.resolutions.readers.antiword import read_output
from avgust.domain.resolutions.readers.errors import ReadError

_ = mark

CONVERTED: Final = _("The file of old Word was read through %(program)s; compare it with the original.")

_SECONDS: Final = {"antiword": 8, "soffice": 40, "catdoc": 8}
_ENCRYPTED_FLAG: Final = 0x0100  # of the FIB, at offset 10


def read(data: bytes) -> SourceDocument:
    """Return the document in the bytes of a .doc file."""
    if _is_encrypted(data):
        raise ReadError("encrypted")
    installed = [name for name in _SECONDS if shutil.which(name)]
    if not installed:
        raise ReadError("doc_reader_missing")
    with tempfile.TemporaryDirectory(prefix="avgust-doc-") as folder:
        source = Path(folder) / "source.doc"
        source.write_bytes(data)
        for program in installed:
            document = _READERS[program](source)
            if document is not None:
                note = Message(CONVERTED, {"program": program})
                return replace(document, format="doc", notes=(note, *document.notes))
    raise ReadError("doc_failed")


def _is_encrypted(data: bytes) -> bool:
    """Tell a locked file by the header of its main stream, which lies on a sector border."""
    at = data.find(b"\xec\xa5", 512)
    while at >= 0 and at % 512:
        at = data.find(b"\xec\xa5", at + 1)
    return at >= 0 and bool(int.from_bytes(data[at + 10 : at + 12], "little") & _ENCRYPTED_FLAG)


def _antiword(source: Path) -> SourceDocument | None:
    output = _run(["antiword", "-m", "UTF-8.txt", "-w", "0", str(source)])
    if output is None:
        return None
    return read_output(output)


def _catdoc(source: Path) -> SourceDocument | None:
    output = _run(["catdoc", "-d", "utf-8", "-w", str(source)])
    if output is None or not output.strip():
        return None
    from avgust.domain.resolutions.readers import text  # noqa: PLC0415 — seldom needed

    return text.read(output)


def _soffice(source: Path) -> SourceDocument | None:
    folder = source.parent
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "docx", "--outdir", str(folder), str(source)]
    if _run(command) is None:
        return None
    made = folder / "source.docx"
    return docx.read(made.read_bytes()) if made.is_file() else None


_READERS: Final = {"antiword": _antiword, "soffice": _soffice, "catdoc": _catdoc}


def _run(command: list[str]) -> bytes | None:
    """Return what a program printed, None where it failed or took too long."""
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_SECONDS[command[0]],
            check=False,
        )
    except (subprocess.TimeoutExpired, OSError):
        return None
    return done.stdout if done.returncode == 0 else None
