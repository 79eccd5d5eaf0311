"""Pictures laid out on sheets, many to look at in a minute."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from PIL import Image, ImageChops, ImageDraw

WIDTH: Final = 1560  # of a sheet, px: small print can still be read, most viewers show it whole
HEIGHT: Final = 1560
GAP, CAPTION = 10, 16
TALLEST: Final = 1500  # of a picture on a sheet: of a long page the beginning says enough


def lay_out(folder: Path, labels: Iterable[str], names: Sequence[str]) -> None:
    """Write `sheets/<label>-<n>.png` with the pictures `<name>-<label>.png` of `folder`, in this order."""
    sheets = folder / "sheets"
    sheets.mkdir(exist_ok=True)
    for label in labels:
        for old in sheets.glob(f"{label}-*.png"):
            old.unlink()
        pictures = [path for name in names if (path := folder / f"{name}-{label}.png").exists()]
        columns = 2 if label.startswith("1440") else 5
        for number, sheet in enumerate(_sheets(pictures, columns), start=1):
            sheet.save(sheets / f"{label}-{number}.png", optimize=True)


def _sheets(pictures: Sequence[Path], columns: int) -> Iterable[Image.Image]:
    width = (WIDTH - GAP) // columns - GAP
    sheet, tops = _empty(columns)
    for path in pictures:
        with Image.open(path) as picture:
            scale = width / picture.width
            small = _trimmed(picture.convert("RGB"))
            small = small.resize((width, max(1, round(small.height * scale))))
        small = small.crop((0, 0, width, min(small.height, TALLEST)))
        column = tops.index(min(tops))
        if tops[column] + small.height + CAPTION > HEIGHT and max(tops) > GAP:
            yield sheet
            sheet, tops = _empty(columns)
            column = 0
        place = (GAP + column * (width + GAP), tops[column])
        ImageDraw.Draw(sheet).text(place, path.stem, fill="black")
        sheet.paste(small, (place[0], place[1] + CAPTION))
        tops[column] += small.height + CAPTION + GAP
    if pictures:
        yield sheet


def _trimmed(picture: Image.Image) -> Image.Image:
    """Return the picture without the empty ground below the page's end."""
    ground = Image.new("RGB", picture.size, picture.getpixel((0, picture.height - 1)))
    box = ImageChops.difference(picture, ground).getbbox()
    return picture.crop((0, 0, picture.width, box[3] + CAPTION)) if box else picture


def _empty(columns: int) -> tuple[Image.Image, list[int]]:
    return Image.new("RGB", (WIDTH, HEIGHT), "#9aa3ad"), [GAP] * columns
