"""A resolution of any length whose points differ as those of a real one do: acts, objects, dates, targets."""

from __future__ import annotations

import random
from typing import Final

_ACTS: Final = (
    "провести мониторинг", "разработать план развития", "утвердить порядок работы", "организовать обучение",
    "обновить перечень", "обеспечить участие", "создать рабочую группу по вопросам", "провести смотр-конкурс",
    "внедрить методику", "расширить сеть", "подготовить отчёт о состоянии", "открыть площадку для",
)  # fmt: skip
_OBJECTS: Final = (
    "наставничества молодых педагогов", "школьного питания", "читательской грамотности",
    "кружков робототехники",
    "безопасности школьных маршрутов", "профильных медицинских классов", "служб примирения",
    "подготовки детей к школе", "движения юных краеведов", "цифровых библиотек", "инклюзивных групп",
    "летнего отдыха", "школьных театров", "педагогического дебюта", "сельских школ", "олимпиадного движения",
)  # fmt: skip
_WHERE: Final = (
    "в сельских школах", "в пятых классах", "совместно с методической службой", "на базе опорных школ",
    "с привлечением родителей", "в детских садах округа", "для заместителей директоров",
    "по каждому предмету",
)  # fmt: skip
_WHO: Final = (
    "Управлению образования Заозёрного округа", "Руководителям общеобразовательных организаций",
    "Методическому центру", "Руководителям дошкольных организаций",
)  # fmt: skip
_MONTHS: Final = ("сентября", "октября", "ноября", "декабря")


def resolution(clauses: int, *, seed: int = 1) -> str:
    """Return the text of a resolution with so many points in sections of fourteen."""
    chance = random.Random(seed)
    lines = ["РЕЗОЛЮЦИЯ", "августовского совещания работников образования Заозёрного округа",
             "27 августа 2025 года", "", "Участники совещания РЕШИЛИ:", ""]  # fmt: skip
    for n in range(clauses):
        section, point = divmod(n, 14)
        if point == 0:
            lines.append(f"{section + 1}. {_WHO[section % len(_WHO)]}:")
        lines.append(f"{section + 1}.{point + 1}. {_point(chance)}")
    lines += ["", "Контроль за исполнением резолюции возложить на заместителя главы округа."]
    return "\n".join(lines) + "\n"


def _point(chance: random.Random) -> str:
    words = [chance.choice(_ACTS).capitalize(), chance.choice(_OBJECTS)]
    if chance.random() < 0.6:
        words.append(chance.choice(_WHERE))
    if chance.random() < 0.25:
        words.append(f"с охватом не менее {chance.randrange(20, 96)} процентов обучающихся")
    if chance.random() < 0.15:
        words.append(f"и разместить итоги на сайте до {chance.randrange(1, 28)} декабря")
    elif chance.random() < 0.75:
        words.append(
            f"до {chance.randrange(1, 28)} {chance.choice(_MONTHS)} {chance.choice((2025, 2026))} года"
        )
    return " ".join(words) + "."
