"""Texts made to be slow: time of reading and parsing, and how it grows when the text grows eight times."""

from __future__ import annotations

from collections.abc import Iterator

from bench.timing import best_seconds

SIZE = 8_000  # letters of the shorter text; the longer one has 64,000
PIECES = {
    "quotes that never close": "«",
    "brackets that never close": "(",
    "a list without end": "школам, ",
    "joint work without end": "совместно с школами ",
    "captions without names": "отв. (",
    "acts without numbers": "приказ ",
    "projects without names": "проект «",
    "dates in a row": "до 1 мая 2026 года, ",
    "numbers in a row": "не менее 70 % ",
    "verbs in a row": "провести, ",
    "points": "1.1. Провести семинар для молодых учителей.\n",
    "leads": "1. Обеспечить:\n",
    "rows of bars": "1 | 2 | 3\n",
    "white space": " ",
    "tags that never close": "<p ",
}


def report() -> Iterator[str]:
    """Yield the lines of the report; growth of 8 is as fast as the text, of 64 its square."""
    from avgust.domain.resolutions.readers import read
    from avgust.domain.resolutions.stages import parse

    for name, piece in PIECES.items():
        texts = ["РЕШИЛИ:\n" + piece * (size // len(piece)) for size in (SIZE, 8 * SIZE)]
        files = [text.encode() for text in texts]
        short, long = (
            best_seconds(lambda file=file: parse(read(file, "text.txt")), runs=2) for file in files
        )
        yield f"{name:<28} {long:8.2f} s, grew {long / short:5.1f} times"
