"""Hides what only looks like a deadline: quoted titles and dates of acts.

Hidden letters become a filler that no pattern matches, so that places in the text stay the same.
"""

from __future__ import annotations

import re
from typing import Final

from avgust.domain.resolutions.grammars.deadline.words import ANY_MONTH, YEAR4

_FILLER: Final = "\u2592"
_OPENING: Final = "«“„"
_LONG_ENOUGH: Final = 6  # «15» октября is a day in quotation marks, no title

_DIGIT: Final = re.compile(r"\d")
_MARK: Final = re.compile(r"[«»“”„]")
_STRAIGHT: Final = re.compile(r'"[^"]{4,}?"')

# A date behind «от», or before a number: that of an act, a letter, minutes.
_ACT_DATE: Final = re.compile(
    rf"\bот ?(?:\d{{1,2}}\.\d{{1,2}}\.(?:\d{{4}}|\d\d)"
    rf"|[\"«]?\d{{1,2}}[\"»]? {ANY_MONTH} {YEAR4})(?: ?(?:года|г\.?))?"
    rf"|\d{{1,2}}\.\d{{1,2}}\.\d{{2,4}}(?: ?(?:года|г\.?))? ?(?:№|n )"
    rf"|\d{{1,2}} {ANY_MONTH} {YEAR4}(?: ?(?:года|г\.?))? ?(?:№|n )"
)

# «по состоянию на 1 сентября 2021», «родившихся до 1 января 2015», «действует до …», telephone numbers.
_AS_OF: Final = re.compile(
    r"по состоянию на [^,;)]{1,30}"
    # «№ 12 15 марта 2021» is dated so; «урок № 3 до 15 марта 2021» has a deadline
    r"|№ (?:(?!\b(?:до|к|ко|по|с|в|позднее|позже) )[^,;()]){0,12}\d{1,2}[. ](?:\d{1,2}|[а-я]+)[. ]\d{4}"
    r"|(?:редакци[а-я]+|состоявш[а-я]+|прошедш[а-я]+|проведенн[а-я]+|утвержденн[а-я]+|принят(?:ого|ой|ых"
    r"|ым|ыми))"
    r" [^,;()]{0,12}\d{1,2}[. ](?:\d{1,2}|[а-я]+)[. ]\d{4}"
    r"|(?:ул\.|улиц[а-я]+|просп\.|проспект[а-я]*|пл\.|площад[а-я]+|им\.|имени) ?(?:им\. "
    r"|имени )?\d{1,2} [а-я]+"
    r"|\+?[78][ (-]{1,2}\d{3,5}[ )-]{1,2}[\d -]{5,10}"
    r"|(?<!\d)\d{1,6}-\d\d-\d\d(?:-\d\d)?(?!\d)"
)


def masked(text: str) -> str:
    """Return plain `text` with quoted titles and the dates of acts hidden, the same length."""
    if "«" in text or "“" in text or "„" in text:
        text = _without_titles(text)
    if '"' in text:
        text = _STRAIGHT.sub(_hidden, text)
    if _DIGIT.search(text):
        text = _AS_OF.sub(_hidden, _ACT_DATE.sub(_hidden, text))
    return text


def _hidden(match: re.Match[str]) -> str:
    return _FILLER * len(match.group())


def _without_titles(text: str) -> str:
    """Hide balanced quotations, nested ones with their outer; an unclosed mark hides nothing."""
    pieces: list[str] = []
    done, depth, opened = 0, 0, 0
    for mark in _MARK.finditer(text):
        at, letter = mark.start(), mark.group()
        if letter in _OPENING and not (letter == "“" and depth):
            opened = at if depth == 0 else opened
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0 and at - opened + 1 >= _LONG_ENOUGH:
                pieces += [text[done:opened], _FILLER * (at - opened + 1)]
                done = at + 1
    return "".join((*pieces, text[done:]))
