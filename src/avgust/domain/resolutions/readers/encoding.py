"""Tells the encoding of a Russian text: byte-order marks, UTF-8 by its shape, the rest by letter pairs.

Single-byte encodings differ only in which letter a byte is, so the text that reads most like Russian
wins: a share of the commonest letter pairs, less signs that no official text has.
"""

from __future__ import annotations

import codecs
import re
from typing import Final

from avgust.domain.resolutions.readers.errors import ReadError

_SAMPLE: Final = 60_000
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SINGLE_BYTE: Final = ("cp1251", "koi8-r", "cp866", "iso8859-5", "mac-cyrillic")

# The commonest pairs of neighbouring letters of Russian prose; together about half of all pairs.
_PAIR_TABLE: Final = """
    ст но то на ен ов ни ра во ко ро не по от ре ос ть ор ер ет ан ал пр ли го ва ны ло ом де ол ие ел те об
    ла ин та ка ог ти ес од ий ат ри ль ми ит ви ем до ис ам им ле тв со ма тс ые да за зо ия ци ии ьн нн ую
    ых их ей ой ая ав ки ск сс бр аз ак ве уч че ше ще
"""
_PAIRS: Final = frozenset(_PAIR_TABLE.split())
_WORD_PAIR: Final = re.compile("(?=([а-яё]{2}))")
_CASE_FLIP: Final = re.compile("[а-яё][А-ЯЁ]")
_STRANGE: Final = re.compile("[^\x09-\x0d\x20-\x7eА-яЁё№«»„“”‘’–—…§°•·\u00a0\u00ad]")
_CONTROL: Final = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


def decode(data: bytes) -> tuple[str, str]:
    """Return (text, encoding). Raises ReadError for bytes that are no text."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, "replace").removeprefix("\ufeff"), name.removesuffix("-sig")
    if wide := _wide_encoding(data[:_SAMPLE]):
        return data.decode(wide, "replace"), wide
    if len(_CONTROL.findall(data[:_SAMPLE])) > len(data[:_SAMPLE]) // 200:
        raise ReadError("unknown_format")
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    if _is_mostly_utf8(data):
        return data.decode("utf-8", "replace"), "utf-8"
    return _decode_single_byte(data)


def _wide_encoding(sample: bytes) -> str | None:
    """Return the UTF-16 without a mark that `sample` is: every second byte is 0 or 4 (Latin, Cyrillic)."""
    if len(sample) < 4:
        return None
    even, odd = sample[0::2], sample[1::2]
    for name, high, low in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        share = sum(high.count(byte) for byte in (0, 4, 0x20, 0x21)) / len(high)
        if share > 0.95 and (high.count(0) + high.count(4)) > 0.8 * len(high):
            plain = low.count(0) + low.count(4)
            if plain < 0.2 * len(low):
                return name
    return None


def _is_mostly_utf8(data: bytes) -> bool:
    """Tell UTF-8 with a few broken bytes: a letter cut in two, one foreign paste."""
    text = data.decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    right = sum(1 for letter in text[:_SAMPLE] if "\u0400" <= letter <= "\u04ff")
    return wrong * 50 < right


def _decode_single_byte(data: bytes) -> tuple[str, str]:
    sample = data[:_SAMPLE]
    scored = [(likeness(sample.decode(name, "replace")), -at, name) for at, name in enumerate(_SINGLE_BYTE)]
    score, _order, name = max(scored)
    if score < 0:
        raise ReadError("garbled")
    return data.decode(name, "replace"), name


def likeness(text: str) -> float:
    """Return how much `text` reads like Russian: about 0.5 for prose, below 0 for a wrong encoding."""
    pairs = _WORD_PAIR.findall(text.lower())
    if not pairs:
        return 0.0 if not _STRANGE.search(text) else -1.0
    common = sum(pair in _PAIRS for pair in pairs)
    flips = len(_CASE_FLIP.findall(text))
    strange = len(_STRANGE.findall(text))
    return (common - flips - 2 * strange) / len(pairs)
