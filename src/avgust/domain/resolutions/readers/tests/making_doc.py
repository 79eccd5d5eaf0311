"""Writes the smallest Word 97 file that antiword reads: an OLE container, a header, one piece of text."""

from __future__ import annotations

import struct

SECTOR = 512
END, FREE, FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def doc(text: str, *, flags: int = 0) -> bytes:
    """Return a .doc with `text`, paragraphs parted by "\\r"; `flags` are added to those of its header."""
    letters = text.encode("utf-16-le")
    first = 0x800  # the text begins here in the main stream
    table = b"\x02" + struct.pack("<I", 16)
    table += struct.pack("<II", 0, len(text)) + struct.pack("<HIH", 0, first, 0)
    styles = struct.pack("<HH", 18, 0) + bytes(28)  # a header of styles and no style
    head = bytearray(first)
    struct.pack_into("<HHHHHH", head, 0, 0xA5EC, 0x00C1, 0, 0x0419, 0, 0x1200 | flags)
    struct.pack_into("<H", head, 0x0C, 0x00BF)
    struct.pack_into("<II", head, 0x18, first, first + len(letters))
    struct.pack_into("<H", head, 0x20, 0x000E)
    struct.pack_into("<H", head, 0x3E, 0x0016)
    struct.pack_into("<I", head, 0x40, first + len(letters))
    struct.pack_into("<I", head, 0x4C, len(text))
    struct.pack_into("<H", head, 0x98, 0x005D)
    struct.pack_into("<II", head, 0xA2, len(table), len(styles))
    struct.pack_into("<II", head, 0x01A2, 0, len(table))
    return ole({"WordDocument": bytes(head) + letters, "1Table": table + styles})


def ole(streams: dict[str, bytes]) -> bytes:
    """Return an OLE container; streams are padded, so that none lies in the area of small streams."""
    padded = {name: data.ljust(4096, b"\0") for name, data in streams.items()}
    padded = {name: data.ljust(-(-len(data) // SECTOR) * SECTOR, b"\0") for name, data in padded.items()}
    fat = [FAT, END]
    entries = [_entry("Root Entry", 5, END, 0, child=1)]
    for n, (name, data) in enumerate(padded.items(), start=1):
        begin = len(fat)
        sectors = len(data) // SECTOR
        fat += [*range(begin + 1, begin + sectors), END]
        entries.append(_entry(name, 2, begin, len(data), right=n + 1 if n < len(padded) else FREE))
    fat_sector = struct.pack(f"<{len(fat)}I", *fat).ljust(SECTOR, b"\xff")
    directory = b"".join(entries).ljust(SECTOR, b"\0")
    assert len(fat_sector) == len(directory) == SECTOR
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
    header += struct.pack("<HHHHH6xIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, END, 0, END, 0, 0)
    header += struct.pack("<108I", *([FREE] * 108))
    return header[:SECTOR] + fat_sector + directory + b"".join(padded.values())


def _entry(name: str, kind: int, start: int, size: int, *, child: int = FREE, right: int = FREE) -> bytes:
    encoded = (name + "\0").encode("utf-16-le")
    return (
        encoded.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(encoded), kind, 1, FREE, right, child)
        + bytes(36)
        + struct.pack("<III", start, size, 0)
    )
