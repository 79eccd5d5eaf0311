"""Recommendations: chosen by rule, edited where a methodologist works, inherited, carried as packages."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from avgust.web.audit.models import Entry
from avgust.web.readings.advising import edit_advice, return_advice, take_package
from avgust.web.readings.edits import edits_of
from avgust.web.readings.models import AdviceEdit
from avgust.web.readings.places import place_of
from avgust.web.readings.tests.making import schools_of, work_of

pytestmark = pytest.mark.django_db
BELOW, EVERYWHERE = "advice.below", "advice.deficit_everywhere"


@pytest.fixture(autouse=True)
def _warehouse(settings: Any, tmp_path: Any) -> None:
    settings.VAR = tmp_path


def held(cast, school):
    class _Work:
        unit, held_on = cast.units.region, cast.units.region.opened.replace(year=2026)

    place = place_of(cast.units.region, _Work.held_on, [school.pk])
    return {code: (edit.text, edit.by) for code, edit in edits_of(_Work, place)[school.pk].items()}


def test_an_edit_of_the_region_is_inherited_until_a_municipality_has_its_own(cast):
    edit_advice(cast.units.region, BELOW, "Слова области.", actor=cast.regional_officer)
    assert held(cast, cast.units.school)[BELOW] == ("Слова области.", "Е. А. Ларина")
    edit_advice(cast.units.municipality, BELOW, None, actor=cast.methodologist)
    assert held(cast, cast.units.school)[BELOW][0] is None
    assert held(cast, cast.units.neighbour_school)[BELOW][0] == "Слова области."
    return_advice(cast.units.municipality, BELOW, actor=cast.methodologist)
    assert held(cast, cast.units.school)[BELOW][0] == "Слова области."
    codes = Entry.objects.filter(code__startswith="readings.").order_by("pk").values_list("code", flat=True)
    assert [code.split("_")[1] for code in codes] == ["edited", "dropped", "returned"]


def test_earlier_words_stay_as_history_and_one_edit_is_in_force(cast):
    unit = cast.units.municipality
    for text in ("Первые слова.", "Вторые слова.", "Вторые слова."):
        edit_advice(unit, BELOW, text, actor=cast.methodologist)
    assert list(AdviceEdit.objects.values_list("text", flat=True)) == ["Вторые слова.", "Первые слова."]
    assert AdviceEdit.objects.in_force().get().text == "Вторые слова."


def test_others_edit_nothing(cast):
    for person, unit in (
        (cast.head, cast.units.school),
        (cast.analyst, cast.units.region),
        (cast.methodologist, cast.units.region),
        (cast.foreign_officer, cast.units.municipality),
    ):
        with pytest.raises(PermissionDenied):
            edit_advice(unit, BELOW, "Слова.", actor=person)
    assert not AdviceEdit.objects.exists()


@pytest.mark.parametrize(
    ("code", "text", "said"),
    [
        (BELOW, " ", "Напишите рекомендацию"),
        (BELOW, "Займитесь {skills}.", "не подставляет {skills}"),
        (EVERYWHERE, "Займитесь {skills.", "Слова, которые оно подставляет: {skills}"),
        (BELOW, "Пусть Иванова М. П. пройдёт курсы.", "не называют человека"),
        ("advice.nothing", "Слова.", "Правила «advice.nothing» нет"),
    ],
)
def test_words_that_cannot_be_printed_are_refused(cast, code, text, said):
    with pytest.raises(ValidationError, match=said.replace("{", r"\{")):
        edit_advice(cast.units.municipality, code, text, actor=cast.methodologist)


def test_a_page_with_preview_and_a_report_that_names_who_edited_and_when(cast, signed_in):
    schools = schools_of(cast, 3)
    work = work_of(cast, schools, 2026, 6)
    client = signed_in(cast.methodologist)
    address = reverse("readings:words", args=[cast.units.municipality.pk, EVERYWHERE])
    shown = client.post(address, {"text": "Повторить {skills} до мая.", "preview": ""}).content.decode()
    assert "Повторить «Решение текстовых задач», «Геометрические фигуры» до мая." in shown.replace(
        "\u00a0", " "
    )
    assert not AdviceEdit.objects.exists()
    assert client.post(address, {"text": "Повторить {classes}.", "keep": ""}).status_code == 422
    assert client.post(address, {"text": "Повторить {skills} до мая.", "keep": ""}).status_code == 302
    told = [
        client.get(reverse("readings:school", args=[work.pk, school.pk]))
        .content.decode()
        .replace("\u00a0", " ")
        for school in (schools[0], *schools[2:])
    ]
    edited = [page for page in told if "до мая." in page]
    assert edited
    assert all("Выбрано по правилам, редакция: О. Ключевская" in page for page in edited)
    assert "{skills}" not in "".join(told)
    listed = client.get(reverse("readings:advice", args=[cast.units.municipality.pk])).content.decode()
    assert "Повторить {skills} до мая." in listed.replace("\u00a0", " ")


def test_a_package_is_taken_whole_or_not_at_all(cast, signed_in):
    edit_advice(cast.units.region, BELOW, "Слова области.", actor=cast.regional_officer)
    edit_advice(cast.units.municipality, EVERYWHERE, None, actor=cast.methodologist)
    client = signed_in(cast.methodologist)
    got = client.get(reverse("readings:advice_package", args=[cast.units.municipality.pk]))
    package = json.loads(got.content)
    assert package["recommendations"] == {BELOW: "Слова области.", EVERYWHERE: None}
    assert take_package(cast.units.neighbour, got.content, actor=cast.foreign_officer) == 2
    assert held(cast, cast.units.neighbour_school)[BELOW] == ("Слова области.", "М. Чужова")
    package["recommendations"] |= {BELOW: "Иные слова.", "advice.journal": "Сравните {skills}."}
    before = AdviceEdit.objects.count()
    with pytest.raises(ValidationError, match=r"advice\.journal"):
        take_package(cast.units.neighbour, json.dumps(package).encode(), actor=cast.foreign_officer)
    assert AdviceEdit.objects.count() == before
    for broken in (b"{", b"[]", b'{"format": "avgust-recommendations", "version": 2, "recommendations": {}}'):
        with pytest.raises(ValidationError, match="не пакет рекомендаций"):
            take_package(cast.units.neighbour, broken, actor=cast.foreign_officer)
