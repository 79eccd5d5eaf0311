"""The key of the territory that turns pupils' numbers into codes."""

from __future__ import annotations

import os
import secrets
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from avgust.domain.assessment.works.pseudonyms import PupilKey


def pupil_key() -> PupilKey:
    """Return the key from the settings; without one, that of the file in `AVGUST_VAR`, made at first use."""
    return _key(settings.PUPIL_KEY, str(settings.VAR))


@lru_cache(maxsize=4)
def _key(given: str, folder: str) -> PupilKey:
    if given:
        return PupilKey(given.encode())
    path = Path(folder) / "pupils.key"
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(secrets.token_urlsafe(50).encode())
            file.flush()
            os.fsync(file.fileno())
    except FileExistsError:
        pass  # made by an earlier import
    return PupilKey(path.read_bytes())
