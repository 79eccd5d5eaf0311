"""Pictures laid out on sheets, many to look at in a minute."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw

WIDTH: Final = 2000  # of a sheet, px
HEIGHT: Final = 2400
GAP, CAPTION = 10, 16
TALLEST: Final = 1400  # of a picture on a sheet: of a long page the beginning says enough


def lay_out(folder: Path, labels: Iterable[str]) -> None:
    """Write `sheets/<label>-<n>.png` with the pictures of `folder` whose names end with each label."""
    sheets = folder / "sheets"
    sheets.mkdir(exist_ok=True)
    for label in labels:
        pictures = sorted(folder.glob(f"*-{label}.png"))
        columns = 3 if label.startswith("1440") else 7
        for number, sheet in enumerate(_sheets(pictures, columns), start=1):
            sheet.save(sheets / f"{label}-{number}.png", optimize=True)


def _sheets(pictures: Sequence[Path], columns: int) -> Iterable[Image.Image]:
    width = (WIDTH - GAP) // columns - GAP
    sheet, tops = _empty(columns)
    for path in pictures:
        with Image.open(path) as picture:
            scale = width / picture.width
            small = picture.convert("RGB").resize((width, max(1, round(picture.height * scale))))
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


def _empty(columns: int) -> tuple[Image.Image, list[int]]:
    return Image.new("RGB", (WIDTH, HEIGHT), "#9aa3ad"), [GAP] * columns
