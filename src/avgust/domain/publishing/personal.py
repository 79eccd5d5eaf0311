"""Personal data in words that are going to be published: what 152-FZ calls data of a person.

A name is told by its form (a surname with initials, or with a patronymic), not by a list of people: who is
named in a resolution need not have an account. Whoever an organisation is named after («имени А. С. Иванова»)
is no person of today.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_WORD: Final = r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?"
_INITIALS: Final = r"[А-ЯЁ]\.[\s\u00a0]?[А-ЯЁ]\."
_PATRONYMIC: Final = r"[А-ЯЁ][а-яё]+(?:вич|вн|ичн|ьич)(?:а|у|ем|ом|е|ы|ой|ою)?"
_NAMES: Final = (
    re.compile(rf"\b{_WORD}[\s\u00a0]{_INITIALS}"),
    re.compile(rf"\b{_INITIALS}[\s\u00a0]?{_WORD}"),
    re.compile(rf"\b{_WORD}[\s\u00a0]{_PATRONYMIC}\b"),
)
_EMAIL: Final = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]*\w")
_GAP: Final = r"[\s\u00a0()-]*"
_PHONE: Final = re.compile(
    rf"(?<![\d/№-])(?<!№[\s\u00a0])(?:\+7|8){_GAP}\d{{3}}{_GAP}\d{{3}}{_GAP}\d{{2}}{_GAP}\d{{2}}(?!\d)"
)
_HONOURED: Final = re.compile(r"(?:\b[Ии]мени|\b[Ии]м\.|\b[Пп]амяти)(?:[\s\u00a0][а-яё-]+){0,6}[\s\u00a0]?$")


def personal_words(text: str) -> list[str]:
    """Return the names of people, e-mails and telephones in `text`, as they stand there."""
    return list(dict.fromkeys(_found(text)))


def _found(text: str) -> Iterator[str]:
    for pattern in _NAMES:
        for match in pattern.finditer(text):
            if not _HONOURED.search(text[: match.start()]):
                yield match[0]
    for pattern in (_EMAIL, _PHONE):
        yield from (match[0] for match in pattern.finditer(text))
