"""Preschool education: places, early age, kindergartens, help to parents of the youngest."""

from __future__ import annotations

from typing import Final

from avgust.domain.resolutions.grammars.themes.lexicon import Lexicon, lexicon
from avgust.domain.resolutions.model import Theme

LEXICON: Final[Lexicon] = lexicon(
    Theme.PRESCHOOL,
    decisive="""
        дошкольн; =доу; =доо; =мдоу; =мбдоу; =мадоу; =мкдоу; детск сад; детсад; ясли; ясельн; ранн возраст; раннего развит;
        возраст до трех; возраст до 3; возрасте двух месяц; от двух месяц; от 2 месяц; до 3-х лет; вариативн форм дошкольн; очередност детей;
        групп кратковременн; семейн групп; дошколят; предшкольн; подготовк школ детей; от 1,5 до 3; от 1 до 3; от 3 до 7; очередност
    """,
    strong="вариативн форм; консультационн центр родител; консультационн пункт; присмотр уход; воспитанник; дополнительн мест",
    plain="преемственност; младш возраст; консультативн помощ родител; консультационн помощ родител; дети воспитываются семье",
    weak="консультационн",
)
