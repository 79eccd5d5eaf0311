"""Pages on which an officer changes the territory, and the acts behind them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from avgust.domain.territory import Placed
from avgust.domain.territory.inn import with_control
from avgust.web.audit.models import Entry
from avgust.web.territory import actions, amending
from avgust.web.territory.models import FormerName, Unit

LAST, NEXT = date(2025, 12, 31), date(2026, 1, 1)
ACT = "постановление № 814-п"


@pytest.fixture
def officer(cast, signed_in):
    return signed_in(cast.regional_officer)


def post(client, act: str, unit: Unit, /, **values: object):
    return client.post(reverse(f"territory:{act}", args=[unit.pk]), values)


def text_of(response) -> str:
    return response.content.decode().replace("\u00a0", " ")


def test_add(cast, officer) -> None:
    values = {"kind": "school", "name": "МБОУ «Новая школа»", "parent": cast.units.municipality.pk,
              "since": "01.09.2026", "founder": "municipal", "settlement": "urban", "inn": with_control("001234567")}  # fmt: skip
    made = officer.post(reverse("territory:add"), values)
    unit = Unit.objects.get(name="МБОУ «Новая школа»")
    assert made.headers["Location"] == reverse("territory:card", args=[unit.pk])
    assert unit.parent_on(date(2026, 9, 1)) == cast.units.municipality
    assert unit.opened == date(2026, 9, 1)
    page = officer.get(reverse("territory:list"))
    assert "Запланировано" in text_of(page) or timezone.localdate() >= date(2026, 9, 1)


def test_wrong_values_are_explained_and_kept(cast, officer) -> None:
    values = {"kind": "school", "name": "Новая", "parent": cast.units.municipality.pk,
              "since": "31.02.2026", "founder": "municipal", "inn": "0012345670"}  # fmt: skip
    answer = officer.post(reverse("territory:add"), values)
    assert answer.status_code == 422
    page = text_of(answer)
    assert "Такой даты нет" in page
    assert "Контрольная цифра не сходится" in page
    assert 'value="31.02.2026"' in page
    assert not Unit.objects.filter(name="Новая").exists()


def test_an_organisation_opens_no_earlier_than_its_place(cast, officer) -> None:
    values = {"kind": "school", "name": "Старая", "parent": cast.units.municipality.pk,
              "since": "01.09.1970", "founder": "municipal"}  # fmt: skip
    answer = officer.post(reverse("territory:add"), values)
    assert answer.status_code == 422
    assert "на этот день «Заозёрный округ» не действует" in text_of(answer)


def test_describe_keeps_what_was(cast, officer) -> None:
    school = cast.units.school
    values = {
        "kind": "school",
        "name": school.name,
        "short_name": "Школа № 13",
        "founder": "regional",
        "reason": "опечатка",
    }
    assert post(officer, "describe", school, **values).status_code == 302
    school.refresh_from_db()
    assert (school.short_name, school.founder) == ("Школа № 13", "regional")
    assert school.order.startswith("школа № 000013")
    entry = Entry.objects.of(school).get()
    assert entry.before == {"short_name": "Школа № 3", "founder": "municipal"}
    assert not FormerName.objects.exists()
    post(officer, "describe", school, **values)
    assert Entry.objects.of(school).count() == 1  # nothing changed, nothing recorded


def test_describe_obeys_the_rules(cast) -> None:
    with pytest.raises(ValidationError):
        actions.describe_unit(cast.units.municipality, actor=cast.admin, values={"kind": "region"})


def test_a_name_is_of_its_date(cast, officer) -> None:
    school = cast.units.school
    post(
        officer,
        "rename",
        school,
        name="МБОУ «Гимназия»",
        short_name="Гимназия",
        since="01.01.2026",
        basis=ACT,
    )
    listed = reverse("territory:list")
    assert "Школа № 3" in text_of(
        officer.get(listed, {"on": "31.12.2025", "open": cast.units.municipality.pk})
    )
    today = text_of(officer.get(listed, {"open": cast.units.municipality.pk}))
    assert "Гимназия" in today
    assert "<b>Переименование.</b>" in today or timezone.localdate() > date(2026, 8, 31)
    for on in ("31.12.2025", ""):  # found by both names on both days
        for words in ("гимназия", "общеобразовательная школа № 3"):
            assert "Запросу отвечает 1" in text_of(officer.get(listed, {"q": words, "on": on}))
    card = text_of(officer.get(reverse("territory:card", args=[school.pk])))
    assert "Прежде: МБОУ «Средняя общеобразовательная школа № 3»" in card
    assert ACT in card


def test_a_name_of_the_future_waits_for_its_day(cast, officer) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    answer = post(
        officer, "rename", cast.units.school, name="Гимназия", since=f"{tomorrow:%d.%m.%Y}", basis=ACT
    )
    assert answer.status_code == 422
    assert "Новое название записывают в день" in text_of(answer)


def test_move(cast, officer) -> None:
    school = cast.units.school
    page = text_of(officer.get(reverse("territory:move", args=[school.pk])))
    assert "Сейчас входит в «Заозёрный округ»" in page
    assert (
        post(
            officer, "move", school, parent=cast.units.neighbour.pk, since="01.01.2026", basis=ACT
        ).status_code
        == 302
    )
    assert school.parent_on(LAST) == cast.units.municipality
    assert school.parent_on(NEXT) == cast.units.neighbour
    refused = post(officer, "move", school, parent=cast.units.neighbour.pk, since="02.01.2026", basis=ACT)
    assert "уже входит в" in text_of(refused)


@pytest.mark.parametrize("words", ["Школа № 3", "школа 3", "0012345670"])
def test_close_into_a_successor_by_words(cast, officer, words: str) -> None:
    Unit.objects.filter(pk=cast.units.school.pk).update(inn="0012345670")
    kindergarten = cast.units.kindergarten
    assert (
        post(officer, "close", kindergarten, closed="31.12.2025", successor=words, basis=ACT).status_code
        == 302
    )
    kindergarten.refresh_from_db()
    assert (kindergarten.closed, kindergarten.successor, kindergarten.closing_basis) == (
        LAST,
        cast.units.school,
        ACT,
    )
    card = text_of(officer.get(reverse("territory:card", args=[cast.units.school.pk])))
    assert "Присоединение." in card
    assert "Ёлочка" in card


@pytest.mark.parametrize(
    ("words", "said"), [("школа", "Подходят несколько"), ("планетарий", "Организации с такими словами нет")]
)
def test_a_successor_is_never_guessed(cast, officer, words: str, said: str) -> None:
    answer = post(officer, "close", cast.units.kindergarten, closed="31.12.2025", successor=words, basis=ACT)
    assert answer.status_code == 422
    assert said in text_of(answer)


def test_municipalities_merge(cast, officer) -> None:
    units = cast.units
    offered = text_of(officer.get(reverse("territory:merge", args=[units.neighbour.pk])))
    assert "Заозёрный округ" in offered
    answer = post(
        officer, "merge", units.neighbour, units=units.municipality.pk, closed="31.12.2025", basis=ACT
    )
    assert answer.status_code == 302
    assert units.school.parent_on(LAST) == units.municipality
    for unit in (units.school, units.kindergarten, units.authority):
        assert unit.parent_on(NEXT) == units.neighbour
        assert Entry.objects.of(unit).get().code == "territory.moved"
    units.municipality.refresh_from_db()
    assert (units.municipality.closed, units.municipality.successor) == (LAST, units.neighbour)
    page = text_of(officer.get(reverse("territory:card", args=[units.neighbour.pk])))
    assert "Присоединяется 1 организация; с ними переходят 3" in page


def test_several_organisations_merge_found_by_words(cast, officer) -> None:
    units = cast.units
    page = text_of(
        officer.get(
            reverse("territory:merge", args=[units.school.pk]),
            {"q": "луговская", "units": units.kindergarten.pk},
        )
    )
    assert page.count('type="checkbox"') == 2
    assert page.count(" checked") == 1
    both = [units.kindergarten.pk, units.neighbour_school.pk]
    assert post(officer, "merge", units.school, units=both, closed="31.12.2025", basis=ACT).status_code == 302
    assert Unit.objects.filter(successor=units.school).count() == 2


def test_nothing_chosen_is_said(cast, officer) -> None:
    answer = post(officer, "merge", cast.units.school, closed="31.12.2025", basis=ACT)
    assert answer.status_code == 422
    assert "Отметьте хотя бы одну" in text_of(answer)


def test_a_planned_move_of_what_merges_is_named(cast) -> None:
    units = cast.units
    actions.move_unit(units.school, parent=units.neighbour, since=date(2026, 3, 1), actor=cast.admin)
    with pytest.raises(ValidationError, match="Школа № 3"):
        actions.merge_units([units.municipality], successor=units.neighbour, closed=LAST, actor=cast.admin)
    assert units.school.parent_on(NEXT) == units.municipality


def _event(unit: Unit, kind: str, day: str) -> str:
    return reverse("territory:event", args=[unit.pk, kind, day])


def test_a_wrong_date_is_corrected_with_a_reason(cast, officer) -> None:
    school = cast.units.school
    actions.move_unit(
        school, parent=cast.units.neighbour, since=NEXT, actor=cast.regional_officer, basis="закон"
    )
    address = _event(school, "placed", "2026-01-01")
    assert "место «Луговской округ» с 1 января 2026" in text_of(officer.get(address))
    assert officer.post(address, {"day": "01.02.2026", "basis": ACT}).status_code == 422  # no reason
    answer = officer.post(address, {"day": "01.02.2026", "basis": ACT, "reason": "описка"})
    assert answer.status_code == 302
    assert school.parent_on(date(2026, 1, 31)) == cast.units.municipality
    assert school.parent_on(date(2026, 2, 1)) == cast.units.neighbour
    entry = Entry.objects.of(school).first()
    assert (entry.code, entry.reason) == ("territory.redated", "описка")
    with override("ru"):
        assert "место «Луговской округ» с 1 января 2026" in entry.sentence.replace("\u00a0", " ")
    with override("en"):  # the journal reads in the language of its reader
        assert "place under “Луговской округ” from 1 January 2026" in entry.sentence.replace("\u00a0", " ")


def test_an_opening_is_put_on_its_day_with_the_first_place(cast, officer) -> None:
    Unit.objects.filter(pk__in=[cast.units.region.pk, cast.units.municipality.pk]).update(opened=None)
    cast.units.municipality.memberships.update(since=date(1990, 1, 1))
    answer = officer.post(
        _event(cast.units.school, "opened", "2020-09-01"), {"day": "01.09.1974", "reason": "по уставу"}
    )
    assert answer.status_code == 302
    school = Unit.objects.get(pk=cast.units.school.pk)
    assert (school.opened, school.memberships.get().since) == (date(1974, 9, 1), date(1974, 9, 1))


def test_an_act_by_mistake_is_undone(cast, officer) -> None:
    units = cast.units
    actions.move_unit(units.school, parent=units.neighbour, since=NEXT, actor=cast.regional_officer)
    answer = officer.post(
        _event(units.school, "placed", "2026-01-01"), {"act": "undo", "undo-reason": "не та школа"}
    )
    assert answer.status_code == 302
    assert units.school.parent_on(NEXT) == units.municipality
    assert units.school.memberships.get().until is None
    actions.close_unit(units.kindergarten, closed=LAST, successor=units.school, actor=cast.admin)
    officer.post(_event(units.kindergarten, "closed", "2025-12-31"), {"act": "undo", "undo-reason": "ошибка"})
    kindergarten = Unit.objects.get(pk=units.kindergarten.pk)
    assert (kindergarten.closed, kindergarten.successor) == (None, None)
    assert kindergarten.parent_on(NEXT) == units.municipality


def test_what_later_acts_need_is_not_undone(cast) -> None:
    units, admin = cast.units, cast.admin
    actions.move_unit(units.school, parent=units.neighbour, since=date(2025, 6, 1), actor=admin)
    actions.merge_units([units.municipality], successor=units.neighbour, closed=LAST, actor=admin)
    with pytest.raises(ValidationError, match="Школа № 3"):
        amending.undo_event(
            units.school, Placed(date(2025, 6, 1), units.neighbour.pk), actor=admin, reason="ошибка"
        )
    assert units.school.parent_on(NEXT) == units.neighbour


def test_an_organisation_added_by_mistake_is_removed(cast, officer) -> None:
    extra = Unit(kind="school", name="Лишняя")
    actions.add_unit(extra, parent=cast.units.municipality, since=NEXT, actor=cast.regional_officer)
    answer = officer.post(_event(extra, "opened", "2026-01-01"), {"act": "undo", "undo-reason": "двойник"})
    assert answer.status_code == 302, text_of(answer)
    assert answer.headers["Location"] == reverse("territory:list")
    assert not Unit.objects.filter(name="Лишняя").exists()
    used = officer.post(
        _event(cast.units.school, "opened", "2020-09-01"), {"act": "undo", "undo-reason": "двойник"}
    )
    assert used.status_code == 422  # its head has a post there
    assert "уже ссылаются" in text_of(used)


@pytest.mark.parametrize(
    ("kind", "day"),
    [("placed", "2026-01-01"), ("closed", "2025-12-31"), ("nothing", "2026-01-01"), ("placed", "yesterday")],
)
def test_what_is_not_recorded_is_not_found(cast, officer, kind: str, day: str) -> None:
    assert officer.get(_event(cast.units.school, kind, day)).status_code == 404


@pytest.mark.parametrize("who", ["municipal_officer", "head", "observer", "outsider"])
def test_who_may_not(cast, who: str) -> None:
    person, units = cast.people()[who], cast.units
    placed = Placed(date(2020, 9, 1), units.municipality.pk)
    acts = (
        lambda: actions.describe_unit(units.school, actor=person, values={"inn": ""}),
        lambda: actions.rename_unit(units.school, name="Я", short_name="", since=LAST, actor=person),
        lambda: actions.merge_units([units.kindergarten], successor=units.school, closed=LAST, actor=person),
        lambda: amending.undo_event(units.school, placed, actor=person, reason="р"),
        lambda: amending.correct_date(units.school, placed, day=LAST, actor=person, reason="р", basis=""),
    )
    for act in acts:
        with pytest.raises(PermissionDenied):
            act()


def test_the_card_offers_changes_to_those_who_may(cast, signed_in) -> None:
    address = reverse("territory:card", args=[cast.units.school.pk])
    assert "Переименовать" in text_of(signed_in(cast.admin).get(address))
    page = text_of(signed_in(cast.municipal_officer).get(address))
    assert "Переименовать" not in page
    assert "Исправить ошибку" not in page


def test_history_takes_few_queries(cast, officer, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(40):
        post(
            officer, "move", cast.units.school, parent=cast.units.neighbour.pk, since="01.01.2026", basis=ACT
        )
