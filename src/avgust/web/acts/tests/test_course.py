"""From the template to the act in force and its end: rights, second person, proof, journal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from avgust.domain.acts.fields import Field
from avgust.domain.acts.standing import Standing
from avgust.domain.acts.states import Move, Status
from avgust.domain.proof import ProofState
from avgust.web import files
from avgust.web.accounts.models import User
from avgust.web.acts.actions import Words, begin_act, fill_act, move_act, renew_act
from avgust.web.acts.models import ActTemplate, LocalAct
from avgust.web.acts.offering import require_act, save_template, set_stage
from avgust.web.acts.proving import follow_day
from avgust.web.acts.tests.conftest import SAID, VALUES, Acts, signed
from avgust.web.audit.models import Entry
from avgust.web.control.models import Assignment, Evidence
from avgust.web.documents.actions import Refused
from avgust.web.notices.models import Notice

Adopt = Callable[..., LocalAct]


def _proof(acts: Acts, days: int = 0) -> ProofState | None:
    row = Assignment.objects.get(pk=acts.assignment.pk)
    return row.proof_on(timezone.localdate() + timedelta(days=days))


def test_adoption_proves_and_reports(cast: Any, acts: Acts, adopted: Adopt) -> None:
    act = adopted()
    row = Assignment.objects.get(pk=acts.assignment.pk)
    assert row.proof_on(timezone.localdate()) is ProofState.PROVEN_BY_DATA
    assert row.verdict_basis["act"] == act.pk
    assert row.verdict_basis["number"] == "41-ОД"
    assert row.status == "reported"
    proof = Evidence.objects.get(report__assignment=row)
    assert (proof.kind, proof.number, proof.sha256) == ("local_act", "41-ОД", act.sha256)
    assert files.place_of(act.sha256).exists()
    assert [step.act for step in row.steps.all()] == ["report", "data_met"]
    said = set(
        Entry.objects.filter(subject_id=str(act.pk), subject_type="acts.localact").values_list(
            "code", flat=True
        )
    )
    assert said == {"acts.begun", "acts.submit", "acts.agree", "acts.adopt"}


def test_only_a_second_person_agrees(cast: Any, acts: Acts, deputy: User) -> None:
    act = begin_act(acts.template, cast.units.school, VALUES, actor=deputy)
    move_act(act, Move.SUBMIT, actor=deputy)
    with pytest.raises(Refused, match="second person"):
        move_act(act, Move.AGREE, actor=deputy)
    for person in ("foreign_head", "foreign_officer", "observer", "admin", "outsider"):
        with pytest.raises(PermissionDenied):
            move_act(act, Move.AGREE, actor=cast.people()[person])
    moved = move_act(act, Move.AGREE, actor=cast.municipal_officer)
    assert moved.agreed_by == cast.municipal_officer
    with pytest.raises(PermissionDenied):  # an officer adopts nothing for a school
        move_act(act, Move.ADOPT, actor=cast.municipal_officer)


def test_who_edits_the_draft_of_another_is_an_author_too(cast: Any, acts: Acts, deputy: User) -> None:
    act = begin_act(acts.template, cast.units.school, {}, actor=deputy)
    with pytest.raises(Refused, match="fields"):
        move_act(act, Move.SUBMIT, actor=deputy)
    fill_act(act, VALUES, actor=cast.head)
    move_act(act, Move.SUBMIT, actor=deputy)
    with pytest.raises(Refused, match="second person"):
        move_act(act, Move.AGREE, actor=cast.head)


def test_a_newer_act_replaces_and_the_older_ends_the_day_before(
    cast: Any, acts: Acts, adopted: Adopt
) -> None:
    today = timezone.localdate()
    older = adopted("1-ОД", days=60)
    newer = adopted("2-ОД", days=1, since=11)
    older.refresh_from_db()
    assert (older.status, older.until, older.replaced_by) == ("replaced", today + timedelta(days=9), newer)
    assert older.standing is Standing.IN_FORCE  # until the newer one begins
    assert older.standing_on(today + timedelta(days=10)) is Standing.ENDED
    assert newer.standing is Standing.ADOPTED
    assert _proof(acts) is ProofState.PROVEN_BY_DATA
    annulled = move_act(newer, Move.ANNUL, actor=cast.head, words=Words(reason="Не тот файл"))
    older.refresh_from_db()
    assert (older.status, older.until, older.replaced_by) == ("adopted", None, None)
    assert annulled.sha256 == ""


def test_repeal_contradicts_what_was_reported(cast: Any, acts: Acts, adopted: Adopt) -> None:
    act, today = adopted(days=30), timezone.localdate()
    repealed = Words(reason="Приказ от 01.02.2026 № 7", until=today - timedelta(days=1))
    move_act(act, Move.REPEAL, actor=cast.head, words=repealed)
    assert _proof(acts) is ProofState.CONTRADICTED
    move_act(act, Move.REVIVE, actor=cast.head, words=Words(reason="Отменено по ошибке"))
    assert _proof(acts) is ProofState.PROVEN_BY_DATA


def test_a_repeal_ahead_is_reflected_on_its_day(
    cast: Any, acts: Acts, adopted: Adopt, django_assert_max_num_queries: Any
) -> None:
    act, today = adopted(days=30), timezone.localdate()
    move_act(
        act, Move.REPEAL, actor=cast.head, words=Words(reason="Приказ № 7", until=today + timedelta(days=5))
    )
    assert _proof(acts) is ProofState.PROVEN_BY_DATA
    follow_day((today + timedelta(days=5)).isoformat())
    assert _proof(acts) is ProofState.PROVEN_BY_DATA
    follow_day((today + timedelta(days=6)).isoformat())
    assert _proof(acts) is ProofState.CONTRADICTED
    with django_assert_max_num_queries(8):
        follow_day((today + timedelta(days=6)).isoformat())  # again: nothing changes


def test_annulled_adoption_takes_the_report_back(cast: Any, acts: Acts, adopted: Adopt) -> None:
    act = adopted()
    move_act(act, Move.ANNUL, actor=cast.head, words=Words(reason="Внесён не тот приказ"))
    row = Assignment.objects.get(pk=acts.assignment.pk)
    assert (row.status, row.verdict, row.verdict_basis) == ("open", "", {})
    assert not Evidence.objects.filter(report__assignment=row).exists()
    words = Words(number="42-ОД", adopted_on=timezone.localdate(), since=timezone.localdate(), file=signed())
    move_act(act, Move.ADOPT, actor=cast.head, words=words)
    assert _proof(acts) is ProofState.PROVEN_BY_DATA


def test_an_act_adopted_before_the_demand_proves_at_once(cast: Any, acts: Acts, adopted: Adopt) -> None:
    require_act(acts.measure, None, actor=cast.municipal_officer)
    adopted()
    assert _proof(acts) in (ProofState.NOT_DONE, ProofState.NOT_DUE)
    require_act(acts.measure, acts.template, actor=cast.municipal_officer)
    assert _proof(acts) is ProofState.PROVEN_BY_DATA
    require_act(acts.measure, None, actor=cast.municipal_officer)
    assert _proof(acts) in (ProofState.NOT_DONE, ProofState.NOT_DUE)


def test_another_kind_of_evidence_leaves_the_act_in_a_draft(cast: Any, acts: Acts, adopted: Adopt) -> None:
    acts.measure.requirement.kinds = ["photo"]
    acts.measure.requirement.save()
    adopted()
    row = Assignment.objects.get(pk=acts.assignment.pk)
    assert row.status == "open"
    assert Evidence.objects.get(report__assignment=row).report.outcome == "draft"
    assert _proof(acts) is ProofState.PROVEN_BY_DATA


def test_one_act_is_under_way_at_a_time(cast: Any, acts: Acts, deputy: User) -> None:
    act = begin_act(acts.template, cast.units.school, {}, actor=deputy)
    with pytest.raises(Refused, match="under way"):
        begin_act(acts.template, cast.units.school, {}, actor=deputy)
    move_act(act, Move.DROP, actor=deputy)
    assert begin_act(acts.template, cast.units.school, {}, actor=deputy).status == Status.DRAFT


def test_nobody_writes_for_another_organisation(cast: Any, acts: Acts) -> None:
    for person in ("foreign_head", "municipal_officer", "methodologist", "observer", "admin", "outsider"):
        with pytest.raises(PermissionDenied):
            begin_act(acts.template, cast.units.school, VALUES, actor=cast.people()[person])


def test_what_was_changed_meanwhile_is_not_moved(cast: Any, acts: Acts, deputy: User) -> None:
    act = begin_act(acts.template, cast.units.school, VALUES, actor=deputy)
    fill_act(act, VALUES, actor=deputy, seen=0)
    with pytest.raises(Refused, match="meanwhile"):
        move_act(act, Move.SUBMIT, actor=deputy, seen=0)


def test_versions(cast: Any, acts: Acts, deputy: User) -> None:
    officer, unit = cast.municipal_officer, cast.units.municipality
    act = begin_act(acts.template, cast.units.school, VALUES, actor=deputy)
    assert save_template(acts.template, SAID, unit=unit, actor=officer).version == 1  # the same words
    longer = replace(
        SAID, body=SAID.body + "\n1.3. Итоги: {{ итоги }}.", fields=(*SAID.fields, Field("итоги", "Итоги"))
    )
    assert save_template(acts.template, longer, unit=unit, actor=officer).version == 2
    act.refresh_from_db()
    assert act.version.number == 1
    renewed = renew_act(act, actor=deputy)
    assert renewed.version.number == 2
    assert renewed.values == {"куратор": VALUES["куратор"], "начало": "2025-09-01", "место": "", "итоги": ""}
    with pytest.raises(Refused):
        move_act(renewed, Move.SUBMIT, actor=deputy)
    with pytest.raises(Refused, match="nowhere"):
        save_template(acts.template, replace(SAID, body="Текст"), unit=unit, actor=officer)
    set_stage(acts.template, ActTemplate.Stage.WITHDRAWN, actor=officer)
    move_act(renewed, Move.DROP, actor=deputy)
    with pytest.raises(Refused, match="not offered"):
        begin_act(acts.template, cast.units.school, VALUES, actor=deputy)


def test_who_edits_templates(cast: Any, acts: Acts) -> None:
    for person in ("head", "analyst", "observer", "admin", "foreign_officer", "outsider"):
        with pytest.raises(PermissionDenied):
            save_template(acts.template, SAID, unit=cast.units.municipality, actor=cast.people()[person])
        with pytest.raises(PermissionDenied):
            set_stage(acts.template, ActTemplate.Stage.WITHDRAWN, actor=cast.people()[person])
    assert save_template(None, SAID, unit=cast.units.municipality, actor=cast.methodologist).version == 1


def test_who_is_told(cast: Any, acts: Acts, deputy: User) -> None:
    act = begin_act(acts.template, cast.units.school, VALUES, actor=deputy)
    move_act(act, Move.SUBMIT, actor=deputy)
    told = Notice.objects.filter(kind="acts.submit").values_list("person__email", flat=True)
    assert list(told) == [cast.head.email]
    move_act(act, Move.SEND_BACK, actor=cast.head, words=Words(reason="Не тот куратор"))
    assert Notice.objects.get(kind="acts.send_back").person == deputy


def test_who_sees_a_draft(cast: Any, acts: Acts, deputy: User) -> None:
    act = begin_act(acts.template, cast.units.school, VALUES, actor=deputy)
    seen = {
        name
        for name, person in cast.people().items()
        if LocalAct.objects.visible_to(person).filter(pk=act.pk)
    }
    assert seen == {"regional_officer", "municipal_officer", "head", "methodologist"}
