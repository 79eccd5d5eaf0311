"""The population of a target: what a share is taken of, what a bound is put on.

«не менее 70 % педагогов в возрасте до 35 лет»: the words after the quantity; where none follow
(«увеличить долю практики (не менее 50 %)»), the object of the action before it.
"""

from __future__ import annotations

import re
from typing import Final

from avgust.domain.resolutions.grammars.infinitive import INFINITIVE

# Words after which the population is over: a date, a verb, the next share.
_STOP: Final = re.compile(
    r"[;:()]|,|\.(?= |$)|(?<!\w)(?:к|с|до) \d(?![\d –-]*(?:лет|до \d+ лет|класс))|(?<!\w)в 20\d\d"
    r"|(?<!\w)(?:к концу|к началу|до конца|до начала|не позднее|не менее|не более"
    r"|ежегодно|ежемесячно|ежеквартально|в срок|в течение|путем|путём|посредством|в рамках"
    r"|в соответствии|за счет|за счёт"
    r"|в целях|с целью|имеют|долж\w+|больше|меньше|выше|ниже|получили|прошли|охвачен\w*|обеспечен\w*"
    r"|включали|и \d|с привлечением)(?!\w)",
    re.IGNORECASE,
)
_VERB: Final = re.compile(INFINITIVE + " ", re.IGNORECASE)
_LONGEST: Final = 160


def population(text: str, start: int, end: int, *, share: bool) -> str | None:
    """Return the population of the quantity `text[start:end]`; None where no words name it."""
    after = text[end : end + _LONGEST]
    stop = _STOP.search(after)
    phrase = (after[: stop.start()] if stop else after).strip(" –—-")
    verb = _VERB.search(phrase + " ")
    phrase = phrase[: verb.start()].strip() if verb else phrase
    if re.search(r"[А-Яа-яЁё]{3}", phrase):
        return phrase.removeprefix("от ") if share else phrase
    before = re.split(r"[;:]|,(?! в т)", text[max(0, start - _LONGEST) : start].rstrip(" (,–—-"))[-1]
    verbs = list(_VERB.finditer(before + " "))
    phrase = (before[verbs[-1].end() :] if verbs else before).strip(" (,–—-")
    phrase = re.sub(r" (?:с|со|от) [\d,. %]+ (?:процент\w* )?до$", "", phrase)
    return phrase if share and re.fullmatch(r"\D*[А-Яа-яЁё]{3}\D*", phrase) else None
