"""The vocabulary of RTF 1.9.1: groups that are no text, words that are a letter, encodings of fonts."""

from __future__ import annotations

import re
from typing import Final

SKIPPED: Final = frozenset(
    """
    fonttbl colortbl stylesheet info pict header headerl headerr headerf footer footerl footerr footerf
    fldinst listtable listoverridetable revtbl rsidtbl generator object objdata themedata colorschememapping
    datastore latentstyles xmlnstbl mmathPr bkmkstart bkmkend atnid atnauthor annotation atndate atnref
    filetbl template private pgdsctbl nonshppict listname falt panose blipuid pn pntxta pntxtb ftnsep
    ftnsepc aftnsep aftnsepc tc xe comment operator title author docvar fontemb shppict sp shprslt
    nonesttables ftnsepr keywords subject doccomm creatim
    """.split()  # noqa: SIM905
)
SIGNS: Final = {
    "tab": "\t", "line": "\n", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”",
    "emdash": "—", "endash": "–", "bullet": "•", "emspace": " ", "enspace": " ", "qmspace": " ",
    "page": "\n", "sbkpage": "",
}  # fmt: skip
_CHARSETS: Final = {
    77: "mac-roman", 89: "mac-cyrillic", 161: "cp1253", 162: "cp1254", 177: "cp1255",
    178: "cp1256", 186: "cp1257", 204: "cp1251", 238: "cp1250",
}  # fmt: skip
_FONT: Final = re.compile(rb"\{?\\f(\d{1,5})((?:\\[a-z]+-?\d* ?)*)", re.I)
_FONT_CHARSET: Final = re.compile(rb"\\fcharset(\d{1,3})")


def fonts(data: bytes) -> dict[int, str]:
    """Return the encodings of fonts that state one."""
    start = data.find(b"\\fonttbl")
    if start < 0:
        return {}
    found: dict[int, str] = {}
    for font in _FONT.finditer(data, start, start + 200_000):
        charset = _FONT_CHARSET.search(font.group(2))
        if charset and (encoding := _CHARSETS.get(int(charset.group(1)))):
            found.setdefault(int(font.group(1)), encoding)
    return found
