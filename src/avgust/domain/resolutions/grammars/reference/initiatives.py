"""Projects, programmes, concepts and plans whose name is printed in quotation marks.

A project's name stands alone («проектов «А» и «Б»» are two names); the class words belong to the name
where it would say little without them: «национального проекта «Образование»», «государственной
программы Приреченской области «Развитие образования»».
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from avgust.domain.resolutions.grammars.quotes import Quote, quotes_of
from avgust.domain.resolutions.grammars.reference.found import Found
from avgust.domain.resolutions.model import ReferenceKind
from avgust.domain.resolutions.morphology import fold

_ADJECTIVE: Final = (
    r"(?:национальн|государственн|муниципальн|областн|краев|республиканск|региональн|федеральн"
    r"|ведомственн|районн|городск"
    r"|целев|комплексн|долгосрочн|приоритетн|стратегическ)[а-яё]+ "
)
_HEAD: Final = re.compile(
    rf"(?<![\w-])(?P<adjectives>(?:{_ADJECTIVE})*)(?P<head>"
    r"(?P<national>нацпроект(?:а|у|ом|е)?)|(?P<project>(?:мега|мини|под)?проект(?:а|у|ом|е)?)"
    r"|(?P<projects>(?:мега|нац|под)?проект(?:ы|ов|ам|ами|ах))|(?P<programme>(?:под"
    r"|гос)?программ(?:а|ы|у|е|ой|ою))"
    r"|(?P<programmes>программ(?:ам|ами|ах)?)"
    r"|(?P<concept>концепци(?:я|и|ю|ей)|стратеги(?:я|и|ю|ей)|доктрин(?:а|ы|у|ой|е)|инициатив(?:а|ы|у|ой|е)"
    r"|комплекс(?:а|у|ом|е)? мер|план(?:а|у|ом|е)?(?: мероприятий)?|дорожн(?:ая|ой|ую) карт(?:а|ы|у|ой|е))"
    r"|(?P<cycle>(?:цикл(?:а|у|ом|е|ов)?|курс(?:а|у|ом|е|ов)?) (?:внеурочн[а-яё]+ )?(?:заняти[а-яё]+"
    r"|деятельност[а-яё]+|мероприяти[а-яё]+|уроков)))"
    r"(?![\w-])",
    re.IGNORECASE,
)
# What may stand between the class word and the name.
_BRIDGE: Final = re.compile(
    r"(?P<territory>(?: (?:Российской Федерации|РФ|[А-ЯЁ][а-яё-]+(?:ой|ого|ей) (?:области|края"
    r"|района|округа|республики|муниципального округа|муниципального района|городского округа)))?)"
    r"(?P<paren> \([^()]{1,60}\))?(?P<words>(?: [а-яё-]+){0,4}):? ?",
)
_NO_BRIDGE: Final = re.compile(
    r"(?:^| )(?:парти|школ|центр|технопарк|учрежден|организаци|конкурс|фестивал|форум|номинаци|класс"
    r"|лагер|клуб|платформ|портал|систем"
    r"|сайт|олимпиад|слет|слёт|акци|лице|гимнази|сад[аеу]?$|детск|фонд|компани|обществ|движен"
    r"|институт|университет|колледж|приказ"
    r"|постановлен|распоряжен|решени|закон|указ|положени|проект|программ|и$|или$|обеспеч|направлени"
    r"|модел|тип|форм|служб|курс|предмет)"
)
_SEPARATOR: Final = re.compile(r"(?:,|;| и| а также|, а также|, и| или| /| –)? (?=[«\"“„])|,(?=[«\"“„])")
_GENRE: Final = re.compile(r"дорожн\w+ карт|дорожная карта", re.IGNORECASE)
# Names that the whole country knows, printed without a class word as often as with one.
_KNOWN: Final = frozenset(
    {
        "500+",
        "билет в будущее",
        "большая перемена",
        "будь в движении",
        "все лучшее детям",
        "доступная среда",
        "земский учитель",
        "киноуроки в школах россии",
        "код будущего",
        "молодежь и дети",
        "молодые профессионалы",
        "навигаторы детства",
        "наша начальная школа",
        "новые возможности для каждого",
        "орлята россии",
        "патриотическое воспитание",
        "педагоги и наставники",
        "поддержка семей, имеющих детей",
        "проектория",
        "профессионалитет",
        "пушкинская карта",
        "разговоры о важном",
        "россия – мои горизонты",
        "россия – страна возможностей",
        "самбо в школу",
        "современная школа",
        "социальная активность",
        "успех каждого ребенка",
        "учитель будущего",
        "флагманы образования",
        "цифровая образовательная среда",
        "школа минпросвещения россии",
        "школьный музей",
        "я познаю россию",
    }
)


def find_initiatives(text: str) -> Iterator[Found]:
    """Yield the projects and programmes that `text` names in quotation marks."""
    quotes = quotes_of(text)
    if not quotes:
        return
    starts = {quote.start: quote for quote in quotes}
    taken: set[int] = set()
    for head in _HEAD.finditer(text):
        if any(quote.start < head.start() < quote.end for quote in quotes):
            continue
        for found, quote in _named(text, head, starts):
            taken.add(quote.start)
            yield found
    for quote in quotes:
        name = re.sub(r" ?[-–—] ?", " – ", fold(quote.inner(text)))
        if quote.start not in taken and name in _KNOWN:
            yield Found(quote.start, quote.end, ReferenceKind.PROJECT, "project.known", 0.75)


def _named(text: str, head: re.Match[str], starts: dict[int, Quote]) -> Iterator[tuple[Found, Quote]]:
    """Yield the names that follow a class word, in a list or alone."""
    bridge = _BRIDGE.match(text, head.end())
    if bridge is None or bridge.end() not in starts or _NO_BRIDGE.search(bridge["words"]):
        return
    names = list(_listed(text, starts[bridge.end()], starts))
    kind = _kind(head)
    direct = not bridge["words"] and len(names) == 1
    keeps_class = direct and _keeps_class(head)
    for quote in names:
        if not _GENRE.fullmatch(quote.inner(text)):
            start = head.start() if keeps_class else quote.start
            rule = f"{kind.value}.quoted" if quote.closed else f"{kind.value}.unclosed"
            yield Found(start, quote.end, kind, rule, 0.95 if not bridge["words"] else 0.85), quote


def _keeps_class(head: re.Match[str]) -> bool:
    adjectives = head["adjectives"].lower()
    if head["project"]:
        return adjectives.startswith("национальн")
    return bool(head["national"] or head["concept"] or (head["programme"] and adjectives))


def _kind(head: re.Match[str]) -> ReferenceKind:
    programme = head["programme"] or head["programmes"] or head["concept"]
    return ReferenceKind.PROGRAMME if programme else ReferenceKind.PROJECT


def _listed(text: str, quote: Quote, starts: dict[int, Quote]) -> Iterator[Quote]:
    """Yield `quote` and those that follow it with nothing but a separator between."""
    yield quote
    while (separator := _SEPARATOR.match(text, quote.end)) and separator.end() in starts:
        quote = starts[separator.end()]
        yield quote
