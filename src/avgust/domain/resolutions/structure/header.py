"""What the top of a document says about it: title, genre, territory, date, number, school year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from avgust.domain.resolutions.fragment import Fragment
from avgust.domain.resolutions.model import Fact, Header, Span
from avgust.domain.resolutions.months import OF_MONTH, printed_date
from avgust.domain.resolutions.structure.letter import is_letter, subject_line
from avgust.domain.resolutions.structure.levels import is_section_word
from avgust.domain.resolutions.structure.lines import Paragraph, Row
from avgust.domain.resolutions.structure.resolving import closed_up, find_formula
from avgust.domain.resolutions.structure.territory import find_territory
from avgust.domain.resolutions.structure.verbs import begins_with_order

_DATE: Final = re.compile(
    rf"(?:от\s)?[«\"]?\b(?P<day>\d{{1,2}})[»\"]?\s(?P<month>{OF_MONTH})\s"
    r"(?P<year>(?:19|20)\d\d)(?:\s?(?:г(?:\.|ода|\b)))?|"
    r"(?:от\s)?\b(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>(?:19|20)\d\d)(?:\s?(?:г(?:\.|ода|\b)))?",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(r"№\s?(?P<n>[\w./-]*\d[\w./-]*)")
_ANNEX: Final = re.compile(r"приложени[ея]\s?(?:№\s?\d+)?", re.IGNORECASE)
_SCHOOL_YEAR: Final = re.compile(
    r"(?P<a>20\d\d)\s?[-–—/]\s?(?P<b>(?:20)?\d\d)\s?(?:-?м\s)?(?:учебн[а-яё]+\s?год[а-яё]*|уч\.?\s?г)",
    re.IGNORECASE,
)
_NOT_PAST: Final = re.compile(r"(?<!итогам )(?<!итоги )(?<!итогах )(?<!за )(?<!прошлом )$", re.IGNORECASE)
_AHEAD: Final = re.compile(r"(?:^|\s)(?:на|к)\s$", re.IGNORECASE)
_PLACE: Final = re.compile(
    r"(?:г\.|город|с\.|село|п\.|пос\.|посёлок|рп\.?|р\.\s?п\.|пгт\.?|ст-ца)\s?[А-ЯЁ][\w-]+(?:\s[А-ЯЁ][\w-]+)?"
)
_HELD: Final = re.compile(r"состоял|прош[ёе]?л|проведен|проводил|собрал|начал[аои]? работу", re.IGNORECASE)
_GENRES: Final = (
    ("order", re.compile(r"приказ|распоряжени|п р и к а з", re.IGNORECASE)),
    ("decree", re.compile(r"постановлени|п о с т а н о в л", re.IGNORECASE)),
    ("minutes", re.compile(r"протокол", re.IGNORECASE)),
    (
        "plan",
        re.compile(
            r"план|дорожн(?:ая|ой) карт|комплекс мер|перечень (?:мер|мероприятий|поручений)|программа",
            re.IGNORECASE,
        ),
    ),
    ("resolution", re.compile(r"резолюци|рекомендаци|решени|итогов", re.IGNORECASE)),
    ("letter", re.compile(r"письмо|о направлении", re.IGNORECASE)),
)  # fmt: skip
_GENRE_WORD: Final = re.compile(
    r"(?:резолюция|рекомендации|решение|приказ|постановление|распоряжение|протокол|план|комплекс|дорожная|итоговый|"
    r"перечень|программа|проект|выписка|п\s?р\s?и\s?к\s?а\s?з|п\s?о\s?с\s?т\s?а\s?н)",
    re.IGNORECASE,
)
_OPENING: Final = re.compile(
    r"(?:в\s(?:соответствии|целях|связи|рамках|исполнение|ходе)|на\sосновании|во\sисполнение|заслушав|рассмотрев|"
    r"обсудив|руководствуясь|учитывая|с\sцелью|согласно|по\s(?:итогам|результатам)\s.*,$|отмечая|участники\s)",
    re.IGNORECASE,
)
_SUBJECT: Final = re.compile(r"(?:о|об|обо)\s[^.]{0,200}\.$", re.IGNORECASE)
_PEOPLE: Final = re.compile(
    r"(?:председател|секретар|присутств|приглаш|ведущ)[а-яё]*\s?[:–—-]", re.IGNORECASE
)
_MOST_LINES: Final = 30
_LONGEST: Final = 300
_LOOK_IN_BODY: Final = 12


def header_length(paragraphs: Sequence[Paragraph | Row]) -> int:
    """Return how many paragraphs stand before the preamble, the formula or the first point."""
    for at, paragraph in enumerate(paragraphs[:_MOST_LINES]):
        if isinstance(paragraph, Row):
            return at
        if not _is_header_line(paragraph):
            return at
    return min(len(paragraphs), _MOST_LINES)


def _is_header_line(paragraph: Paragraph) -> bool:
    text = paragraph.text
    if not paragraph.body or _is_dateline(text):
        return True
    if (
        paragraph.marked
        or len(text) > _LONGEST
        or paragraph.close in (":", ";")
        or _OPENING.match(text)
        or is_section_word(text)
    ):
        return False
    if paragraph.close == "." and not paragraph.body.endswith(".") and not _SUBJECT.match(text):
        return False
    formula = find_formula(text)
    if formula is not None and not formula.noun and (formula.resolves or not text.isupper()):
        return False
    return not begins_with_order(paragraph.body)


def _is_dateline(text: str) -> bool:
    """Tell whether a line is a date, a place or a number and nothing else."""
    if len(text) > 100 or not re.match(r"(?:от\s)?[«\"_]?\d|№|г\.|с\.|п\.|рп|пос", text):
        return False
    rest = _NUMBER.sub("", _PLACE.sub("", _DATE.sub("", text)))
    return len(rest.strip(' .,_«»"-–—года№')) < 4


def read_header(source: str, lines: Sequence[Paragraph], body: Sequence[Paragraph]) -> Header:
    """Read the header out of its `lines`; what they lack is looked for in the first paragraphs of `body`."""
    title = _title(source, lines)
    first = [Fragment.of(source, paragraph.span) for paragraph in body[:_LOOK_IN_BODY]]
    heads = [Fragment.of(source, line.span) for line in lines]
    adopted = _adopted(heads, first)
    return Header(
        title=title,
        genre=_genre(lines, first),
        territory=find_territory(heads, first),
        adopted=adopted,
        number=_number(heads),
        school_year=_school_year(heads, first) or _coming_year(first, adopted),
    )


def _title(source: str, lines: Sequence[Paragraph]) -> Fact | None:
    """Return the printed lines of the title, joined: from the name of the genre to the last line of words."""
    worded = [
        line
        for line in lines
        if line.body
        and not _is_dateline(line.text)
        and not _PEOPLE.match(line.text)
        and line.close != "!"
        and line.body.lower() != "проект"
    ]
    start = next((at for at, line in enumerate(worded) if _names_genre(line)), None)
    if start is None and is_letter(lines) and (subject := subject_line(worded)) is not None:
        return Fact(subject.text, subject.text, subject.words, "title.subject", 0.9)
    if start is None:
        if not worded:
            return None
        start = 0
    chosen = [line for line in worded[start:] if not line.text.startswith("(") or len(line.text) > 40]
    pieces = [_without_dateline(line) for line in chosen[:8]]
    text = " ".join(piece for piece in pieces if piece)
    span = Span(chosen[0].words.start, chosen[min(len(chosen), 8) - 1].words.end) if chosen else Span(0, 0)
    if not text:
        return None
    return Fact(text, Fragment.of(source, span).text, span, "title.lines", 0.9)


def _names_genre(line: Paragraph) -> bool:
    """Tell whether a line begins with the name of a genre, also «Р Е З О Л Ю Ц И Я»."""
    return _GENRE_WORD.match(closed_up(line.body).lstrip()) is not None


def _without_dateline(line: Paragraph) -> str:
    text = line.text.replace("**", "")
    return re.sub(r"\s*\bот\s\d.*$", "", text) if _DATE.search(text) else text


def _genre(lines: Sequence[Paragraph], first: Sequence[Fragment]) -> str:
    """Return the genre that is named first, in the line that is its name where there is one."""
    named = [line.text for line in lines if _names_genre(line)]
    title = next((text for text in named if text.lower().strip(" .") != "проект"), None)
    if title is None and is_letter(lines):
        return "letter"
    title = title and closed_up(title)
    words = title or " ".join(line.text for line in lines)
    places = [(found.start(), genre) for genre, pattern in _GENRES if (found := pattern.search(words))]
    if places:
        return min(places)[1]
    opening = " ".join(fragment.text for fragment in first[:6])
    if re.search(r"приказываю|п р и к а з", opening, re.IGNORECASE):
        return "order"
    if re.search(r"постановля", opening, re.IGNORECASE):
        return "decree"
    return "resolution" if re.search(r"реши|рекоменд|предлага", opening, re.IGNORECASE) else "other"


def _adopted(heads: Sequence[Fragment], first: Sequence[Fragment]) -> Fact | None:
    for fragment in heads:
        for found in _DATE.finditer(fragment.text):
            value = _iso(found)
            if value is not None:
                return Fact(value, found.group(), fragment.span(*found.span()), "adopted.header", 0.95)
    for fragment in first:
        if _HELD.search(fragment.text):
            for found in _DATE.finditer(fragment.text):
                value = _iso(found)
                if value is not None:
                    return Fact(value, found.group(), fragment.span(*found.span()), "adopted.held", 0.8)
    return None


def _iso(found: re.Match[str]) -> str | None:
    printed = printed_date(
        found["day"] or found["d"], found["month"] or found["m"], found["year"] or found["y"]
    )
    return printed.isoformat() if printed else None


def _number(heads: Sequence[Fragment]) -> Fact | None:
    """Return the number of the act; the number of an annex, or one inside a title, is another's."""
    for fragment in heads:
        start = found.end() if (found := _ANNEX.match(fragment.text)) else 0
        if len(fragment.text) - start > 120 or re.match(r"об?\s", fragment.text, re.IGNORECASE):
            continue
        number = _NUMBER.search(fragment.text, start)
        if number is not None:
            return Fact(number["n"], number.group(), fragment.span(*number.span()), "number.header", 0.9)
    return None


def _school_year(heads: Sequence[Fragment], first: Sequence[Fragment]) -> Fact | None:
    """Return the school year that the document is for: in the title, or «на … учебный год» in the body."""
    for fragments, before in ((heads, _NOT_PAST), (first, _AHEAD)):
        for fragment in fragments:
            for found in _SCHOOL_YEAR.finditer(fragment.text):
                if before.search(fragment.text[max(0, found.start() - 16) : found.start()]):
                    start = int(found["a"])
                    value = f"{start}/{start + 1}"
                    return Fact(value, found.group(), fragment.span(*found.span()), "school_year.named", 0.85)
    return None


def _coming_year(first: Sequence[Fragment], adopted: Fact | None) -> Fact | None:
    """Return «в 2025-2026 учебном году» of a document adopted in the summer before: it cannot be a report."""
    if adopted is None or not "06" <= adopted.value[5:7] <= "09":
        return None
    for fragment in first:
        for found in _SCHOOL_YEAR.finditer(fragment.text):
            if found["a"] == adopted.value[:4]:
                start = int(found["a"])
                span = fragment.span(*found.span())
                return Fact(f"{start}/{start + 1}", found.group(), span, "school_year.coming", 0.75)
    return None
