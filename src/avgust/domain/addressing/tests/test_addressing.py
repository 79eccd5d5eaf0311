"""Named bodies by register, roles by rule, and what is asked instead of guessed."""

import pytest

from avgust.domain.addressing import Outcome, Register, RegisterUnit, resolve

REGION_AUTHORITY = RegisterUnit(
    1, "Министерство образования Приреченской области", "Минобр", "authority", None, "regional"
)
INSTITUTE = RegisterUnit(
    2, "ГАУ ДПО «Приреченский институт развития образования»", "ПИРО", "institute", None, "regional"
)
REGIONAL_COLLEGE = RegisterUnit(3, "Приреченский педагогический колледж", "ППК", "college", None, "regional")
REGIONAL_SCHOOL = RegisterUnit(
    4, "Приреченская школа-интернат № 1", "Интернат № 1", "school", None, "regional"
)


def municipality(number: int, name: str) -> list[RegisterUnit]:
    base = number * 100
    kinds = [
        ("authority", f"Отдел образования администрации {name} округа", "Отдел образования"),
        ("methodical_centre", f"МКУ «Методический центр {name} округа»", "ММЦ"),
        ("school", f"{name} школа № 1", "Школа № 1"),
        ("school", f"{name} школа № 2", "Школа № 2"),
        ("kindergarten", f"{name} детский сад «Ладья»", "Детский сад «Ладья»"),
        ("additional", f"{name} дом творчества", "ДТ"),
    ]
    return [RegisterUnit(base + n, full, short, kind, number) for n, (kind, full, short) in enumerate(kinds)]


UNITS = [
    REGION_AUTHORITY, INSTITUTE, REGIONAL_COLLEGE, REGIONAL_SCHOOL,
    *municipality(10, "Заозёрского"), *municipality(20, "Лугового"),
]  # fmt: skip
REGION = Register.of(UNITS)
MUNICIPAL = Register.of(UNITS, home=10)

CASES = [
    ("own name", "Министерство образования Приреченской области", "body", REGION, Outcome.BODY, [1]),
    ("case, ё and marks do not matter", "гау дпо Приреченский институт развития образования", "body", REGION, Outcome.BODY, [2]),
    ("short name", "ПИРО", "body", REGION, Outcome.BODY, [2]),
    ("office in own municipality", "Отдел образования администрации округа", "body", MUNICIPAL, Outcome.BODY, [1000]),
    ("office of the region", "Министерство образования и науки области", "body", REGION, Outcome.BODY, [1]),
    ("same short name twice is a question", "Школа № 1", "body", REGION, Outcome.AMBIGUOUS, [1002, 2002]),
    ("same short name in own municipality", "Школа № 1", "body", MUNICIPAL, Outcome.BODY, [1002]),
    ("part of a name", "школа-интернат № 1", "body", REGION, Outcome.BODY, [4]),
    ("heads of schools", "руководители общеобразовательных организаций", "role", REGION, Outcome.ROLE, [4, 1002, 1003, 2002, 2003]),
    ("heads of schools of a municipality", "руководители общеобразовательных организаций", "role", MUNICIPAL, Outcome.ROLE, [1002, 1003]),
    ("kindergartens", "дошкольные образовательные организации", "role", REGION, Outcome.ROLE, [1004, 2004]),
    ("kindergartens and schools", "руководители дошкольных и общеобразовательных организаций", "role", MUNICIPAL, Outcome.ROLE, [1002, 1003, 1004]),
    ("all organisations", "образовательные организации", "role", MUNICIPAL, Outcome.ROLE, [1002, 1003, 1004, 1005]),
    ("municipal organisations leave regional ones", "руководители муниципальных образовательных организаций", "role", REGION, Outcome.ROLE,
     [1002, 1003, 1004, 1005, 2002, 2003, 2004, 2005]),
    ("colleges", "профессиональные образовательные организации", "role", REGION, Outcome.ROLE, [3]),
    ("additional education", "организации дополнительного образования детей", "role", REGION, Outcome.ROLE, [1005, 2005]),
    ("municipal authorities", "органы управления образованием муниципальных округов", "role", REGION, Outcome.ROLE, [1000, 2000]),
    ("administrations", "администрации муниципальных районов и городских округов", "role", REGION, Outcome.ROLE, [1000, 2000]),
    ("methodical services", "муниципальные методические службы", "role", REGION, Outcome.ROLE, [1001, 2001]),
    ("teachers through their schools", "учителя начальных классов", "role", MUNICIPAL, Outcome.ROLE, [1002, 1003]),
    ("partners stand outside", "социальные партнеры образовательных организаций", "role", REGION, Outcome.OUTSIDE, []),
    ("parents stand outside", "родители (законные представители)", "role", REGION, Outcome.OUTSIDE, []),
    ("unknown body", "Бюро погоды", "body", REGION, Outcome.UNKNOWN, []),
    ("empty name", " «» ", "body", REGION, Outcome.UNKNOWN, []),
    ("a role with no such unit", "колледжи", "role", MUNICIPAL, Outcome.UNKNOWN, []),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "form", "register", "outcome", "units"), [c[1:] for c in CASES], ids=[c[0] for c in CASES]
)
def test_resolves(name: str, form: str, register: Register, outcome: Outcome, units: list[int]) -> None:
    answer = resolve(name, form, register)
    assert (answer.outcome, sorted(answer.units)) == (outcome, units)
    assert bool(answer.rule) or outcome is Outcome.UNKNOWN
