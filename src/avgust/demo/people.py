"""The people of the demo: one account a role, and what each should look at first."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Final

from avgust.domain.messages import Message, mark

PASSWORD: Final = os.environ.get("AVGUST_DEMO_PASSWORD", "avgust-demo")  # opens nothing but the demo


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """A person with a post at a unit of the demo territory (`unit` is its key)."""

    email: str
    full_name: str
    role: str
    unit: str
    look_at: Message


PEOPLE: Final = (
    DemoPerson(
        "region@avgust.example", "Ларина Елена Андреевна", "regional_officer", "region",
        Message(mark("review the draft of 2026: its defects are found; adopt it; open the programme of 2025")),
    ),
    DemoPerson(
        "municipality@avgust.example", "Ветрова Нина Павловна", "municipal_officer", "zaozerny",
        Message(mark("the municipal resolution of 2025 and its programme; upload a resolution of your own")),
    ),
    DemoPerson(
        "head@avgust.example", "Боровой Илья Сергеевич", "head", "zaozerny-school-2",
        Message(mark("what the school owes this week: report from a telephone, hand work on to a colleague")),
    ),
    DemoPerson(
        "deputy@avgust.example", "Лугова Вера Николаевна", "deputy", "zaozerny-school-2",
        Message(mark("what the head handed on; accept what the teacher has done")),
    ),
    DemoPerson(
        "staff@avgust.example", "Тихая Анна Дмитриевна", "staff", "zaozerny-school-2",
        Message(mark("an errand: add a file and say that it is done")),
    ),
    DemoPerson(
        "methodologist@avgust.example", "Ключевская Ольга Игоревна", "methodologist", "zaozerny",
        Message(mark("measures on teachers: filter the programme by the theme")),
    ),
    DemoPerson(
        "analyst@avgust.example", "Счётова Анна Львовна", "analyst", "region",
        Message(mark("results of three years: a work, its upload, rows that wait to be mended")),
    ),
    DemoPerson(
        "observer@avgust.example", "Тихонов Пётр Юрьевич", "observer", "region",
        Message(
            mark(
                "documents, programmes and their execution are open for reading, results of pupils are not;"
                " nothing can be changed"
            )
        ),
    ),
    DemoPerson(
        "admin@avgust.example", "Серверов Денис Олегович", "admin", "region",
        Message(mark("people: invitations, posts, handovers, closed accounts; does no work of the offices")),
    ),
)  # fmt: skip
