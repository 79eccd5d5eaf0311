"""Acts: laws, decrees, orders, letters with their number, date and title.

An act is its class word with at least one of date, number or title («приказ министерства от … № …»);
a class word alone is a genre («издать приказ»), unless the sentence obeys it («во исполнение указа
Президента Российской Федерации») or its name is unique (Конституция, a code).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final, NamedTuple

from avgust.domain.resolutions.grammars.quotes import quotes_of
from avgust.domain.resolutions.grammars.reference.found import Found
from avgust.domain.resolutions.model import ReferenceKind
from avgust.domain.resolutions.months import OF_MONTH, printed_date

_GATE: Final = re.compile(
    r"закон|указ|постановлен|распоряжен|приказ|решени|письм|писем|кодекс|конституци|поручен|протокол"
    r"|соглашен|послани|фз"  # of text in lower case
)
_DATE: Final = (
    r"(?:(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4}|\d{2})(?!\d)"
    rf"|[«\"]?(?P<wd>\d{{1,2}})[»\"]? (?P<wm>{OF_MONTH}) (?P<wy>\d{{4}}))(?: ?(?:года|г\.|г\b))?"
)
_ENDINGS: Final = r"(?:ов|ами|ам|ах|ом|а|у|е|ы)?"
_HEAD: Final = re.compile(
    r"(?<![\w-])(?P<draft>проект(?:а|у|ом|е|ы|ов|ам)? )?"
    r"(?P<class>(?:(?:федеральн|конституционн|областн|краев|республиканск|региональн|совместн"
    r"|межведомственн)[а-я]+ )*"
    rf"(?:(?P<letter>(?:информационн[а-я]+ |инструктивн[а-я]+ )?(?:письм(?:о|а|у|ом|е|ах|ам|ами)"
    rf"|писем)|протокол{_ENDINGS}"
    r"|соглашени(?:е|я|ю|ем|и|й|ям|ями|ях)|(?:перечн(?:я|ю|ем|е) |перечень )?поручени(?:е|я|ю|ем|и|й"
    r"|ям|ями|ях)|послани(?:е|я|ю|ем|и))"
    rf"|закон{_ENDINGS}|указ{_ENDINGS}|приказ{_ENDINGS}|кодекс{_ENDINGS}|ФЗ"
    r"|(?:постановлени|распоряжени|решени)(?:е|я|ю|ем|и|й|ям|ями|ях)))(?![\w-])",
    re.IGNORECASE,
)
_LOCATOR: Final = re.compile(
    r"(?<!\w)(?:(?:(?:(?:под)?пункт|част|стат|абзац|глав|раздел)[а-я]*|п?п\.|ч\.|ст\.|гл\.|абз\.) ?"
    r"\d[\d.]*(?: ?[-–] ?\d+)?(?:(?:, | и )\d[\d.]*)*,? )+$",
    re.IGNORECASE,
)
# Up to fourteen words of the body that issued the act, then a date, a number or a title.
_ISSUER: Final = re.compile(
    r"(?P<issuer>(?: (?!(?:о|об|обо|на|для|до|с|со|при|из|от|за|не|а|что|который)\b)(?![а-я]+(?:ать"
    r"|ить|еть|ыть)\b)[^\s«»\"№;:()]+){0,14}?)"
    rf"(?=,? (?:от {_DATE}|№|N ?\d|[«\"“](?:О|Об|Обо)\s)|,? \(от |№)"
)
_DATED: Final = re.compile(rf",? \(?(?:от )?{_DATE}")
_NUMBER: Final = re.compile(
    r",? ?(?:№№?|N) ?(?P<number>\d[\w/.\-–]*(?<=\w)"
    r"|[А-ЯЁA-Z][\w]*[-–/]\d[\w/.\-–]*(?<=\w))(?:,? (?:и )?№ ?\d[\w/.\-]*(?<=\w))*"
)
_TITLE: Final = re.compile(r",? ?\(?(?=[«\"“„])")
_PLAIN_TITLE: Final = re.compile(r" об образовании(?: в Российской Федерации| в РФ)?(?!\w)", re.IGNORECASE)
_MORE: Final = re.compile(rf"(?:,|;| и|, а также|,? и) (?=от {_DATE},? (?:№|N ?\d))")
_SCHOOL: Final = re.compile(
    r"(?:школ|лице|гимнази|сад|интернат|учрежден|организаци|колледж|техникум|сош|оош|доу|центр|отдел"
    r"|форм)[а-я]*$",
    re.IGNORECASE,
)
_OBEYS: Final = re.compile(
    r"(?:в соответствии с(?:о)?|во исполнение|согласно|на основании|исполнени[а-я]+|реализаци[а-я]+"
    r"|требовани[а-я]+|выполнени[а-я]+"
    r"|в рамках|с учетом|с учётом|утвержденн[а-я]+|утверждённ[а-я]+|установленн[а-я]+"
    r"|предусмотренн[а-я]+) (?:[а-я]+(?:ого|ых|ым|ыми|им) )?$",
    re.IGNORECASE,
)
_SUPREME: Final = re.compile(
    r" (?:Президента|Правительства|Государственной Думы|Губернатора)(?: Российской Федерации| РФ"
    r"| России| [А-ЯЁ][а-яё-]+ (?:области|края|республики))?"
    r"(?: Федеральному Собранию(?: Российской Федерации| РФ)?)?"
)
_UNIQUE: Final = re.compile(
    r"(?<!\w)(?:Конституци(?:я|и|ю|ей)(?: Российской Федерации| РФ)?"
    r"|(?:Трудов|Семейн|Гражданск|Бюджетн|Уголовн|Налогов|Земельн|Жилищн"
    r"|Градостроительн)[а-яё]+ кодекс(?:а|у|ом|е)?(?: Российской Федерации| РФ)?)"
    r"|(?<![\w№-])\d{1,3}-ФЗ(?!\w)|(?<!\w)ФЗ[- ]\d{1,3}(?!\w)"
)


class _Tail(NamedTuple):
    end: int
    number: str | None
    dated: date | None


def find_acts(text: str) -> Iterator[Found]:
    """Yield the acts that `text` names."""
    if not _GATE.search(text.lower()):
        return
    at = 0
    while head := _HEAD.search(text, at):
        at = head.end()
        found = _act(text, head)
        if found:
            yield found
            at = found.end
            yield from _continued(text, found)
    for match in _UNIQUE.finditer(text):
        yield Found(match.start(), match.end(), ReferenceKind.LAW, "act.unique", 0.85)


def _act(text: str, head: re.Match[str]) -> Found | None:
    locator = _LOCATOR.search(text, max(0, head.start() - 80), head.start())
    start = locator.start() if locator else head.start()
    kind = ReferenceKind.DOCUMENT if head["letter"] else ReferenceKind.LAW
    tail = _tail(text, head.end())
    if tail is None:
        titled = (
            _PLAIN_TITLE.match(text, head.end())
            if head["class"].lower().endswith(("закон", "закона", "законом", "закону"))
            else None
        )
        if titled:
            return Found(start, titled.end(), kind, "act.plain_title", 0.7)
        supreme = _SUPREME.match(text, head.end())
        if supreme and not head["draft"] and _OBEYS.search(text, max(0, head.start() - 40), start):
            return Found(start, supreme.end(), kind, "act.unnumbered", 0.6)
        return None
    whole = tail.number is not None and tail.dated is not None
    return Found(start, tail.end, kind, "act", 0.97 if whole else 0.85, tail.number, tail.dated)


def _tail(text: str, at: int) -> _Tail | None:
    """Read the issuer, the date, the number and the title after a class word, in any order."""
    issuer = _ISSUER.match(text, at)
    if not issuer:
        return None
    end = issuer.end()
    if _SCHOOL.search(issuer["issuer"]) and re.match(r",? ?(?:№|N)", text[end:]):
        return None  # «приказ директора школы № 5»: the number is the school's
    number, dated, parts = None, None, 0
    for _ in range(4):
        if dated is None and (match := _DATED.match(text, end)):
            dated, end, parts = _date(match), match.end(), parts + 1
        elif number is None and (match := _NUMBER.match(text, end)):
            number, end, parts = match["number"].rstrip(".-–/"), match.end(), parts + 1
        elif (opening := _TITLE.match(text, end)) and (title := _quote_end(text, opening.end(), parts)):
            end, parts = title, parts + 1
            if text[end : end + 1] == ")" and "(" in opening.group():
                end += 1
            if dated is not None or number is not None:
                break
        else:
            break
    if text.count("(", at, end) > text.count(")", at, end) and text[end : end + 1] == ")":
        end += 1
    return _Tail(end, number, dated) if parts else None


def _quote_end(text: str, at: int, parts: int) -> int | None:
    """Return the end of the title that opens at `at`; with no date or number it begins with «О», «Об»."""
    quote = next((q for q in quotes_of(text) if q.start == at), None)
    if quote is None or not (parts or re.match(r"Обо? |О ", quote.inner(text))):
        return None
    return quote.end


def _continued(text: str, first: Found) -> Iterator[Found]:
    """Yield further acts of the same class: «приказами от … № 1, от … № 2»."""
    at = first.end
    while more := _MORE.match(text, at):
        tail = _tail(text, more.end() - 1)
        if tail is None:
            return
        yield Found(more.end(), tail.end, first.kind, "act.listed", 0.9, tail.number, tail.dated)
        at = tail.end


def _date(match: re.Match[str]) -> date | None:
    return printed_date(match["d"] or match["wd"], match["m"] or match["wm"], match["y"] or match["wy"])
