"""Why, by whom, taken back and brought back; what others change; where a measure is added from."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from avgust.domain.resolutions.fragment import single_spaced
from avgust.domain.resolutions.model import PartKind, Theme
from avgust.domain.resolutions.review import corrections as said
from avgust.domain.resolutions.review.clause import opening
from avgust.domain.resolutions.review.fold import reviewed
from avgust.web.audit.models import Entry
from avgust.web.documents.actions import correct, redo, undo
from avgust.web.documents.models import Correction, Document
from avgust.web.documents.standing import Standing, resolution_of
from bench.varied import resolution as varied


def review(document: Any) -> Any:
    return Standing.of(document).review


def opened(signed_in: Any, user: Any, document: Any, clause: str = "c1") -> str:
    address = reverse("documents:review", args=[document.pk])
    return signed_in(user).get(address, {"clause": clause}).content.decode()


def test_what_was_taken_back_is_brought_back_in_its_turn(cast: Any, document: Any) -> None:
    me = cast.municipal_officer
    correct(document, said.SetTheme("c1", Theme.MEALS), actor=me, seen=0)
    correct(document, said.SetTheme("c2", Theme.SAFETY), actor=me, seen=1)
    after = review(document)
    undo(document, actor=me)
    undo(document, actor=me)
    assert review(document) == opening(resolution_of(document))
    assert [redo(document, actor=me).clause for _ in range(2)] == ["c1", "c2"]
    assert review(document) == after
    assert redo(document, actor=me) is None
    assert Entry.objects.filter(code="documents.redone").count() == 2


def test_what_is_newly_said_closes_the_way_forward(cast: Any, document: Any) -> None:
    me = cast.municipal_officer
    correct(document, said.Confirm("c1"), actor=me, seen=0)
    undo(document, actor=me)
    correct(document, said.Confirm("c2"), actor=me, seen=2)
    assert redo(document, actor=me) is None


def test_nobody_brings_back_what_another_took_back(cast: Any, document: Any) -> None:
    correct(document, said.Confirm("c1"), actor=cast.municipal_officer, seen=0)
    undo(document, actor=cast.municipal_officer)
    assert redo(document, actor=cast.methodologist) is None


def test_a_kept_fold_is_the_fold_made_anew(cast: Any, document: Any) -> None:
    me, other = cast.municipal_officer, cast.methodologist
    acts = (
        lambda: correct(document, said.SetTheme("c1", Theme.MEALS), actor=me, seen=99),
        lambda: correct(document, said.Merge("c1", "c2"), actor=other, seen=99),
        lambda: correct(document, said.NotMeasure("c3", PartKind.NOTING), actor=me, seen=99),
        lambda: undo(document, actor=me),
        lambda: undo(document, actor=other),
        lambda: redo(document, actor=me),
        lambda: correct(document, said.Confirm("c4"), actor=other, seen=99),
    )
    for act in acts:
        act()
        rows = Correction.objects.filter(document=document).standing()
        anew = reviewed(resolution_of(document), [row.said for row in rows])
        assert review(document) == anew
        counts = Document.objects.get(pk=document.pk)
        assert counts.measures == len(anew.measures)
        assert counts.checked == sum(row.confirmed for row in anew.measures)


def test_why_stands_with_the_correction_in_the_history_of_its_clause(
    cast: Any, say: Any, signed_in: Any, document: Any
) -> None:
    say(cast.municipal_officer, document, act="theme", clause="c1", theme="meals", reason="Речь о столовых")
    document.refresh_from_db()
    say(cast.municipal_officer, document, act="merge", clause="c1")
    html = opened(signed_in, cast.municipal_officer, document, "c1-c2").replace("\u00a0", " ")
    assert "Речь о столовых" in html
    assert "Питание" in html
    assert [row.reason for row in Correction.objects.all()] == ["Речь о столовых", ""]
    told = re.findall(r"<li[^>]*><span class=\"when\">.*?</li>", html, re.DOTALL)
    assert len(told) == 2
    undo(document, actor=cast.municipal_officer)
    assert "is-undone" in opened(signed_in, cast.municipal_officer, document)


def test_a_clause_is_of_another_kind(cast: Any, say: Any, signed_in: Any, document: Any) -> None:
    say(cast.municipal_officer, document, act="not_measure", clause="c1", kind="repeal")
    assert review(document).find("c1").kind is PartKind.REPEAL
    html = opened(signed_in, cast.municipal_officer, document)
    assert "утрата силы" in html
    assert 'value="measure" data-key="Enter"' in html
    refused = say(cast.municipal_officer, document, act="not_measure", clause="c2", kind="nonsense")
    assert refused.status_code == 409


def test_a_clause_becomes_the_heading_of_those_below(cast: Any, say: Any, document: Any) -> None:
    say(cast.municipal_officer, document, act="not_measure", clause="c1", kind="heading")
    rows = review(document).measures
    words = resolution_of(document).clauses[0].text
    assert [words in row.clause.section[-1] for row in rows] == [True, True, False, False]


def test_a_clause_moves_to_another_section_and_to_its_executor(cast: Any, say: Any, document: Any) -> None:
    from avgust.web.documents.saying import path_key

    first, last = review(document).measures[0], review(document).measures[-1]
    key = path_key(last.clause.headings)
    say(cast.municipal_officer, document, act="section", clause=first.id, section=key)
    moved = review(document).find(first.id).clause
    assert moved.headings == last.clause.headings
    assert [a.name for a in moved.addressees] == [a.name for a in last.clause.addressees]
    document.refresh_from_db()
    say(cast.municipal_officer, document, act="section", clause=first.id, heading="О питании:")
    assert review(document).find(first.id).clause.section == ("О питании:",)
    document.refresh_from_db()
    assert (
        say(cast.municipal_officer, document, act="section", clause=first.id, section="nope").status_code
        == 409
    )


def test_typed_words_are_split_too(cast: Any, say: Any, document: Any) -> None:
    say(cast.municipal_officer, document, act="add", after="c1", text="Открыть кружок и провести смотр")
    added = next(row for row in review(document).measures if row.id.startswith("a"))
    document.refresh_from_db()
    say(cast.municipal_officer, document, act="split", clause=added.id, cut="15")
    pieces = [row.clause.text for row in review(document).measures if row.id.startswith(f"{added.id}.")]
    assert pieces == ["Открыть кружок", "провести смотр"]


def test_a_measure_of_selected_words_points_at_them(cast: Any, say: Any, document: Any) -> None:
    source = resolution_of(document).document.text
    words = "Контроль за исполнением резолюции"
    start = source.index(words)
    say(
        cast.municipal_officer, document,
        act="add", text=words, **{"from": str(start), "to": str(start + len(words))},
    )  # fmt: skip
    added = next(row for row in review(document).measures if row.id.startswith("a"))
    assert added.clause.span.of(source) == words
    assert review(document).measures[-1] is added


@pytest.mark.parametrize(
    ("start", "end"),
    [
        pytest.param("0", "99999999", id="past the end"),
        pytest.param("9", "9", id="nothing"),
        pytest.param("x", "5", id="no number"),
        pytest.param("0", "9", id="other words"),
    ],
)
def test_a_selection_that_is_none_is_typed_words(
    cast: Any, say: Any, document: Any, start: str, end: str
) -> None:
    say(cast.municipal_officer, document, act="add", text="Открыть кружок", **{"from": start, "to": end})
    added = next(row for row in review(document).measures if row.id.startswith("a"))
    assert single_spaced(added.clause.text) == "Открыть кружок"
    assert added.clause.span.start == added.clause.span.end


def test_the_second_sees_what_changed_elsewhere(cast: Any, say: Any, signed_in: Any, document: Any) -> None:
    correct(document, said.SetTheme("c1", Theme.MEALS), actor=cast.municipal_officer, seen=0)
    answer = say(
        cast.methodologist, document, htmx=True, act="theme", clause="c2", theme="safety", version="0"
    )
    told = json.loads(answer["HX-Trigger"])["avgust:say"]
    assert "1.1" in told
    assert cast.municipal_officer.short_name in told
    assert 'id="p-c1"' in answer.content.decode()
    address = reverse("documents:review", args=[document.pk])
    ask = {"news": "1", "version": "2", "was": "c2"}
    client = signed_in(cast.methodologist)
    assert client.get(address, ask, headers={"HX-Request": "true"}).status_code == 204
    correct(document, said.Merge("c3", "c4"), actor=cast.municipal_officer, seen=2)
    answer = client.get(address, ask, headers={"HX-Request": "true"})
    assert answer["HX-Retarget"] == "#halves"


def test_a_conflict_offers_to_put_mine(cast: Any, say: Any, document: Any) -> None:
    correct(document, said.SetTheme("c1", Theme.MEALS), actor=cast.municipal_officer, seen=0)
    mine = {"act": "deadline", "clause": "c1", "deadline": "до 1 мая 2027 года", "reason": "Так решили"}
    html = say(cast.methodologist, document, htmx=True, version="0", **mine).content.decode()
    form = html[html.index('role="alert"') :].partition("</form>")[0]
    again = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
    again.pop("csrfmiddlewaretoken")
    assert again == {**mine, "version": "1"}
    assert say(cast.methodologist, document, htmx=True, **again).status_code == 200
    assert review(document).find("c1").clause.deadline.end.year == 2027


def test_a_merger_minds_both_clauses(cast: Any, say: Any, document: Any) -> None:
    correct(document, said.SetTheme("c2", Theme.MEALS), actor=cast.municipal_officer, seen=0)
    answer = say(cast.methodologist, document, act="merge", clause="c1", version="0")
    assert answer.status_code == 409


@pytest.mark.parametrize("clauses", [40, 160])
def test_a_correction_asks_the_database_the_same_of_any_document(
    cast: Any, signed_in: Any, uploaded: Any, clauses: int
) -> None:
    document, client = uploaded(varied(clauses)), signed_in(cast.municipal_officer)
    address = reverse("documents:correct", args=[document.pk])
    posted = {"act": "theme", "clause": "c2", "theme": "meals"}
    for version in range(3):
        with CaptureQueriesContext(connection) as queries:
            client.post(address, {**posted, "version": version}, headers={"HX-Request": "true"})
    assert len(queries) <= 33


def test_the_page_ends_with_nothing_left_to_check(cast: Any, signed_in: Any, uploaded: Any) -> None:
    document = uploaded(varied(6))
    for version, row in enumerate(review(document).measures):
        correct(document, said.Confirm(row.id), actor=cast.municipal_officer, seen=version)
    html = opened(signed_in, cast.municipal_officer, document)
    assert "Проверять больше нечего." in html
    assert "6 из 6" in html
