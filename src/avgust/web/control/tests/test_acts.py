"""What people do with an assignment, and what no right goes around."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from avgust.domain.control.states import Act, Status
from avgust.web.accounts.models import Post
from avgust.web.audit.models import Entry
from avgust.web.control.actions import STALE, Words, act_on, act_on_many, require_evidence
from avgust.web.control.models import Assignment, Report
from avgust.web.control.starting import start_measure
from avgust.web.documents.actions import Refused
from avgust.web.programmes.actions.values import put_deadline
from avgust.web.programmes.presenting import MeasureWords

TODAY = date(2025, 11, 10)
EVENT = date(2025, 11, 5)
WHY = Words(reason="В положении нет раздела о поощрении.")


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_: TODAY)


def _fresh(assignment: Assignment) -> Assignment:
    return Assignment.objects.get(pk=assignment.pk)


def _reported(work: Any, cast: Any, with_draft: Any) -> Assignment:
    with_draft(work.school, cast.head)
    act_on(work.school, Act.REPORT, actor=cast.head)
    return _fresh(work.school)


def test_report_return_report_accept(work: Any, cast: Any, with_draft: Any) -> None:
    row = _reported(work, cast, with_draft)
    assert row.state is Status.REPORTED
    act_on(row, Act.RETURN, actor=cast.municipal_officer, words=WHY)
    assert row.reports.get().outcome == Report.Outcome.RETURNED
    with_draft(row, cast.head)
    act_on(row, Act.REPORT, actor=cast.head)
    act_on(row, Act.ACCEPT, actor=cast.municipal_officer)
    row = _fresh(row)
    assert (row.state, row.accepted_by) == (Status.ACCEPTED, cast.municipal_officer)
    assert [step.act for step in row.steps.all()] == ["report", "return", "report", "accept"]
    assert [report.outcome for report in row.reports.all()] == ["returned", "accepted"]
    sentences = [entry.sentence for entry in Entry.objects.of(row).order_by("id")]
    assert len(sentences) == 4
    assert "поощрении" in sentences[1]


def test_a_report_needs_evidence_of_the_right_kind(work: Any, cast: Any, with_draft: Any) -> None:
    with pytest.raises(Refused, match="proves"):
        act_on(work.school, Act.REPORT, actor=cast.head)
    require_evidence(work.school.measure, kinds=["local_act"], words="Приказ", actor=cast.municipal_officer)
    with_draft(work.school, cast.head)
    with pytest.raises(Refused, match="another kind"):
        act_on(work.school, Act.REPORT, actor=cast.head)
    assert _fresh(work.school).state is Status.OPEN
    assert not work.school.steps.exists()


@pytest.mark.parametrize("person", ["municipal_officer", "regional_officer", "methodologist", "foreign_head"])
def test_only_the_organisation_speaks_for_itself(person: str, work: Any, cast: Any, with_draft: Any) -> None:
    with_draft(work.school, cast.head)
    with pytest.raises(PermissionDenied):
        act_on(work.school, Act.REPORT, actor=cast.people()[person])


@pytest.mark.parametrize(
    "person", ["head", "methodologist", "analyst", "observer", "admin", "foreign_officer"]
)
def test_who_does_not_control_does_not_accept(person: str, work: Any, cast: Any, with_draft: Any) -> None:
    row = _reported(work, cast, with_draft)
    with pytest.raises(PermissionDenied):
        act_on(row, Act.ACCEPT, actor=cast.people()[person])


def test_an_authority_does_not_accept_its_own_work(work: Any, cast: Any, with_draft: Any) -> None:
    with_draft(work.authority, cast.municipal_officer)
    act_on(work.authority, Act.REPORT, actor=cast.municipal_officer)
    with pytest.raises(Refused, match="second person"):
        act_on(work.authority, Act.ACCEPT, actor=cast.municipal_officer)
    act_on(work.authority, Act.ACCEPT, actor=cast.regional_officer)


def test_a_second_post_does_not_go_around_the_second_person(work: Any, cast: Any, with_draft: Any) -> None:
    """A head who is also an officer of the region reported: neither post may accept."""
    row = _reported(work, cast, with_draft)
    Post.objects.create(
        user=cast.head, role="regional_officer", unit=cast.units.region, since=date(2020, 9, 1)
    )
    for name in ("current_posts", "_working_units", "_reporting_organisations"):
        cast.head.__dict__.pop(name, None)
    with pytest.raises(Refused, match="second person"):
        act_on(row, Act.ACCEPT, actor=cast.head)
    found = act_on_many([row], Act.ACCEPT, actor=cast.head)
    assert (found.done, len(found.refused)) == ([], 1)
    assert _fresh(row).state is Status.REPORTED


def test_an_extension_is_asked_granted_and_remembered(work: Any, cast: Any) -> None:
    asked = Words(reason="Смена директора", wanted_due=date(2026, 2, 1))
    act_on(work.school, Act.ASK_EXTENSION, actor=cast.head, words=asked)
    act_on(work.school, Act.GRANT_EXTENSION, actor=cast.municipal_officer)
    row = _fresh(work.school)
    assert (row.first_due, row.due, row.asked_due) == (date(2025, 10, 1), date(2026, 2, 1), None)
    step = row.steps.last()
    assert (step.due_before, step.due_after) == (date(2025, 10, 1), date(2026, 2, 1))


def test_an_extension_is_refused_with_a_reason(work: Any, cast: Any) -> None:
    asked = Words(reason="Смена директора", wanted_due=date(2026, 2, 1))
    act_on(work.school, Act.ASK_EXTENSION, actor=cast.head, words=asked)
    with pytest.raises(Refused, match="reason"):
        act_on(work.school, Act.REFUSE_EXTENSION, actor=cast.municipal_officer)
    act_on(work.school, Act.REFUSE_EXTENSION, actor=cast.municipal_officer, words=WHY)
    assert _fresh(work.school).due == date(2025, 10, 1)


def test_the_day_of_the_event_starts_what_waits(work: Any, cast: Any) -> None:
    act_on(work.waiting, Act.START, actor=cast.municipal_officer, words=Words(event_on=date(2025, 11, 5)))
    row = _fresh(work.waiting)
    assert (row.state, row.due) == (Status.OPEN, date(2025, 12, 5))


def test_suspended_while_it_waits_it_waits_again(work: Any, cast: Any) -> None:
    act_on(work.waiting, Act.SUSPEND, actor=cast.municipal_officer, words=WHY)
    act_on(work.waiting, Act.RESUME, actor=cast.municipal_officer)
    assert _fresh(work.waiting).state is Status.WAITING


def test_who_looked_at_an_earlier_version_is_stopped(work: Any, cast: Any, with_draft: Any) -> None:
    row = _reported(work, cast, with_draft)
    act_on(row, Act.WITHDRAW, actor=cast.head)
    act_on(row, Act.REPORT, actor=cast.head)
    with pytest.raises(Refused) as refused:
        act_on(row, Act.ACCEPT, actor=cast.municipal_officer, seen=row.version)
    assert refused.value.reason == STALE


def test_bulk_acts_are_acts_of_their_own(work: Any, cast: Any, with_draft: Any) -> None:
    row = _reported(work, cast, with_draft)
    found = act_on_many([row, _fresh(work.authority)], Act.RETURN, actor=cast.municipal_officer, words=WHY)
    assert found.done == [row.pk]
    assert [one.pk for one, _reason in found.refused] == [work.authority.pk]
    assert Entry.objects.filter(code="control.return").count() == 1


def test_the_day_of_an_event_is_named_for_a_whole_measure(
    work: Any, cast: Any, django_assert_max_num_queries: Any
) -> None:
    rows = Assignment.objects.filter(measure=work.waiting.measure)
    assert {row.state for row in rows} == {Status.WAITING}
    with django_assert_max_num_queries(20):
        assert start_measure(work.waiting.measure, actor=cast.municipal_officer, event_on=EVENT) == 2
    for row in rows.all():
        assert (row.state, row.due, row.first_due, row.event_on) == (
            Status.OPEN, date(2025, 12, 5), date(2025, 12, 5), EVENT,
        )  # fmt: skip
        step, entry = row.steps.get(), Entry.objects.of(row).get()
        assert (step.act, step.actor, step.due_after) == ("start", cast.municipal_officer, row.due)
        assert "2025" in entry.sentence
        assert row.version == 1
    measure = work.waiting.measure
    measure.refresh_from_db()  # found among what is due from now on
    assert (measure.due, MeasureWords(measure, "ru").facts.due) == (date(2025, 12, 5),) * 2
    assert measure.deadline_kind == "relative"
    put_deadline(measure, measure.deadline)  # a change of anything else leaves the day
    assert measure.due == date(2025, 12, 5)


@pytest.mark.parametrize(
    ("person", "day", "error", "said"),
    [
        pytest.param("municipal_officer", date(2025, 11, 11), Refused, "lies ahead", id="to come"),
        pytest.param("municipal_officer", None, Refused, "Name the day", id="no day"),
        pytest.param("head", EVENT, PermissionDenied, "", id="who owes it"),
        pytest.param("foreign_officer", EVENT, Refused, "No assignment", id="another municipality"),
    ],
)
def test_the_day_of_an_event_is_refused_whole(
    work: Any, cast: Any, person: str, day: date | None, error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said or None):
        start_measure(work.waiting.measure, actor=getattr(cast, person), event_on=day)
    assert not Entry.objects.of(work.waiting).exists()
    assert _fresh(work.waiting).state is Status.WAITING


def test_the_page_of_the_event_says_what_came_of_it(work: Any, cast: Any, signed_in: Any) -> None:
    officer, measure = signed_in(cast.municipal_officer), work.waiting.measure
    address = reverse("control:start", args=[measure.pk])
    assert address in officer.get(reverse("control:measure", args=[measure.pk])).content.decode()
    assert officer.post(address, {"day": "31.02.2025"}).status_code == 422
    assert "ещё не наступило" in officer.post(address, {"day": "11.11.2025"}).content.decode().replace(
        "\xa0", " "
    )
    answer = officer.post(address, {"day": "05.11.2025"}, follow=True)
    assert answer.redirect_chain
    assert address not in answer.content.decode(), "nothing waits any more"
    assert _fresh(work.waiting).due == date(2025, 12, 5)
