"""Addresses: pages and mail boxes of the internet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from avgust.domain.resolutions.grammars.reference.found import Found
from avgust.domain.resolutions.model import ReferenceKind

_ADDRESS: Final = re.compile(
    r"https?://[^\s<>«»\"()]+|(?<![\w@.-])www\.[^\s<>«»\"()]+"
    r"|(?<![\w@.-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}"
    r"|(?<![\w@./-])(?:[a-z0-9а-я](?:[a-z0-9а-я-]{0,62})\.){1,5}(?:ru|рф|su|com|org|net|info|edu"
    r"|online|site|gov)(?![\w-])(?:/[^\s<>«»\"()]*)?",
    re.IGNORECASE,
)


def find_addresses(text: str) -> Iterator[Found]:
    """Yield the addresses in `text`, without the punctuation of the sentence."""
    if "." not in text:
        return
    for match in _ADDRESS.finditer(text):
        end = match.start() + len(match.group().rstrip(".,;:!?»"))
        yield Found(match.start(), end, ReferenceKind.URL, "address", 0.97)
