"""«Организовать повышения квалификации»: a noun in the wrong case after its verb."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from avgust.domain.messages import Message, mark
from avgust.domain.resolutions.findings.declaration import FindingKind
from avgust.domain.resolutions.findings.reading import Reading
from avgust.domain.resolutions.model import Finding, Mend, Severity

kind = FindingKind(
    code="language.case",
    label=mark("Noun in the wrong case"),
    severity=Severity.HINT,
    message=mark("“%(verb)s %(noun)s”: the verb needs “%(right)s”."),
    explanation=mark("The order of the words is right, the ending is not: a slip that readers stumble over."),
)
# Actions that have no plural, so «-ия» after a verb of doing can only be a slip for «-ие».
_ACTIONS: Final = (
    "повышени|функционировани|соблюдени|развити|проведени|выполнени|внедрени|обеспечени|исполнени|обучени|"
    "сопровождени|взаимодействи|информировани|совершенствовани|использовани|питани|финансировани|"
    "формировани|привлечени|участи"
)
_SLIP: Final = re.compile(
    r"(?<!не )\b(обеспечить|организовать|осуществить|обеспечивать|осуществлять|продолжить)"
    rf"\s+(?:{_ACTIONS})я\b",
    re.IGNORECASE,
)


def find(reading: Reading) -> Iterator[Finding]:
    """Yield actions in the genitive where their verb takes the accusative."""
    for clause in reading.judged:
        fragment = reading.fragments[clause.n]
        found = _SLIP.search(fragment.text)
        if found:
            noun = found.group().split()[-1]
            right = noun[:-1] + "е"
            start = found.end() - len(noun)
            mend = Mend(Message(mark("Write “%(right)s”."), {"right": right}), "text", right)
            yield kind.at(
                fragment.span(start, found.end()), clause, verb=found[1], noun=noun, right=right, mends=[mend]
            )
