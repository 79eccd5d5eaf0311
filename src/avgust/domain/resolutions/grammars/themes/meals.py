"""School meals: menus, canteens, quality, payment and public control."""

from __future__ import annotations

from typing import Final

from avgust.domain.resolutions.grammars.themes.lexicon import Lexicon, lexicon
from avgust.domain.resolutions.model import Theme

LEXICON: Final[Lexicon] = lexicon(
    Theme.MEALS,
    ruling="""
        блюд; буфет; горяч питан; завтрак; качеств питан; меню; обед; организац питан; питан;
        питан обучающ; питан школьник; питьев режим; пищеблок; пищев; повар; продовольств;
        продукт питан; рацион; столов; школьн питан;
        экспертиз питан; контрол питан
    """,
    decisive="""
        бракераж; витаминиз; двухразов; дегустац; кейтеринг; кухонн; льготн обед; молок; =пищи;
        полдник; поставляем продукт; продукт; специализирован меню; хассп
    """,
    strong="биллинг; калорийност; кулинар",
)
