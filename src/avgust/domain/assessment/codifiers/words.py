"""The words of codifiers in workbooks: Russian in every language, as forms of the office are."""

from __future__ import annotations

from typing import Final

from avgust.domain.assessment.codifiers.model import Kind, SubjectCode
from avgust.domain.assessment.codifiers.stated import Fact
from avgust.domain.assessment.works.cells import plain

SHEET: Final = "Кодификатор"
CODE, TITLE, PARENT, GRADES = "Код", "Наименование", "Код раздела", "Классы"
HEADS: Final = (CODE, TITLE, PARENT, GRADES)

FACTS: Final[dict[Fact, str]] = {
    Fact.NAME: "Имя кодификатора",
    Fact.SUBJECT: "Предмет",
    Fact.KIND: "Вид",
    Fact.EDITION: "Редакция",
    Fact.TITLE: "Название",
    Fact.SINCE: "Действует с",
    Fact.UNTIL: "Действует по",
    Fact.GRADES: "Классы",
    Fact.BASIS: "Основание",
    Fact.NUMBER: "Номер документа",
    Fact.DAY: "Дата документа",
}

_CODES: Final = (
    CODE, "Код элемента", "Код контролируемого элемента", "Код элемента содержания", "КЭС", "Код КЭС",
    "Код умения", "Код требования", "Код проверяемого элемента", "Код проверяемого требования",
    "Код ПТ", "Шифр", "Code",
)  # fmt: skip
_TITLES: Final = (
    TITLE, "Название", "Элемент содержания", "Элементы содержания", "Проверяемый элемент содержания",
    "Проверяемые элементы содержания", "Элементы содержания, проверяемые заданиями", "Умение", "Умения",
    "Требование", "Проверяемое требование", "Проверяемые требования", "Проверяемые умения", "Формулировка",
    "Title",
)  # fmt: skip
_PARENTS: Final = (PARENT, "Раздел", "Родитель", "Родительский код", "Вышестоящий код", "Входит в", "Parent")
_GRADES: Final = (GRADES, "Класс", "Grades")

COLUMNS: Final[dict[str, str]] = {
    plain(text): head
    for head, texts in ((CODE, _CODES), (TITLE, _TITLES), (PARENT, _PARENTS), (GRADES, _GRADES))
    for text in texts
}
LABELS: Final[dict[str, Fact]] = {plain(text): fact for fact, text in FACTS.items()} | {
    plain("Дата"): Fact.DAY,
    plain("Номер"): Fact.NUMBER,
    plain("Вид кодификатора"): Fact.KIND,
    plain("Учебный предмет"): Fact.SUBJECT,
    plain("Класс"): Fact.GRADES,
}

SUBJECT_NAMES: Final[dict[SubjectCode, str]] = {
    SubjectCode.RUSSIAN: "русский язык",
    SubjectCode.MATHEMATICS: "математика",
    SubjectCode.WORLD: "окружающий мир",
    SubjectCode.READING: "литературное чтение",
    SubjectCode.LITERATURE: "литература",
    SubjectCode.FOREIGN: "иностранный язык",
    SubjectCode.INFORMATICS: "информатика",
    SubjectCode.HISTORY: "история",
    SubjectCode.SOCIAL: "обществознание",
    SubjectCode.GEOGRAPHY: "география",
    SubjectCode.BIOLOGY: "биология",
    SubjectCode.PHYSICS: "физика",
    SubjectCode.CHEMISTRY: "химия",
    SubjectCode.FUNCTIONAL: "функциональная грамотность",
    SubjectCode.OTHER: "другой предмет",
}
SUBJECTS: Final[dict[str, SubjectCode]] = (
    {plain(code.value): code for code in SubjectCode}
    | {plain(text): code for code, text in SUBJECT_NAMES.items()}
    | {plain("английский язык"): SubjectCode.FOREIGN, plain("немецкий язык"): SubjectCode.FOREIGN}
    | {plain("французский язык"): SubjectCode.FOREIGN, plain("алгебра"): SubjectCode.MATHEMATICS}
    | {plain("геометрия"): SubjectCode.MATHEMATICS}
)

KIND_NAMES: Final[dict[Kind, str]] = {Kind.CONTENT: "элементы содержания", Kind.SKILLS: "умения"}
KINDS: Final[dict[str, Kind]] = (
    {plain(kind.value): kind for kind in Kind}
    | {plain(text): kind for kind, text in KIND_NAMES.items()}
    | {plain(text): Kind.CONTENT for text in ("содержание", "проверяемые элементы содержания", "кэс")}
    | {
        plain(text): Kind.SKILLS
        for text in ("требования", "проверяемые требования", "проверяемые умения", "требования к результатам")
    }
)
