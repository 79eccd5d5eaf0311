"""Corrections of several people: nothing is lost, nobody is overwritten in silence."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from avgust.domain.resolutions.model import Theme
from avgust.domain.resolutions.review import corrections as said
from avgust.domain.resolutions.review.clause import finding_key
from avgust.web.audit.models import Entry
from avgust.web.documents.actions import Overtaken, Refused, correct, describe_document, undo
from avgust.web.documents.models import Correction, Document
from avgust.web.documents.standing import Standing


def review(document: Any) -> Any:
    return Standing.of(document).review


def test_a_correction_stands_counts_and_is_in_the_journal(cast: Any, document: Any) -> None:
    correct(document, said.Confirm("c1"), actor=cast.municipal_officer, seen=0)
    document.refresh_from_db()
    assert (document.version, document.checked) == (1, 1)
    assert review(document).find("c1").confirmed
    entry = Entry.objects.get(code="documents.corrected")
    assert (entry.actor, entry.after["label"]) == (cast.municipal_officer, "1.1")


def test_undo_takes_back_ones_own_last_and_leaves_others(cast: Any, document: Any) -> None:
    mine, theirs = cast.municipal_officer, cast.methodologist
    correct(document, said.SetTheme("c1", Theme.MEALS), actor=mine, seen=0)
    correct(document, said.SetTheme("c2", Theme.SAFETY), actor=theirs, seen=1)
    correct(document, said.Confirm("c3"), actor=mine, seen=2)
    assert undo(document, actor=mine).act == "confirm"
    assert undo(document, actor=mine).clause == "c1"
    assert undo(document, actor=mine) is None
    now = review(document)
    assert now.find("c2").clause.theme.theme is Theme.SAFETY
    assert not now.find("c3").confirmed
    assert now.find("c1").touched == frozenset()
    assert Correction.objects.count() == 3
    assert Document.objects.get().version == 5


def test_two_people_at_different_clauses_do_not_meet(cast: Any, document: Any) -> None:
    correct(document, said.Confirm("c1"), actor=cast.municipal_officer, seen=0)
    correct(document, said.Confirm("c2"), actor=cast.methodologist, seen=0)
    assert Document.objects.get().checked == 2


def test_the_second_at_the_same_clause_is_told_what_changed(cast: Any, document: Any) -> None:
    correct(document, said.SetTheme("c1", Theme.MEALS), actor=cast.municipal_officer, seen=0)
    with pytest.raises(Overtaken) as told:
        correct(document, said.SetTheme("c1", Theme.SAFETY), actor=cast.methodologist, seen=0)
    assert [(row.actor, row.act) for row in told.value.rows] == [(cast.municipal_officer, "theme")]
    assert review(document).find("c1").clause.theme.theme is Theme.MEALS
    correct(document, said.SetTheme("c1", Theme.SAFETY), actor=cast.methodologist, seen=1)
    assert review(document).find("c1").clause.theme.theme is Theme.SAFETY


def test_what_another_took_back_is_a_change_too(cast: Any, document: Any) -> None:
    correct(document, said.SetTheme("c1", Theme.MEALS), actor=cast.municipal_officer, seen=0)
    undo(document, actor=cast.municipal_officer)
    with pytest.raises(Overtaken):
        correct(document, said.Confirm("c1"), actor=cast.methodologist, seen=1)


def test_a_correction_that_does_not_fit_stores_nothing(cast: Any, document: Any) -> None:
    with pytest.raises(Refused):
        correct(document, said.Merge("c1", "c3"), actor=cast.municipal_officer, seen=0)
    assert not Correction.objects.exists()
    assert Document.objects.get().version == 0


def test_defects_are_looked_for_again_after_a_change(cast: Any, document: Any) -> None:
    undated = next(f for f in review(document).find("c3").findings if f.kind == "deadline.missing")
    deadline = Standing.of(document).rereader.deadline("до 1 декабря 2025 года")
    correct(document, said.SetDeadline("c3", deadline), actor=cast.municipal_officer, seen=0)
    row = review(document).find("c3")
    assert finding_key(undated) not in {finding_key(finding) for finding in row.findings}
    assert finding_key(undated) in {finding_key(finding) for finding in row.settled}
    past = Standing.of(document).rereader.deadline("до 1 декабря 2020 года")
    correct(document, said.SetDeadline("c3", past), actor=cast.municipal_officer, seen=1)
    assert "deadline.past" in {finding.kind for finding in review(document).find("c3").findings}


def test_reading_along_is_not_correcting(cast: Any, document: Any) -> None:
    for person in (cast.observer, cast.analyst, cast.foreign_officer, cast.admin):
        with pytest.raises(PermissionDenied):
            correct(document, said.Confirm("c1"), actor=person, seen=0)
        with pytest.raises(PermissionDenied):
            undo(document, actor=person)


def test_an_adopted_document_is_closed(cast: Any, document: Any) -> None:
    Document.objects.update(status=Document.Status.ADOPTED)
    with pytest.raises(Refused):
        correct(document, said.Confirm("c1"), actor=cast.municipal_officer, seen=0)


def test_a_later_parser_changes_no_review(cast: Any, document: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    before = review(document).clauses
    monkeypatch.setattr(
        "avgust.web.documents.actions.parse_isolated", lambda *_a: pytest.fail("parsed again")
    )
    correct(document, said.Confirm("c1"), actor=cast.municipal_officer, seen=0)
    assert [row.clause for row in review(document).clauses] == [row.clause for row in before]


def test_a_date_that_a_person_sets_tells_the_years(cast: Any, uploaded: Any) -> None:
    document = uploaded(
        "РЕШЕНИЕ\nсовещания\n\nРЕШИЛИ:\n1. Школам провести ярмарку профессий до 1 мая 2026 года.\n"
    )
    assert document.adopted_on is None
    describe_document(
        document, actor=cast.methodologist, title=" Решение  о ярмарке ", adopted_on=date(2027, 8, 20)
    )
    document.refresh_from_db()
    assert (document.title, document.version) == ("Решение о ярмарке", 1)
    assert Standing.of(document).rereader.deadline("до 15 октября").end == date(2027, 10, 15)
    assert Entry.objects.get(code="documents.described").before["adopted_on"] is None
    with pytest.raises(Refused):
        describe_document(document, actor=cast.methodologist, title=" ", adopted_on=None)
