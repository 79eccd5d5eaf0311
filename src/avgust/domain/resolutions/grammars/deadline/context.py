"""What stands around a candidate: whether it belongs to the demand or only describes a noun."""

from __future__ import annotations

import re
from typing import Final

from avgust.domain.resolutions.grammars.deadline.candidate import Reading

_LOOK_BACK: Final = 90  # letters: about ten words

_LAST_WORD: Final = re.compile(r"([а-яa-z\d№]+)[ \"(]*$")

_SOFT: Final = r"(?:ий|его|ему|им|ем|ая|ей|ую|ее|ие|их|ими|юю)(?:ся)?"
_HARD: Final = r"(?:ый|ого|ому|ым|ом|ая|ой|ую|ое|ые|ых|ыми)"
_ACTIVE: Final = (
    rf"(?!обучающ|учащ|трудящ|служащ|управляющ|верующ|отдыхающ|будущ)[а-я]{{2,}}(?:[уюая]щ|вш|гш|едш){_SOFT}"
)
_DONE: Final = r"(?!данн|ответственн|образованн)[а-я]{2,}[аея]нн"  # «данных», «ответственных» are nouns
_PASSIVE: Final = rf"(?:{_DONE}|[а-я]{{2,}}(?:[аяу]ем|(?:вод|нос|воз|ход)им)){_HARD}"
# «аттестованных до …», «действующий в 2021 году»: a participle ties the date to its noun.
_PARTICIPLE: Final = re.compile(
    rf"(?<![а-я])(?:{_ACTIVE}|{_PASSIVE}|[а-я]{{2,}}(?:ят|крыт|чат){_HARD})"
    r"(?: (?:не|уже|еще|лишь|только|соответственно))? ?$"
)
# «действует до», «срок действия до», «стратегия на период до», «возраст до», «сроком до»
_VALIDITY: Final = re.compile(
    r"(?:действу(?:ет|ют|я)|действи[яе]|действительн[а-я]+|сроком|на срок|на период|период|продлен[а-я]*"
    r"|продлить|рассчитан[а-я]*|рожден[а-я]*|в силу)"
    r"(?: (?:не более чем|вплоть|договор[а-я]*|контракт[а-я]*|лицензи[а-я]*))? ?$"
)
# «выпускникам, поступившим в вузы в 2021 году»: the whole turn of a past participle is about the noun.
_PAST_TURN: Final = re.compile(
    rf"(?<![а-я])(?:[а-я]{{2,}}[аеиыяу]вш{_SOFT}|(?:проведенн|принят|утвержденн|полученн|достигнут|выявленн"
    rf"|завершенн|созданн|открыт|начат){_HARD})(?: [а-я-]+){{0,5}} ?$"
)

# A period after these is the content of a document: «итоги 2020-2021 учебного года», «план на …».
_REPORTED: Final = re.compile(
    r"(?<![а-я])(?:итог|результат|анализ|статистик|динамик|сведени|выпускник"
    r"|показател)[а-я]* (?:[а-я-]+ ){0,4}$"
)
_TITLED: Final = re.compile(
    r"(?<![а-я])(?:стратеги|концепци|программ|план|прогноз|проект|основ|дорожн|комплекс"
    r"|кадров[а-я]+ потребност)[а-я]*"
    r"(?: [а-я\u2592-]+){0,8} ?$"
)
_FOR: Final = re.compile(
    r"(?<![а-я])(?:на|за|от|по итогам|по результатам|по сравнению с) (?:весь |первый |второй )?$"
)

_OPEN_EDGE: Final = re.compile(r"(?:^|[.;:(!?]|- | -)[\s\"]*$")
_CLOSE_EDGE: Final = re.compile(r"^[\s\"]*(?:$|[.;:)!?])")

_BEFORE_PARTICIPLE: Final = re.compile(rf" (?:[а-я]+о )?(?:{_ACTIVE}|{_PASSIVE})(?![а-я])")
_OPENING: Final = re.compile(r"^[\s\d.)(-]*$")


def before(reading: Reading, at: int) -> str:
    """Return the few words before `at`."""
    return reading.text[max(0, at - _LOOK_BACK) : at]


def word_before(reading: Reading, at: int) -> str:
    """Return the word right before `at`, empty where punctuation parts them."""
    found = _LAST_WORD.search(reading.text[max(0, at - 30) : at])
    return found[1] if found else ""


def describes_a_noun(reading: Reading, at: int) -> bool:
    """Whether what starts at `at` belongs to a participle or to a term of validity before it."""
    if reading.in_line:
        return False
    words = before(reading, at)
    return bool(_VALIDITY.search(words) or _PARTICIPLE.search(words))


def is_reported(reading: Reading, at: int, *, within: bool = False) -> bool:
    """Whether the period at `at` is the matter of a report: «за …», «итоги …».

    A report's period stands bare or in the genitive («результаты I квартала»); a period with a preposition
    of its own (`within`: «анализ результатов в октябре») says when, unless a participle holds it.
    """
    words = before(reading, at)
    bare = not within and _REPORTED.search(words)
    return bool(bare or _FOR.search(words) or _PAST_TURN.search(words))


def is_titled(reading: Reading, at: int) -> bool:
    """Whether the year at `at` belongs to the name of a strategy, a programme or a plan."""
    return not reading.in_line and bool(_TITLED.search(before(reading, at)))


def is_all(reading: Reading, begin: int, stop: int) -> bool:
    """Whether the text says nothing else but a number and closing marks."""
    return opens(reading, begin) and not reading.text[stop:].strip(" .:;")


def fills(reading: Reading, begin: int, stop: int) -> bool:
    """Whether the stretch is all that the text or a pair of brackets says: «… (октябрь)»."""
    bracketed = reading.text[begin - 1 : begin] == "(" and reading.text[stop : stop + 1] == ")"
    return bracketed or is_all(reading, begin, stop)


def stands_apart(reading: Reading, begin: int, stop: int) -> bool:
    """Whether the stretch opens or closes its sentence, or stands in brackets."""
    return bool(
        _OPEN_EDGE.search(reading.text[max(0, begin - 4) : begin])
        or _CLOSE_EDGE.search(reading.text[stop : stop + 4])
    )


def before_participle(reading: Reading, stop: int) -> bool:
    """Whether an adverb that ends at `stop` belongs to a participle: «систематически пропускающих»."""
    return not reading.in_line and bool(_BEFORE_PARTICIPLE.match(reading.text, stop))


def opens(reading: Reading, begin: int) -> bool:
    """Whether nothing but a number stands before `begin`."""
    return bool(_OPENING.match(reading.text[:begin]))
