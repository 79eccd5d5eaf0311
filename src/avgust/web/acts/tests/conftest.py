"""A template of the municipality, required by a measure for heads of schools."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from avgust.domain.acts.fields import Field, Kind
from avgust.domain.acts.states import Move
from avgust.domain.acts.text import Template
from avgust.domain.evidence import Content
from avgust.web.accounts.models import Post, User
from avgust.web.acts.actions import Words, begin_act, move_act
from avgust.web.acts.models import ActTemplate, LocalAct
from avgust.web.acts.offering import require_act, save_template, set_stage
from avgust.web.control.models import Assignment
from avgust.web.control.receiving import Received
from avgust.web.documents.actions import upload_document
from avgust.web.programmes.actions import adopt_document
from avgust.web.programmes.models import Measure

TEXT = """РЕЗОЛЮЦИЯ
августовского совещания работников образования Заозёрного округа
27 августа 2025 года
Участники совещания РЕШИЛИ:
1. Руководителям общеобразовательных организаций:
1.1. Принять положение о наставничестве до 1 октября 2025 года.
"""
SAID = Template(
    "Положение о наставничестве",
    "1. Общие положения\n1.1. Куратор: {{ куратор }}. Начало: {{ начало }}.\n1.2. Место: {{ место }}.",
    (
        Field("куратор", "Куратор", Kind.PERSON),
        Field("начало", "Начало", Kind.DATE),
        Field("место", "Место", Kind.UNIT, required=False),
    ),
)
VALUES = {"куратор": "Ларина Елена Андреевна", "начало": "01.09.2025", "место": ""}


@dataclass(frozen=True)
class Acts:
    """The template, the measure that requires its act, and the assignment of our school."""

    template: ActTemplate
    measure: Measure
    assignment: Assignment


@pytest.fixture
def acts(cast: Any, read_here: None) -> Acts:
    officer = cast.municipal_officer
    upload = upload_document(actor=officer, unit=cast.units.municipality, name="r.txt", data=TEXT.encode())
    programme = adopt_document(upload.document, actor=officer)
    measure = programme.measures.get(label="1.1")
    template = save_template(None, SAID, unit=cast.units.municipality, actor=officer)
    template = set_stage(template, ActTemplate.Stage.OFFERED, actor=officer)
    require_act(measure, template, actor=officer)
    return Acts(template, measure, Assignment.objects.get(measure=measure, unit=cast.units.school))


@pytest.fixture
def deputy(cast: Any) -> User:
    made = User.objects.create_user(
        "deputy@avgust.test", "a long password", full_name="Лугова Вера Николаевна"
    )
    Post.objects.create(user=made, role="deputy", unit=cast.units.school, since=date(2020, 9, 1))
    return made


def signed(words: bytes = b"%PDF-1.4 signed") -> Received:
    return Received("prikaz.pdf", Content("pdf", words, 1))


@pytest.fixture
def adopted(cast: Any, acts: Acts, deputy: User) -> Callable[..., LocalAct]:
    """Return a function that leads an act of our school to adoption: written by the deputy, agreed by the head."""

    def adopt(number: str = "41-ОД", days: int = 0, since: int = 0) -> LocalAct:
        today = timezone.localdate()
        act = begin_act(acts.template, cast.units.school, VALUES, actor=deputy)
        move_act(act, Move.SUBMIT, actor=deputy)
        move_act(
            act, Move.AGREE, actor=cast.head, words=Words(agreed_with="Педагогический совет, протокол № 1")
        )
        words = Words(
            number=number,
            adopted_on=today - timedelta(days=days),
            since=today - timedelta(days=days) + timedelta(days=since),
            file=signed(number.encode()),
        )
        return move_act(act, Move.ADOPT, actor=cast.head, words=words)

    return adopt
