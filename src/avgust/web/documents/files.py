"""Uploaded files, kept by the digest of their content: one file once, whatever it is called."""

from __future__ import annotations

import os
import tempfile
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.db import connection


def digest_of(data: bytes) -> str:
    """Return the name under which `data` is kept."""
    return sha256(data).hexdigest()


def place_of(digest: str) -> Path:
    """Return where the file of `digest` lies; two letters of the digest make the folder."""
    return Path(settings.UPLOADS) / digest[:2] / digest


def hold(digest: str) -> None:
    """Let nobody else keep or delete the file of `digest` until this transaction ends.

    SQLite has one writer at a time, from the first statement of a transaction (`IMMEDIATE`).
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int(digest[:15], 16)])


def keep(data: bytes) -> str:
    """Store `data` and return its digest. A file appears whole or not at all."""
    digest = digest_of(data)
    place = place_of(digest)
    if place.exists():
        return digest
    place.parent.mkdir(parents=True, exist_ok=True)
    handle, half = tempfile.mkstemp(dir=place.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(half).replace(place)
    except BaseException:
        Path(half).unlink(missing_ok=True)
        raise
    return digest
