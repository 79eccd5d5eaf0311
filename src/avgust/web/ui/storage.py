"""Static files under names that carry their hash, so that a browser keeps them for good."""

from __future__ import annotations

from typing import Any, Final

from django.contrib.staticfiles.storage import HashedFilesMixin
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage

_STYLES: Final = tuple(pattern for pattern in HashedFilesMixin.patterns if pattern[0] == "*.css")


class HashedStorage(CompressedManifestStaticFilesStorage):
    """Only style sheets are rewritten; source maps of the wheels are left out.

    gzip alone: Brotli at its best saves a tenth more and makes the first start several times longer.
    """

    patterns = tuple(
        (glob, tuple(rule for rule in rules if "sourceMapping" not in str(rule))) for glob, rules in _STYLES
    )

    def create_compressor(self, **options: Any) -> Compressor:
        """Return the compressor of collected files."""
        return Compressor(**{**options, "use_brotli": False})
