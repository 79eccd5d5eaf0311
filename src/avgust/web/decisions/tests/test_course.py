"""From a cause to what is proven: typed minutes, uploaded ones, the second person, the journal."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from avgust.domain.control.states import Status
from avgust.domain.decisions.coverage import CauseState
from avgust.domain.decisions.minutes import Genre, TypedClause
from avgust.domain.resolutions.review import corrections as said
from avgust.web.audit.models import Entry
from avgust.web.control.models import Assignment, Requirement
from avgust.web.decisions import actions
from avgust.web.decisions.models import Cause, CauseOfClause, Decision, ProofOfClause
from avgust.web.decisions.states import DecisionState, decided_on, in_state
from avgust.web.decisions.tests.conftest import CLAUSES, SEEN
from avgust.web.documents.actions import Refused, correct
from avgust.web.documents.models import Document
from avgust.web.documents.standing import Standing
from avgust.web.programmes.actions import adopt_document
from avgust.web.programmes.models import Measure

GOLDEN = Path(__file__).parents[5] / "tests" / "golden"


def state_of(cause: Cause, user: Any) -> CauseState:
    return decided_on([cause], user, timezone.localdate())[cause.pk].state


def printed(name: str) -> bytes:
    lines = (GOLDEN / name).read_text("utf-8").splitlines()
    return "\n".join(line.partition("@@")[0].rstrip() for line in lines).encode()


# ── typed ─────────────────────────────────────────────────────────────────────────────────────────────


def test_typed_minutes_become_a_document_under_review(cast: Any, typed: Any, cause: Cause) -> None:
    made = typed({0: [cause], 1: [cause]}, {0: ["minutes"]})
    document = made.document
    assert document.title == "Протокол № 7 совещания при начальнике управления"
    assert (document.adopted_on, document.status) == (date(2025, 10, 20), "reviewing")
    assert document.measures == 2
    assert [link.clause for link in document.causes.order_by("pk")] == ["c1", "o1"]
    assert ProofOfClause.objects.get().clause == "c1"
    assert state_of(cause, cast.municipal_officer) is CauseState.PREPARED
    assert Entry.objects.filter(code="decisions.typed").count() == 1
    assert Entry.objects.filter(code="decisions.linked").count() == 2


def test_who_typed_does_not_adopt(cast: Any, typed: Any, cause: Cause) -> None:
    cast.methodologist.posts.update(role="municipal_officer")
    made = typed({0: [cause]})
    with pytest.raises(Refused, match="second person"):
        adopt_document(made.document, actor=type(cast.methodologist).objects.get(pk=cast.methodologist.pk))
    made.document.refresh_from_db()
    assert not made.document.adopted
    assert not Measure.objects.exists()


def test_causes_and_proof_reach_the_measures(cast: Any, adopted: Decision, cause: Cause) -> None:
    first, second = Measure.objects.order_by("order")
    assert Requirement.objects.get().measure == first
    assert Requirement.objects.get().kinds == ["link", "minutes"]
    links = {link.clause: link.source for link in CauseOfClause.objects.filter(cause=cause)}
    assert links["o1"] is None  # taken note of: no measure
    assert list(links["c1"].links.values_list("measure", flat=True)) == [first.pk]
    assert set(Assignment.objects.values_list("measure", "unit")) == {
        (first.pk, cast.units.school.pk),
        (second.pk, cast.units.school.pk),
    }


def test_the_state_of_a_cause_follows_its_measures(cast: Any, adopted: Decision, cause: Cause) -> None:
    today, user = timezone.localdate(), cast.municipal_officer
    row = Assignment.objects.get(measure__label="1")
    visible = Decision.objects.visible_to(user)

    def stands(due: date, status: Status) -> tuple[CauseState, list[DecisionState]]:
        Assignment.objects.filter(pk=row.pk).update(due=due, status=status.value)
        found = [state for state in DecisionState if in_state(visible, state, user, today).exists()]
        return state_of(cause, user), found

    later, earlier = today + timedelta(days=9), today - timedelta(days=9)
    assert stands(later, Status.OPEN) == (CauseState.UNDER_CONTROL, [DecisionState.UNDER_CONTROL])
    assert stands(earlier, Status.OPEN) == (CauseState.FAILED, [DecisionState.FAILED])
    assert stands(earlier, Status.ACCEPTED) == (CauseState.PROVEN, [DecisionState.UNDER_CONTROL])
    Assignment.objects.exclude(pk=row.pk).update(status=Status.ACCEPTED.value)
    assert stands(earlier, Status.ACCEPTED) == (CauseState.PROVEN, [DecisionState.PROVEN])
    Measure.objects.filter(label="1").update(status="cancelled")
    assert state_of(cause, user) is CauseState.NOTED


def test_the_same_minutes_twice_are_refused_and_nothing_is_left(typed: Any, cause: Cause) -> None:
    typed({0: [cause]})
    documents = Document.objects.count()
    with pytest.raises(Refused, match="typed already"):
        typed({0: [cause]}, clauses=CLAUSES[:1])
    assert Document.objects.count() == documents
    typed({}, number="8")


def test_bad_minutes_are_refused_before_anything_is_kept(typed: Any) -> None:
    with pytest.raises(actions.Faulty) as refused:
        typed({}, clauses=(TypedClause("1."),))
    assert [fault.field for fault in refused.value.faults] == ["text"]
    assert not Document.objects.exists()


def test_a_split_clause_keeps_its_cause(cast: Any, typed: Any, cause: Cause) -> None:
    clause = TypedClause(
        "Разобрать задания и провести семинар учителей", "руководители школ", "до 1 декабря 2030 года"
    )
    made = typed({0: [cause]}, {0: ["minutes"]}, (clause,))
    document = made.document
    standing = Standing.of(document)
    whole = standing.review.find("c1").clause
    cut = whole.span.start + whole.text.index("и провести")
    pieces = standing.rereader.pieces(whole, [cut])
    correct(document, said.Split("c1", pieces), actor=cast.methodologist, seen=document.version)
    adopt_document(document, actor=cast.municipal_officer)
    assert Measure.objects.count() == 2
    assert {link.source.links.get().measure_id for link in CauseOfClause.objects.all()} == set(
        Measure.objects.values_list("pk", flat=True)
    )
    assert Requirement.objects.count() == 2


# ── uploaded ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("name", "measures"), [("minutes-questions-2026.gold", 4), ("minutes-heard-2026.gold", 3)]
)
def test_uploaded_minutes_from_file_to_assignment(
    cast: Any, read_here: None, cause: Cause, name: str, measures: int
) -> None:
    made = actions.upload_decision(
        actor=cast.methodologist, unit=cast.units.municipality, name="протокол.txt", data=printed(name),
        genre=Genre.MINUTES, number="14", causes=[cause],
    )  # fmt: skip
    assert state_of(cause, cast.methodologist) is CauseState.PREPARED
    adopt_document(made.document, actor=cast.municipal_officer)
    assert Measure.objects.count() == measures
    assert CauseOfClause.objects.filter(cause=cause, source__isnull=False).count() == measures
    assert not CauseOfClause.objects.filter(clause="").exists()
    assert Assignment.objects.filter(unit=cast.units.school).exists()
    assert state_of(cause, cast.municipal_officer) in (CauseState.UNDER_CONTROL, CauseState.FAILED)


def test_who_uploaded_a_signed_paper_may_adopt_it(cast: Any, read_here: None) -> None:
    made = actions.upload_decision(
        actor=cast.municipal_officer, unit=cast.units.municipality, name="протокол.txt",
        data=printed("minutes-heard-2026.gold"), genre=Genre.MINUTES, number="", causes=[],
    )  # fmt: skip
    assert adopt_document(made.document, actor=cast.municipal_officer).measure_count == 3


# ── causes and links ──────────────────────────────────────────────────────────────────────────────────


def test_a_cause_that_was_decided_on_stays_as_it_is(cast: Any, adopted: Decision, cause: Cause) -> None:
    with pytest.raises(Refused, match="is adopted"):
        actions.change_cause(cause, replace(SEEN, words="Иначе."), actor=cast.methodologist)
    with pytest.raises(Refused, match="take it from the clauses"):
        actions.delete_cause(cause, actor=cast.methodologist)
    assert Cause.objects.get().words == SEEN.words
    assert not Entry.objects.filter(code="decisions.cause_deleted").exists()


def test_a_cause_is_changed_and_taken_away_until_then(cast: Any, cause: Cause) -> None:
    actions.change_cause(cause, replace(SEEN, words="Иначе."), actor=cast.methodologist)
    assert Cause.objects.get().words == "Иначе."
    with pytest.raises(PermissionDenied):
        actions.delete_cause(cause, actor=cast.foreign_officer)
    actions.delete_cause(cause, actor=cast.municipal_officer)
    assert not Cause.objects.exists()


def test_the_journal_keeps_the_words_of_a_cause_apart(cast: Any, cause: Cause) -> None:
    entry = Entry.objects.get(code="decisions.cause_recorded")
    assert "вычислениях" not in str(entry.kept_after)
    assert "вычислениях" not in entry.kept_subject
    assert entry.subject == cause.words


def test_clauses_and_causes_are_many_to_many(cast: Any, adopted: Decision, cause: Cause) -> None:
    other = actions.record_cause(
        replace(SEEN, words="Второе."), actor=cast.methodologist, unit=cast.units.municipality
    )
    assert actions.link_cause(adopted, other, ["c1", "c2"], actor=cast.municipal_officer) == 2
    assert actions.link_cause(adopted, other, ["c1"], actor=cast.municipal_officer) == 0
    with pytest.raises(Refused, match="no such clause"):
        actions.link_cause(adopted, other, ["c9"], actor=cast.municipal_officer)
    of_first = CauseOfClause.objects.filter(source__links__measure__label="1")
    assert {link.cause for link in of_first} == {cause, other}
    actions.unlink_cause(of_first.get(cause=other), actor=cast.municipal_officer)
    assert {link.cause for link in of_first.all()} == {cause}
    assert Entry.objects.filter(code="decisions.unlinked").count() == 1


def test_a_foreign_officer_links_nothing(cast: Any, adopted: Decision, cause: Cause) -> None:
    with pytest.raises(PermissionDenied):
        actions.link_cause(adopted, cause, ["c2"], actor=cast.foreign_officer)


def test_causes_of_an_adopted_document_reach_its_measures(cast: Any, adopted: Decision) -> None:
    other = actions.record_cause(
        replace(SEEN, words="Второе."), actor=cast.methodologist, unit=cast.units.municipality
    )
    actions.make_decision(adopted.document, actor=cast.municipal_officer, genre=Genre.MINUTES, causes=[other])
    found = CauseOfClause.objects.filter(cause=other).values_list("source__links__measure", flat=True)
    assert set(found) == set(Measure.objects.values_list("pk", flat=True))


def test_a_document_becomes_a_decision_once(cast: Any, adopted: Decision) -> None:
    again = actions.make_decision(adopted.document, actor=cast.municipal_officer, genre=Genre.ORDER)
    assert (again.pk, again.genre) == (adopted.pk, "minutes")
