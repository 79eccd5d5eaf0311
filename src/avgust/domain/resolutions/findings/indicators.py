"""Indicators that turn a wish into a measure: what to count, for each theme, by the words of the measure.

The texts are Russian in every language of the interface: they are offered for a Russian document.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from avgust.domain.resolutions.model import Theme


@dataclass(frozen=True, slots=True)
class Indicator:
    """A measurable result and the words of a measure that it suits."""

    words: re.Pattern[str]
    text: str


def _of(words: str, text: str) -> Indicator:
    return Indicator(re.compile(words, re.IGNORECASE), text)


_ANY: Final = ""
INDICATORS: Final[dict[Theme, tuple[Indicator, ...]]] = {
    Theme.QUALITY: (
        _of("низк|неблагоприятн", "число школ с низкими результатами — не более … к концу учебного года"),
        _of("объективн|достоверн", "доля школ с признаками необъективных результатов — не более … %"),
        _of(_ANY, "доля выпускников, подтвердивших годовые отметки на экзамене, — не менее … %"),
    ),
    Theme.STAFF: (
        _of(
            "молод|наставн", "доля педагогов со стажем до трёх лет, за которыми закреплён наставник, — 100 %"
        ),
        _of("целев|приток|привлечен|кадр", "доля вакансий, закрытых к 1 сентября, — не менее … %"),
        _of("квалификац|переподготов", "доля педагогов, прошедших повышение квалификации за три года, — … %"),
        _of(_ANY, "доля педагогов, охваченных мероприятием, — не менее … % к … (дата)"),
    ),
    Theme.TALENT: (
        _of("олимпиад", "число участников регионального этапа олимпиады — не менее … человек"),
        _of(_ANY, "доля обучающихся 7–11 классов, участвующих в олимпиадах и конкурсах, — не менее … %"),
    ),
    Theme.GUIDANCE: (
        _of("педагогическ", "число учеников психолого-педагогических классов — не менее … человек"),
        _of(_ANY, "доля обучающихся 6–11 классов, прошедших профессиональные пробы, — не менее … %"),
    ),
    Theme.INCLUSION: (
        _of(_ANY, "доля детей с ОВЗ, получающих рекомендованное ПМПК сопровождение, — 100 % к … (дата)"),
    ),
    Theme.PRESCHOOL: (
        _of("мест|доступн", "доступность дошкольного образования для детей до трёх лет — 100 % к … (дата)"),
        _of(_ANY, "доля детских садов, прошедших внутреннюю оценку качества, — не менее … %"),
    ),
    Theme.ADDITIONAL: (
        _of(_ANY, "охват детей 5–18 лет дополнительным образованием — не менее … % к … (дата)"),
    ),
    Theme.UPBRINGING: (
        _of("советник", "доля школ, в которых работает советник директора по воспитанию, — 100 %"),
        _of(_ANY, "доля обучающихся, участвующих в программах воспитания, — не менее … %"),
    ),
    Theme.DIGITAL: (
        _of("безопасн", "доля школ с настроенной контентной фильтрацией — 100 % к … (дата)"),
        _of(_ANY, "доля учебных кабинетов с рабочим местом и доступом к сети — не менее … %"),
    ),
    Theme.SAFETY: (
        _of("охран|антитеррор|видеонаблюд", "доля зданий, оснащённых по своей категории, — 100 % к … (дата)"),
        _of(_ANY, "число предписаний надзорных органов, не исполненных в срок, — 0"),
    ),
    Theme.MEALS: (
        _of("горяч|охват", "охват обучающихся горячим питанием — не менее … %"),
        _of(_ANY, "доля школ, где родительский контроль питания проводится ежемесячно, — 100 %"),
    ),
    Theme.GOVERNANCE: (
        _of("отч[её]тн|документ", "число отчётов, запрашиваемых у школы за год, — не более …"),
        _of(_ANY, "доля организаций, выполнивших мероприятие в срок, — не менее … %"),
    ),
    Theme.COMMUNITY: (
        _of("родител", "доля родителей, удовлетворённых работой школы (по опросу), — не менее … %"),
        _of(_ANY, "число действующих соглашений с партнёрами — не менее … к … (дата)"),
    ),
}


def suggest(theme: Theme | None, text: str) -> str:
    """Return the indicator that suits a measure best; a theme that is not known is governance."""
    indicators = INDICATORS[theme or Theme.GOVERNANCE]
    return next(indicator.text for indicator in indicators if indicator.words.search(text))
