"""A letter: its addressee stands in a corner above the subject and answers for everything it asks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from avgust.domain.resolutions.fragment import Fragment
from avgust.domain.resolutions.model import Heading, Span
from avgust.domain.resolutions.structure.lines import Paragraph

_GREETING: Final = re.compile(r"(?:глубоко)?уважаем(?:ый|ая|ые)\s", re.IGNORECASE)
_SUBJECT: Final = re.compile(r"(?:О|Об|Обо)\s[а-яё«]")
_ADDRESSEE: Final = re.compile(
    r"(?:(?:главам|руководител|начальник|директор|заведующ|председател|министр|ректор|глав(?=[ае]\s)|заместител)"
    r"(?:[а-яё]*(?:ям|ам|им|ему|ю|у|е))?|органам|министерств(?:у|ам)|департамент(?:у|ам)|управлени(?:ю|ям)|"
    r"отдел(?:у|ам)|комитет(?:у|ам)|администраци(?:и|ям))(?=\s)",
    re.IGNORECASE,
)


def is_letter(lines: Sequence[Paragraph]) -> bool:
    """Tell a letter by its greeting above the text."""
    return any(_GREETING.match(line.text) for line in lines)


def subject_line(lines: Sequence[Paragraph]) -> Paragraph | None:
    """Return what the letter is about: «О подготовке к новому учебному году»."""
    return next((line for line in lines if _SUBJECT.match(line.text)), None)


def letter_address(source: str, lines: Sequence[Paragraph]) -> Heading | None:
    """Return the addressee's lines as the heading of all that the letter asks, None where it names none."""
    start = next((at for at, line in enumerate(lines) if _ADDRESSEE.match(line.text)), None)
    if start is None:
        return None
    end = start + 1
    while end < len(lines) and not _ends_address(lines[end]):
        end += 1
    span = Span(lines[start].span.start, lines[end - 1].span.end)
    return Heading(Fragment.of(source, span).text, None, span, 0)


def _ends_address(line: Paragraph) -> bool:
    return line.blank_before or bool(_SUBJECT.match(line.text) or _GREETING.match(line.text))
