"""Errands inside an organisation: who gives, who does, who accepts, and what of it reaches the report."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from avgust.domain.control.errands import ErrandAct, Stage
from avgust.domain.control.states import Act
from avgust.domain.evidence import Content, examine
from avgust.web.accounts.models import Post, User
from avgust.web.control import receiving
from avgust.web.control.actions import Words, act_on
from avgust.web.control.errands import (
    act_on_errand,
    add_to_errand,
    colleagues,
    errands_for,
    give_errand,
    visible_errand,
)
from avgust.web.control.models import Assignment, Errand, Evidence
from avgust.web.control.receiving import Received
from avgust.web.control.reporting import take_from_errand
from avgust.web.documents.actions import Refused

TODAY = date(2025, 9, 10)
FILE = Received("приказ.pdf", Content("pdf", b"%PDF-1.7", 1))


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_: TODAY)
    monkeypatch.setattr(receiving, "examine_isolated", examine)


@pytest.fixture
def staff(cast: Any) -> dict[str, User]:
    """A deputy and two teachers of our school, and one of the neighbour's."""
    made = {}
    for name, role, unit in (
        ("deputy", "deputy", cast.units.school),
        ("teacher", "staff", cast.units.school),
        ("other", "staff", cast.units.school),
        ("stranger", "staff", cast.units.neighbour_school),
    ):
        user = User.objects.create_user(f"{name}@avgust.test", "a long password", full_name=name.title())
        Post.objects.create(user=user, role=role, unit=unit, since=date(2020, 9, 1))
        made[name] = user
    return made


def _given(work: Any, cast: Any, staff: Any) -> Errand:
    return give_errand(
        work.school, actor=cast.head, to=staff["teacher"], words="Написать", due=date(2025, 9, 20)
    )


def test_from_the_head_to_the_report(work: Any, cast: Any, staff: Any) -> None:
    errand = _given(work, cast, staff)
    add_to_errand(errand, actor=staff["teacher"], file=FILE)
    act_on_errand(errand, ErrandAct.FINISH, actor=staff["teacher"], words="Готово")
    act_on_errand(errand, ErrandAct.RETURN, actor=cast.head, words="Нет подписи")
    act_on_errand(errand, ErrandAct.FINISH, actor=staff["teacher"], words="Подписано")
    assert act_on_errand(errand, ErrandAct.ACCEPT, actor=cast.head).stage == Stage.ACCEPTED
    assert take_from_errand(work.school, errand, actor=cast.head) == 1
    assert take_from_errand(work.school, errand, actor=cast.head) == 0, "taken already"
    act_on(work.school, Act.REPORT, actor=cast.head)
    row = Assignment.objects.get(pk=work.school.pk)
    kept, own = Evidence.objects.filter(sha256=errand.evidence.get().sha256).order_by("pk")
    assert (kept.errand, own.report.assignment) == (errand, row)
    assert staff["teacher"].pk in row.spoke["people"], "who did the work decides about it nowhere"


def test_as_deep_as_needed_and_never_in_a_ring(work: Any, cast: Any, staff: Any) -> None:
    first = give_errand(work.school, actor=cast.head, to=staff["deputy"], words="Организовать")
    second = give_errand(
        work.school, actor=staff["deputy"], to=staff["teacher"], words="Написать", part_of=first
    )
    third = give_errand(
        work.school, actor=staff["teacher"], to=staff["other"], words="Набрать", part_of=second
    )
    for back in (cast.head, staff["deputy"], staff["teacher"]):
        with pytest.raises(Refused):
            give_errand(work.school, actor=staff["other"], to=back, words="", part_of=third)
    assert (
        colleagues(work.school, staff["other"], [cast.head.pk, staff["deputy"].pk, staff["teacher"].pk]) == []
    )
    with pytest.raises(Refused, match="handed on"):
        act_on_errand(second, ErrandAct.FINISH, actor=staff["teacher"], words="Да")
    (tree,) = errands_for(work.school, cast.head)
    assert tree.parts[0].parts[0].errand == third
    act_on_errand(first, ErrandAct.WITHDRAW, actor=cast.head)
    assert set(Errand.objects.values_list("stage", flat=True)) == {"withdrawn"}


def test_who_may_give_and_to_whom(work: Any, cast: Any, staff: Any) -> None:
    with pytest.raises(Refused, match="same organisation"):
        give_errand(work.school, actor=cast.head, to=staff["stranger"], words="")
    for giver in (staff["teacher"], cast.municipal_officer, cast.foreign_head):
        with pytest.raises(PermissionDenied):
            give_errand(work.school, actor=giver, to=staff["other"], words="")
    with pytest.raises(Refused, match="after the deadline"):
        give_errand(work.school, actor=cast.head, to=staff["other"], words="", due=date(2026, 5, 1))
    act_on(
        work.school,
        Act.TAKE_OFF,
        actor=cast.municipal_officer,
        words=Words(reason="Не нужно"),
    )
    with pytest.raises(Refused, match="off control"):
        give_errand(work.school, actor=cast.head, to=staff["other"], words="")


def test_who_did_it_does_not_accept_it(work: Any, cast: Any, staff: Any) -> None:
    errand = _given(work, cast, staff)
    act_on_errand(errand, ErrandAct.FINISH, actor=staff["teacher"], words="Готово")
    for person in (staff["teacher"], staff["other"], staff["deputy"], cast.municipal_officer):
        with pytest.raises(PermissionDenied):
            act_on_errand(errand, ErrandAct.ACCEPT, actor=person)


def test_a_deputy_stands_in_for_a_head_who_left(work: Any, cast: Any, staff: Any) -> None:
    errand = _given(work, cast, staff)
    act_on_errand(errand, ErrandAct.FINISH, actor=staff["teacher"], words="Готово")
    Post.objects.filter(user=cast.head).update(until=date(2025, 9, 9))
    assert act_on_errand(errand, ErrandAct.ACCEPT, actor=staff["deputy"]).stage == Stage.ACCEPTED


def test_staff_speaks_for_nobody(work: Any, cast: Any, staff: Any, with_draft: Any) -> None:
    with_draft(work.school, cast.head)
    with pytest.raises(PermissionDenied):
        act_on(work.school, Act.REPORT, actor=staff["teacher"])
    act_on(work.school, Act.REPORT, actor=staff["deputy"])


def test_a_head_elsewhere_does_not_speak_where_she_is_staff(work: Any, cast: Any, with_draft: Any) -> None:
    Post.objects.create(user=cast.foreign_head, role="staff", unit=cast.units.school, since=date(2020, 9, 1))
    with_draft(work.school, cast.head)
    with pytest.raises(PermissionDenied):
        act_on(work.school, Act.REPORT, actor=cast.foreign_head)


def test_inner_work_is_seen_inside_only(work: Any, cast: Any, staff: Any) -> None:
    errand = _given(work, cast, staff)
    assert errands_for(work.school, cast.municipal_officer) == []
    for person in (cast.head, staff["deputy"], staff["teacher"]):
        assert visible_errand(errand.pk, person) == errand
    for person in (cast.municipal_officer, staff["other"], staff["stranger"], cast.foreign_head):
        with pytest.raises(Http404):
            visible_errand(errand.pk, person)


def test_pages(work: Any, cast: Any, staff: Any, signed_in: Any) -> None:
    head, teacher = signed_in(cast.head), signed_in(staff["teacher"])
    address = reverse("control:give", args=[work.school.pk])
    assert head.post(address, {"to": staff["stranger"].pk}).status_code == 422
    answer = head.post(
        address, {"to": staff["teacher"].pk, "words": "Написать положение", "due": "20.09.2025"}
    )
    assert answer.status_code == 302
    errand = Errand.objects.get()
    assert "Написать положение" in head.get(work.school.get_absolute_url()).content.decode()
    assert "Написать положение" in teacher.get("/").content.decode()
    page = errand.get_absolute_url()
    assert teacher.post(page, {"do": "finish", "words": ""}).status_code == 422
    assert teacher.post(page, {"do": "finish", "words": "Сделано"}).status_code == 302
    assert "Написать положение" in head.get("/").content.decode()
    assert head.post(page, {"do": "accept"}).status_code == 302
    assert head.post(page, {"do": "nonsense"}).status_code == 400
