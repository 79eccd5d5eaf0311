"""Nouns that may head the name of an addressee, by what kind of actor they name.

A new word is added here and nowhere else. All lemmas are lower-case, ё as е. Animate nouns need no list:
whoever is alive may be told to act.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

from avgust.domain.resolutions.grammars.addressee.wordlist import words
from avgust.domain.resolutions.morphology import Form


class NounKind(StrEnum):
    """What a head noun names."""

    AUTHORITY = "authority"  # a body by itself: министерство, отдел, совет
    SCHOOL = "school"  # an organisation of a class: one body only when it carries a proper name
    GROUP = "group"  # collective: сообщество, общественность
    PERSON = "person"
    CROWD = "crowd"  # those whom measures serve: дети, семьи, граждане
    ABBREVIATION = "abbreviation"


AUTHORITIES: Final = words(
    """министерство департамент управление комитет отдел отделение агентство служба инспекция
    администрация правительство совет дума собрание палата комиссия институт центр дирекция мэрия
    префектура ассоциация союз профсоюз фонд федерация академия университет секретариат аппарат
    прокуратура кабинет офис общество кванториум штаб оргкомитет группа кафедра лаборатория
    объединение методобъединение библиотека музей театр дворец станция отряд корпорация консорциум
    подразделение казначейство суд архив бюро сектор подкомитет методцентр медиацентр минпросвещения
    минобрнауки минобразования минобр минспорт минтруд минздрав рособрнадзор роспотребнадзор
    росгвардия госавтоинспекция пресс-служба пресс-центр бухгалтерия горсовет облсовет райсовет облоно районо
    гороно роно гороо управа экспертсовет военкомат комиссариат полиция"""
)
SCHOOLS: Final = words(
    """учреждение организация предприятие школа гимназия лицей колледж техникум училище интернат сад
    школа-интернат лицей-интернат гимназия-интернат детсад школа-сад вуз втуз филиал площадка
    технопарк лагерь компания оператор команда сообщество орган муниципалитет поселение фирма район
    округ территория субъект издательство редакция клуб секция кружок общежитие прогимназия автошкола
    ясли пансион дом образование холдинг бассейн стадион точка кластер лесничество структура ведомство
    обсерватория больница поликлиника диспансер госпиталь санаторий комбинат завод фабрика банк
    телекомпания епархия община турбаза заповедник планетарий филармония"""
)
GROUPS: Final = words(
    """сообщество бизнес-сообщество общественность коллектив бизнес население молодежь семья персонал
    состав актив движение власть руководство интеллигенция педколлектив сми лицо кадры самоуправление
    средство жюри студенчество казачество духовенство"""
)
CROWDS: Final = words(
    """ребенок дети дитя обучающийся учащийся воспитанник школьник дошкольник инвалид сирота гражданин
    семья победитель призер лауреат студент выпускник молодежь население подросток несовершеннолетний
    малыш первоклассник старшеклассник абитуриент пенсионер потребитель"""
)
# People whom the dictionary does not know to be alive.
PERSONS: Final = words("тьютор омбудсмен супервизор медиатор модератор бизнесмен")
# Adjectives and participles that live as nouns.
SUBSTANTIVES: Final = {
    "заведующий": NounKind.PERSON,
    "заведовать": NounKind.PERSON,
    "управляющий": NounKind.PERSON,
    "управлять": NounKind.PERSON,
    "уполномоченный": NounKind.PERSON,
    "уполномочить": NounKind.PERSON,
    "ответственный": NounKind.PERSON,
    "обучающийся": NounKind.CROWD,
    "обучаться": NounKind.CROWD,
    "учащийся": NounKind.CROWD,
    "учиться": NounKind.CROWD,
    "исполнять": NounKind.PERSON,
    "исполняющий": NounKind.PERSON,
    "служащий": NounKind.PERSON,
    "служить": NounKind.PERSON,
    "командующий": NounKind.PERSON,
    "несовершеннолетний": NounKind.CROWD,
    "ученый": NounKind.PERSON,
}
# Nouns of many meanings name an actor only beside one of these beginnings ("" is any word).
COMPANIONS: Final = {
    "образование": ("муниципальн",),
    "сад": ("детск", "ясл", "№"),
    "дом": ("детск", "творчеств", "культур", "учител", "юн", "пионер"),
    "кабинет": ("методич", "министр"),
    "офис": ("проектн",),
    "группа": ("",),
    "лесничество": ("школьн",),
    "состав": ("",),
    "средство": ("массов",),
    "лицо": ("должностн", "ответственн", "юридическ", "физическ", "заинтересованн", "имеющ", "осуществляющ"),
    "структура": ("",),
    "точка": ("роста",),
}
# In the singular without an adjective these are deeds: «организация питания», «объединение усилий».
DEEDS_TOO: Final = words("организация объединение образование")
# Leaders and staff: their bare plural borrows the tail of the next («руководителям и педагогам школ»).
STAFF: Final = words(
    """руководитель директор заведующий заведовать начальник глава заместитель педагог учитель
    воспитатель работник специалист методист преподаватель мастер тьютор психолог педагог-психолог
    логопед тренер сотрудник администратор"""
)
# Nouns whose complement stands in the dative: a dative after them is an object, nobody's order.
DATIVE_GOVERNORS: Final = words(
    """помощь поддержка содействие предоставление оказание выплата доступ услуга рекомендация вручение
    выдача передача назначение соответствие противодействие внимание пособие стипендия льгота мера
    препятствие обучение преподавание подготовка благодарность присвоение выделение направление ответ
    письмо обращение поощрение награда премия слово угроза вред ущерб равный подобный указание
    сопровождение информация памятник служение доверие уважение интерес требование способствование"""
)
# Words after which the instrumental or the dative belongs to the name itself.
INSTRUMENTAL_GOVERNORS: Final = words(
    """управление руководство заведовать заведующий управляющий управлять заведование владение"""
)
DATIVE_TAILS: Final = words("помощь поддержка содействие противодействие обучение")

# Abbreviations that name no actor.
NO_ACTORS: Final = words(
    """ФГОС ФОП ВПР ОГЭ ЕГЭ ГВЭ ГИА ВСОКО НОКО НСОТ НСУР ОВЗ ГТО ИКТ РФ ПФДО РПР НИКО ОРКСЭ ОДНКНР ДОД
    ПДД АИС ФИС ФРДО ЦОС ЭОР ЦОР УМК ООП АООП ООО НОО СОО ИОМ СНИЛС ШНОР ШССУ ЕАИС МСОКО РСОКО ВСОШ
    ОБЖ ОБЗР ПМПС НПА ИТ СЭД ИС ТЗ ФЗ КПК ДПП ИУП ТНР РАС ЗПР ЗОЖ УУД НП РП ФП ЕФС ФГИС НСИ КИМ ШЭ ВОШ
    ИИ PISA TIMSS PIRLS США СССР СНГ XXI XX IT STEM"""
)
# Abbreviations of classes of organisations: they continue a list of classes and are roles.
SCHOOL_ABBREVIATIONS: Final = words(
    "ОО ОУ ДОО ДОУ ООД ПОО СПО УДО УДОД СОШ ООШ НОШ ОДО МДОУ МБДОУ МОУ МБОУ МАОУ ОДОД ДОЛ ООДП ОДПО"
)
CLASS_ABBREVIATIONS: Final = SCHOOL_ABBREVIATIONS | words(
    "НКО ОМСУ МОУО МСУ МО ОМС СМИ ОМОУО МУО УО ШМО РМО ГМО ОИВ РОИВ ФОИВ ММС РМС МОО"
)
ACTOR_ABBREVIATION: Final = re.compile(
    r"(?:[ФОКНСЛКЧМГРБА]{0,4}(?:ОУ|ДОУ|У|БУ|АУ|КУ|УП)|(?:АНО|НКО|ОАО|ЗАО|ПАО|АО|ФГБУ|ЧОО)|.*(?:ИРО|ИПК|ИПКРО"
    r"|ЦОКО|ЦОИ|ИМЦ|РМК|ММЦ|ЦППМСП|ПМПК|КДН|КДНиЗП|ЦНППМ|ДЮСШ|ДДТ|ЦДТ|ДШИ|СЮТ|УМВД|МВД|ПДН|ОПДН|МЧС|ГИБДД|ОИВ)|МИН[А-Я]{4,})$"
)
_CHILDREN: Final = re.compile(r"(?:ребенок|дитя|дет(?:и|ей|ям|ьми))-")


def kind_of(form: Form) -> NounKind | None:
    """Return what actor the noun `form` names; None where it names a thing, a place or a deed."""
    lemma = form.lemma
    if lemma in CROWDS or _CHILDREN.match(lemma):
        return NounKind.CROWD
    if lemma in GROUPS:
        return NounKind.GROUP
    if lemma in SCHOOLS:
        return NounKind.SCHOOL
    if lemma in AUTHORITIES:
        return NounKind.AUTHORITY
    head, _, tail = lemma.partition("-")
    if tail and head in AUTHORITIES | SCHOOLS:
        return NounKind.AUTHORITY if head in AUTHORITIES else NounKind.SCHOOL
    if lemma.endswith("надзор") and lemma != "надзор":
        return NounKind.AUTHORITY
    if (form.animate and form.name == "") or lemma in PERSONS:
        return NounKind.PERSON
    return None
