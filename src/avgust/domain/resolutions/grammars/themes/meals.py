"""School meals: menus, canteens, quality, payment and public control."""

from __future__ import annotations

from typing import Final

from avgust.domain.resolutions.grammars.themes.lexicon import Lexicon, lexicon
from avgust.domain.resolutions.model import Theme

LEXICON: Final[Lexicon] = lexicon(
    Theme.MEALS,
    ruling="""
        питан; школьн питан; горяч питан; питан обучающ; питан школьник; столов; пищеблок; меню; рацион; буфет; пищев; повар; блюд; завтрак; обед; продукт питан;
        организац питан; качеств питан; продовольств; питьев режим
    """,
    strong="кулинар; калорийност; биллинг",
)
