"""Measures after adoption: edits with their ground, measures by hand, cancelling, who acts and controls."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from avgust.domain.resolutions.model import Relation
from avgust.web.accounts.models import Post
from avgust.web.audit.models import Entry
from avgust.web.documents.actions import Refused
from avgust.web.programmes.actions import (
    Overtaken,
    Wording,
    add_measure,
    cancel_measure,
    edit_measure,
    involve,
    name_person,
    people_for,
    restore_measure,
    uninvolve,
)
from avgust.web.programmes.models import Measure, MeasureExecutor
from avgust.web.programmes.reach import units_of

GROUND = "письмо управления от 12.11.2025 № 14"
CONTROLLED = """РЕЗОЛЮЦИЯ
совещания Заозёрного муниципального округа

27 августа 2025 года

РЕШИЛИ:

1. Управлению образования Заозёрного округа:
1.1. Утвердить план наставничества до 1 октября 2025 года.
1.2. Провести семинар наставников до 1 декабря 2025 года. Контроль: методический кабинет.
2. Контроль за исполнением резолюции возложить на заместителя главы администрации округа.
"""


@pytest.fixture
def first(programme: Any) -> Measure:
    return programme.measures.select_related("programme__unit").get(label="1.1")


def changed(measure: Measure, **words: str) -> Wording:
    now = Wording.of(measure)
    return Wording(**{**{name: getattr(now, name) for name in now.__slots__}, **words})


EDITS = [
    pytest.param({"deadline": "до 15 ноября"}, "due", date(2025, 11, 15), id="a date without its year"),
    pytest.param({"deadline": "ежеквартально"}, "deadline_kind", "recurring", id="again and again"),
    pytest.param({"deadline": ""}, "deadline_kind", "none", id="no deadline"),
    pytest.param({"deadline": "когда получится"}, "deadline_text", "когда получится", id="words are kept"),
    pytest.param({"theme": "meals"}, "theme", "meals", id="theme"),
    pytest.param({"text": "Утвердить  план"}, "text", "Утвердить план", id="text"),
    pytest.param({"section": "Кадры"}, "section", "Кадры", id="section"),
]


@pytest.mark.parametrize(("words", "field", "expected"), EDITS)
def test_an_edit(cast: Any, first: Measure, words: dict[str, str], field: str, expected: Any) -> None:
    edit_measure(first, changed(first, **words), actor=cast.municipal_officer, seen=0, reason=GROUND)
    first.refresh_from_db()
    assert getattr(first, field) == expected
    entry = Entry.objects.of(first).first()
    assert (entry.code, entry.reason, set(entry.after)) == ("programmes.edited_measure", GROUND, set(words))
    assert first.version == 1


def test_a_target_in_words(cast: Any, first: Measure) -> None:
    said = changed(first, target="не менее 80 процентов педагогов")
    edit_measure(first, said, actor=cast.municipal_officer, seen=0, reason=GROUND)
    first.refresh_from_db()
    assert first.targets[0].value == 80


WRONG = [
    pytest.param({"text": " "}, GROUND, id="no text"),
    pytest.param({"target": "улучшить"}, GROUND, id="a target without a number"),
    pytest.param({"theme": "no such"}, GROUND, id="no such theme"),
    pytest.param({"text": "Новый текст"}, " ", id="no ground"),
    pytest.param({}, GROUND, id="nothing differs"),
    pytest.param({"text": "а" * 5001}, GROUND, id="too long"),
]


@pytest.mark.parametrize(("words", "ground"), WRONG)
def test_an_edit_that_cannot_be(cast: Any, first: Measure, words: dict[str, str], ground: str) -> None:
    with pytest.raises(Refused):
        edit_measure(first, changed(first, **words), actor=cast.municipal_officer, seen=0, reason=ground)
    first.refresh_from_db()
    assert first.version == 0


def test_two_people_lose_nothing(cast: Any, first: Measure, signed_in: Any) -> None:
    edit_measure(first, changed(first, theme="meals"), actor=cast.regional_officer, seen=0, reason=GROUND)
    with pytest.raises(Overtaken) as raised:
        edit_measure(first, changed(first, text="Другое"), actor=cast.municipal_officer, seen=0, reason="х")
    assert [entry.actor for entry in raised.value.entries] == [cast.regional_officer]
    client = signed_in(cast.municipal_officer)
    answer = client.post(
        reverse("programmes:edit", args=[first.pk]),
        {"text": "Мой текст", "deadline": "до 1 мая 2026 года", "version": "0", "reason": "приказ № 3"},
    )
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Мой текст" in html
    assert "приказ № 3" in html
    assert 'name="version" value="1"' in html
    assert GROUND in re.sub("\u00a0", " ", html)


def test_the_card_tells_before_and_after(cast: Any, first: Measure, signed_in: Any) -> None:
    client = signed_in(cast.municipal_officer)
    said = {
        "text": first.text,
        "section": first.section,
        "label": first.label,
        "theme": first.theme,
        "target": first.target_text,
        "deadline": "до 20 октября 2025 года",
        "version": "0",
        "reason": GROUND,
    }
    answer = client.post(reverse("programmes:edit", args=[first.pk]), said, follow=True)
    html = re.sub("\u00a0", " ", answer.content.decode())
    assert '<del class="av-was">до 1 октября 2025 года</del>' in html
    assert '<ins class="av-now">до 20 октября 2025 года</ins>' in html


def test_how_a_deadline_reads_while_typed(cast: Any, programme: Any, signed_in: Any) -> None:
    client = signed_in(cast.municipal_officer)
    address = reverse("programmes:understood", args=[programme.pk])
    assert "2025" in client.get(address, {"deadline": "до 15 ноября"}).content.decode()
    assert "Не понято" in client.get(address, {"deadline": "скоро"}).content.decode()


def test_a_measure_by_hand_is_read_like_a_clause(cast: Any, programme: Any) -> None:
    said = Wording(
        "Школам провести ярмарку профессий до 1 апреля 2026 года", section=section(programme, "1.1")
    )
    made = add_measure(programme, said, actor=cast.municipal_officer, reason=GROUND)
    programme.refresh_from_db()
    assert (made.due, made.by_hand, made.clauses.count()) == (date(2026, 4, 1), True, 0)
    assert programme.measure_count == 7
    labels = list(programme.measures.order_by("order").values_list("label", flat=True))
    assert labels == ["1.1", "1.2", "1.3", "", "2.1", "2.2", "2.3"]


def section(programme: Any, label: str) -> str:
    return programme.measures.get(label=label).section


def test_who_executes_a_measure_by_hand(cast: Any, programme: Any) -> None:
    made = add_measure(
        programme,
        Wording("Провести ярмарку", deadline="до 1 апреля 2026 года"),
        actor=cast.municipal_officer,
        reason=GROUND,
        executors="руководители общеобразовательных организаций; Неизвестное бюро",
    )
    assert set(units_of(made, date(2025, 10, 1))) == {cast.units.school.pk}
    assert {row.outcome for row in made.executors.all()} == {"role", "unknown"}
    assert made.executor_names.endswith("Неизвестное бюро")


def test_a_cancelled_measure_stays_and_falls_on_nobody(
    cast: Any, programme: Any, first: Measure, signed_in: Any
) -> None:
    day = date(2025, 10, 1)
    assert units_of(first, day)
    cancel_measure(first, actor=cast.municipal_officer, reason=GROUND)
    programme.refresh_from_db()
    assert (units_of(first, day), programme.measure_count) == ({}, 5)
    client = signed_in(cast.municipal_officer)
    html = re.sub("\u00a0", " ", client.get(first.get_absolute_url()).content.decode())
    assert "Мера отменена" in html
    table = client.get(programme.get_absolute_url())
    assert "1.1" not in {row.measure.label for group in table.context["groups"] for row in group.rows}
    with pytest.raises(Refused):
        cancel_measure(first, actor=cast.municipal_officer, reason=GROUND)
    restore_measure(first, actor=cast.municipal_officer, reason="ошибка")
    assert units_of(first, day)


def test_a_co_executor_is_added_and_taken_out(cast: Any, first: Measure) -> None:
    (row,) = involve(
        first, cast.units.school.name, Relation.CO_EXECUTOR, actor=cast.municipal_officer, reason=GROUND
    )
    day = date(2025, 10, 1)
    assert units_of(first, day)[cast.units.school.pk].relation is Relation.CO_EXECUTOR
    first.refresh_from_db()
    assert cast.units.school.name in first.executor_names
    with pytest.raises(Refused):
        involve(first, row.name, Relation.CO_EXECUTOR, actor=cast.municipal_officer, reason=GROUND)
    uninvolve(row, actor=cast.municipal_officer, reason="приказ № 5")
    assert cast.units.school.pk not in units_of(first, day)
    entry = Entry.objects.of(first).first()
    assert (entry.before["relation"], entry.reason) == ("co_executor", "приказ № 5")


def test_the_document_says_who_controls(uploaded: Any, adopted: Any) -> None:
    programme = adopted(uploaded(CONTROLLED))
    controllers = MeasureExecutor.objects.filter(measure__programme=programme, relation="controller")
    assert programme.measures.count() == 2
    assert {row.name for row in controllers.filter(measure__label="1.1")} == {
        "заместитель главы администрации округа"
    }
    assert not controllers.filter(outcome="role").exists()


def test_a_person_controls_by_her_post(cast: Any, first: Measure, signed_in: Any) -> None:
    (row,) = involve(
        first, cast.units.authority.name, Relation.CONTROLLER, actor=cast.municipal_officer, reason=GROUND
    )
    post = people_for(row).get(user=cast.municipal_officer)
    name_person(row, post, actor=cast.municipal_officer)
    html = re.sub("\u00a0", " ", signed_in(cast.observer).get(first.get_absolute_url()).content.decode())
    assert f"Лично: {cast.municipal_officer.short_name}" in html
    foreign = Post.objects.get(user=cast.foreign_head)
    with pytest.raises(Refused):
        name_person(row, foreign, actor=cast.municipal_officer)
    name_person(row, None, actor=cast.municipal_officer)
    row.refresh_from_db()
    assert row.post is None


@pytest.mark.parametrize("name", ["head", "methodologist", "analyst", "observer", "admin", "foreign_officer"])
def test_only_who_edits_programmes_edits_measures(cast: Any, first: Measure, name: str) -> None:
    actor = cast.people()[name]
    said = changed(first, text="Другое")
    row = first.executors.first()
    acts = [
        lambda: edit_measure(first, said, actor=actor, seen=0, reason=GROUND),
        lambda: add_measure(first.programme, said, actor=actor, reason=GROUND),
        lambda: cancel_measure(first, actor=actor, reason=GROUND),
        lambda: involve(first, "школа", Relation.PARTNER, actor=actor, reason=GROUND),
        lambda: uninvolve(row, actor=actor, reason=GROUND),
    ]
    for act in acts:
        with pytest.raises(PermissionDenied):
            act()
