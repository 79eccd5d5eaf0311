"""Calendar and school years: «в течение 2019 года», «в 2021–2022 учебном году», «2021–2024 годы».

«в течение года» and «в течение учебного года» have no ends: the text does not say which year, and the
finding about it is for the author. «в новом учебном году» points at one year and is resolved. «до 2025
года» ends with that year, as strategies and decrees count («на период до 2024 года» has 2024 within).
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from avgust.domain.periods import Period
from avgust.domain.resolutions.grammars.deadline.candidate import (
    Candidate,
    Match,
    Reading,
    Rule,
    last_day,
    stretch,
)
from avgust.domain.resolutions.grammars.deadline.context import (
    describes_a_noun,
    is_reported,
    is_titled,
    stands_apart,
)
from avgust.domain.resolutions.grammars.deadline.words import BY, YEAR4, YEAR_WORD

_WITHIN: Final = r"(?:в течение|на протяжении|в ходе|в период|во?)"
_NEW: Final = r"(?:нов|текущ|предстоящ|наступающ|очередн|следующ)"
_LINE_ONLY: Final = r"(?:на период|на|весь|за)"
_PREFIX: Final = rf"(?:(?:(?P<within>{_WITHIN})|(?P<loose>{_LINE_ONLY})) (?:всего |{_NEW}[а-я]+ )?)?"

# "2021-2022 учебном году", "2021/22 уч. г."
SCHOOL_YEAR: Final = (
    r"(?P<first>20\d\d) ?[-/] ?(?P<last>20\d\d|\d\d)(?!\d)(?:-?(?:м|ом|го|й|ый|х))? ?"
    r"(?:учебн[а-я]+ (?:год[а-я]*|г\.?)(?![а-я])|уч\. ?(?:год[а-я]*|г\.?)(?![а-я])|у\. ?г\.?(?![а-я]))"
)
_KEYS: Final = ("год", "г.", "гг", "г ", "уч")
_SCHOOL_YEAR: Final = re.compile(rf"(?<![а-я\d-]){_PREFIX}{SCHOOL_YEAR}")
_THIS_SCHOOL_YEAR: Final = re.compile(
    r"(?<![а-я])(?:(?:в течение |в теч\. ?|на протяжении |в ходе )(?P<which>[а-я]+ )?(?:учебного"
    r"|уч\.) ?(?:года|г\.)"
    r"|в (?P<in>текущем|новом|наступающем|предстоящем|наступившем|этом|следующем|очередном) учебном году"
    r"|(?:весь )?(?:учебный|уч\.) ?год|(?:в )?(?:начал[ео]|конце|конец|середин[еа]) учебного года)(?![а-я])"
)
# «в 2021-2022 и 2022-2023 учебных годах»
_SCHOOL_YEARS: Final = re.compile(
    rf"(?<![а-я\d-]){_PREFIX}(?P<first>20\d\d) ?[-/] ?(?:20)?\d\d ?(?:,|и|-) ?20\d\d ?[-/] ?(?P<last>20\d\d"
    rf"|\d\d)"
    r"(?!\d) ?(?:учебн|уч\.)[а-я]* ?(?:год[а-я]*|гг?\.?)(?![а-я])"
)
_YEARS: Final = re.compile(
    rf"(?<![а-я\d.-])(?:(?:(?P<within>{_WITHIN})|(?P<loose>{_LINE_ONLY}))(?: с)? |(?P<from>со?) )?"
    rf"(?P<first>{YEAR4})(?: ?(?:года?|гг?\.?))? ?(?:-|/|по|до|и|,) ?(?P<last>{YEAR4}|\d\d)(?!\d"
    rf"|[./]\d)(?P<word>{YEAR_WORD})?"
    r"(?! ?(?:учебн|уч\.))"
)
_YEAR: Final = re.compile(
    rf"(?<![а-я\d./№-]){_PREFIX}(?:всего )?(?P<year>{YEAR4})(?![-/.]\d)(?P<word>{YEAR_WORD})?(?! ?(?:учебн"
    rf"|уч\.))"
)
_WHOLE_YEAR: Final = re.compile(
    r"(?<![а-я])(?:в течение |в теч\. ?|на протяжении |весь |в )(?:всего )?(?P<which>текущ[а-я]+|эт[а-я]+"
    r"|календарн[а-я]+"
    r"|следующ[а-я]+"
    r"|нынешн[а-я]+|отчетн[а-я]+|будущ[а-я]+|предстоящ[а-я]+)?(?: календарн[а-я]+)? ?год[ау]?(?![а-я])(?! "
    r"(?:со дня|с момента|с даты|после))"
)
_BY_YEAR: Final = re.compile(
    rf"(?<![а-я-])(?P<by>{BY}) (?P<year>{YEAR4})(?![-/.]\d)(?:{YEAR_WORD})?(?: включительно)?(?! ?(?:учебн"
    rf"|уч\.))"
)
_SINCE_YEAR: Final = re.compile(
    rf"(?<![а-я])(?:начиная )?со? (?:(?P<year>{YEAR4})(?![-/.]\d) ?(?:года|г\.)(?![а-я])(?! ?(?:учебн|-|по "
    rf"|до ))"
    rf"|{SCHOOL_YEAR}|(?P<new>нового|следующего|нынешнего|текущего|этого) учебного года)"
)

_LETTERS: Final = tuple("абвгдежзийклмнопрстуфхцчшщъыьэюя")


def _full(first: int, digits: str) -> int:
    """Return the year of "2022" or of "22" beside `first`."""
    return int(digits) if len(digits) == 4 else first - first % 100 + int(digits)


def _refused(match: Match, reading: Reading, within: bool) -> bool:
    """Whether a period in a clause lacks its preposition, describes a noun or is reported on."""
    if reading.in_line:
        return False
    at = match.start()
    return not within or describes_a_noun(reading, at) or is_reported(reading, at)


def _school_year(match: Match, reading: Reading) -> Candidate | None:
    first = int(match["first"])
    last = _full(first, match["last"])
    within = bool(match["within"]) or (
        not match["loose"] and stands_apart(reading, match.start(), match.end())
    )
    if not first < last <= first + 20 or _refused(match, reading, within):
        return None
    ends = Period.school_year(first).start, Period.school_year(last - 1).end
    return stretch(match, ends, 0.97)


def _this_school_year(match: Match, reading: Reading) -> Candidate | None:
    which = match["in"] or match["which"]
    if _refused(match, reading, match.group().startswith(("в ", "на протяж"))):
        return None
    year = reading.anchor.current_school_year if which and not which.startswith("все") else None
    if year is None:
        return stretch(match, (None, None), 0.8)
    if which.startswith("следующ") and reading.anchor.adopted and reading.anchor.adopted in year:
        year = Period.school_year(year.start.year + 1)
    return stretch(match, (year.start, year.end), 0.85, ("year",))


def _years(match: Match, reading: Reading) -> Candidate | None:
    first = int(match["first"])
    last = _full(first, match["last"])
    within = bool(match["within"] or match["from"])
    if not match["word"] and not (reading.in_line and not match["from"]) and len(match["last"]) < 4:
        return None
    if not first < last <= first + 30 or _refused(match, reading, within):
        return None
    if _is_school_year(match, reading, first, last):
        year = Period.school_year(first)
        return stretch(match, (year.start, year.end), 0.75)
    span = Period.years(first, last)
    return stretch(match, (span.start, span.end), 0.95)


def _is_school_year(match: Match, reading: Reading, first: int, last: int) -> bool:
    """Whether a bare "2021/2022" or "2021-2022" of a cell is the school year of the document."""
    if match["word"] or not reading.in_line or last != first + 1:
        return False
    year = reading.anchor.current_school_year
    return "/" in match.group() or (year is not None and year.start.year == first)


def _year(match: Match, reading: Reading) -> Candidate | None:
    if _refused(match, reading, bool(match["within"] and match["word"])):
        return None
    if not match["word"] and not _alone(match, reading):
        return None
    span = Period.year(int(match["year"]))
    return stretch(match, (span.start, span.end), 0.95 if match["within"] else 0.85)


def _alone(match: Match, reading: Reading) -> bool:
    """Whether a bare "2021" is all that its cell says there."""
    before, after = reading.text[: match.start()].rstrip(), reading.text[match.end() :].lstrip()
    return not before.endswith(_LETTERS) and not after.startswith(_LETTERS)


def _whole_year(match: Match, reading: Reading) -> Candidate | None:
    which = match["which"] or ""
    if match.group().startswith("в ") and not match.group().startswith("в теч") and not which:
        return None  # «раз в год»
    if _refused(match, reading, True):
        return None
    this = reading.anchor.current_year
    if not which or which.startswith(("календ", "отчет")) or this is None:
        return stretch(match, (None, None), 0.85)
    span = Period.year(this + which.startswith(("следующ", "будущ", "предсто")))
    return stretch(match, (span.start, span.end), 0.85, ("year",))


def _by_year(match: Match, reading: Reading) -> Candidate | None:
    at = match.start()
    if describes_a_noun(reading, at) or is_titled(reading, at):
        return None
    end = date(int(match["year"]), 12, 31)
    return last_day(match, end, 0.75, ("month", "day"))


def _since_year(match: Match, reading: Reading) -> Candidate | None:
    if describes_a_noun(reading, match.start()):
        return None
    if match["year"]:
        return stretch(match, (date(int(match["year"]), 1, 1), None), 0.85)
    if match["first"]:
        return stretch(match, (Period.school_year(int(match["first"])).start, None), 0.9)
    year = reading.anchor.current_school_year
    return stretch(match, (year.start if year else None, None), 0.7, ("year",))


RULES: Final = (
    Rule("school_year", _KEYS, _SCHOOL_YEAR, _school_year),
    Rule("school_year.range", ("учебн", "уч."), _SCHOOL_YEARS, _school_year),
    Rule("school_year.this", ("учебн", "уч."), _THIS_SCHOOL_YEAR, _this_school_year),
    Rule("years", ("19", "20"), _YEARS, _years),
    Rule("year", ("19", "20"), _YEAR, _year),
    Rule("year.whole", ("год",), _WHOLE_YEAR, _whole_year),
    Rule("year.by", ("19", "20"), _BY_YEAR, _by_year),
    Rule("year.since", ("с ", "со "), _SINCE_YEAR, _since_year),
)
