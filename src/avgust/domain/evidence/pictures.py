"""Pictures drawn anew: what is kept holds pixels only, no place, no camera, no foreign bytes."""

from __future__ import annotations

import io
from typing import Final

from PIL import Image, ImageOps

from avgust.domain.evidence.errors import EvidenceError

FORMATS: Final = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")  # and WebP, whose mark stands inside
_READABLE: Final = ("JPEG", "PNG", "WEBP")
MAX_PIXELS: Final = 64_000_000  # above what telephones take; 64 million are 200 MB in memory
LONGEST: Final = 3600  # px: a sheet of A4 at 300 dots an inch stays legible
LARGE_PNG: Final = 4 * 1024 * 1024  # a photograph kept as PNG; as JPEG it is a tenth
QUALITY: Final = 85

Image.MAX_IMAGE_PIXELS = None  # the limit is `MAX_PIXELS`, which can name the size

# What a damaged or hostile picture makes Pillow raise: its decoders report in many ways.
_BROKEN: Final = (OSError, ValueError, SyntaxError, EOFError, IndexError, TypeError, OverflowError)


def redrawn(data: bytes) -> tuple[str, bytes]:
    """Return the extension and bytes of the picture in `data`, upright, at most `LONGEST` px long.

    Its size is read from the head and checked before a pixel is decoded. Raises EvidenceError.
    """
    try:
        picture = Image.open(io.BytesIO(data), formats=_READABLE)
        _check_size(picture)
        picture.draft("RGB", (LONGEST, LONGEST))  # a JPEG is decoded smaller at once
        upright = ImageOps.exif_transpose(picture)
        upright.thumbnail((LONGEST, LONGEST))
        return _encoded(upright, lossless=picture.format == "PNG")
    except _BROKEN as error:
        raise EvidenceError("corrupted") from error


def _check_size(picture: Image.Image) -> None:
    pixels = picture.width * picture.height
    if pixels > MAX_PIXELS:
        raise EvidenceError("too_many_pixels", size=pixels // 1_000_000, limit=MAX_PIXELS // 1_000_000)


def _encoded(picture: Image.Image, *, lossless: bool) -> tuple[str, bytes]:
    """Return a picture as PNG where it was one and stays small, or sees through; else as JPEG."""
    clear = picture.has_transparency_data
    pixels = picture.convert("RGBA" if clear else "RGB")
    pixels.info.clear()  # a comment or profile would be written out again
    out = io.BytesIO()
    if lossless or clear:
        pixels.save(out, "PNG")
        if clear or out.tell() <= LARGE_PNG:
            return "png", out.getvalue()
        out = io.BytesIO()
    pixels.save(out, "JPEG", quality=QUALITY)
    return "jpg", out.getvalue()
