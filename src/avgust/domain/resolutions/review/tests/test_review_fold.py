"""The fold: what stands after corrections, and that nothing a person sends can break it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from avgust.domain.resolutions.model import Deadline, DeadlineKind, PartKind, Resolution, Theme
from avgust.domain.resolutions.review.clause import finding_key, opening
from avgust.domain.resolutions.review.corrections import (
    KINDS,
    AddClause,
    ApplyMend,
    Confirm,
    Dismiss,
    MakeHeading,
    MakeMeasure,
    Merge,
    NotMeasure,
    SetAddressees,
    SetDeadline,
    SetReferences,
    SetSection,
    SetTargets,
    SetText,
    SetTheme,
    Split,
    as_json,
    from_json,
)
from avgust.domain.resolutions.review.fold import extended, lineage, merged_id, piece_id, reviewed

WINTER = Deadline(DeadlineKind.DATE, end=date(2026, 1, 15), text="до 15 января 2026 г.", rule="person")


def test_nothing_said_leaves_exactly_what_the_parser_said(resolution: Resolution) -> None:
    review = reviewed(resolution, ())
    assert tuple(row.clause for row in review.measures) == resolution.clauses
    assert [row.id for row in review.clauses] == ["c1", "c2", "c3", "o1", "u1"]
    assert [finding.kind for row in review.clauses for finding in row.findings] == [
        "measures.several",
        "deadline.past",
    ]
    assert [finding.kind for finding in review.document_findings] == ["numbering.gap"]


def pieces(resolution: Resolution) -> tuple:
    return (resolution.clauses[0], resolution.clauses[0])


def test_each_field_is_set_and_the_rest_stays(resolution: Resolution) -> None:
    review = reviewed(
        resolution,
        [
            SetDeadline("c2", WINTER),
            SetTheme("c2", Theme.STAFF),
            SetText("c2", "Довести долю наставников до трети", "2а"),
            SetAddressees("c2", ()),
            SetTargets("c2", ()),
            SetReferences("c2", ()),
        ],
    )
    row = review.find("c2")
    assert row is not None
    assert (row.clause.deadline, row.clause.label, row.clause.targets) == (WINTER, "2а", ())
    assert row.clause.theme is not None
    assert row.clause.theme.theme is Theme.STAFF
    assert row.touched == {"deadline", "theme", "text", "addressees", "targets", "references"}
    assert row.clause.span == resolution.clauses[1].span
    assert review.find("c1") == opening(resolution).find("c1")


def test_a_clause_leaves_the_measures_and_another_joins_them(resolution: Resolution) -> None:
    other = opening(resolution).find("o1")
    assert other is not None
    review = reviewed(resolution, [NotMeasure("c2"), MakeMeasure("o1", other.clause)])
    assert [row.id for row in review.measures] == ["c1", "c3", "o1"]
    assert [row.id for row in review.others] == ["c2", "u1"]


def test_a_split_keeps_its_place_and_gives_new_names(resolution: Resolution) -> None:
    review = reviewed(resolution, [Split("c1", pieces(resolution)), Confirm("c1.2")])
    assert [row.id for row in review.measures] == ["c1.1", "c1.2", "c2", "c3"]
    assert not review.conflicts
    assert [finding.kind for finding in review.clauses[0].settled] == ["measures.several"]


def test_two_neighbours_become_one(resolution: Resolution) -> None:
    row = reviewed(resolution, [Merge("c1", "c2")]).find("c1-c2")
    assert row is not None
    assert row.clause.text == f"{resolution.clauses[0].text}; {resolution.clauses[1].text}"
    assert [a.name for a in row.clause.addressees] == ["школы округа"]
    assert row.clause.deadline == resolution.clauses[0].deadline
    assert row.clause.span.start == resolution.clauses[0].span.start
    assert row.clause.span.end == resolution.clauses[1].span.end


def test_an_added_clause_stands_below_its_place(resolution: Resolution) -> None:
    fresh = resolution.clauses[1]
    assert [r.id for r in reviewed(resolution, [AddClause("a9", fresh, after="c1")]).measures] == [
        "c1",
        "a9",
        "c2",
        "c3",
    ]
    assert next(r.id for r in reviewed(resolution, [AddClause("a9", fresh)]).measures) == "a9"


def test_a_dismissed_finding_stays_dismissed_when_searched_again(resolution: Resolution) -> None:
    past = resolution.findings[1]
    review = reviewed(
        resolution, [Dismiss("c3", finding_key(past)), SetDeadline("c3", WINTER, findings=(past,))]
    )
    row = review.find("c3")
    assert row is not None
    assert (row.findings, row.settled) == ((), (past,))


def test_a_change_settles_what_it_cured_and_opens_what_it_caused(resolution: Resolution) -> None:
    past, several = resolution.findings[1], resolution.findings[0]
    row = reviewed(resolution, [SetDeadline("c3", WINTER, findings=(several,))]).find("c3")
    assert row is not None
    assert (row.findings, row.settled) == ((several,), (past,))


def test_a_mend_changes_the_field_and_closes_its_finding(resolution: Resolution) -> None:
    key = finding_key(resolution.findings[1])
    row = reviewed(resolution, [ApplyMend("c3", key, SetDeadline("c3", WINTER))]).find("c3")
    assert row is not None
    assert (row.clause.deadline, row.findings) == (WINTER, ())
    assert [finding.kind for finding in row.settled] == ["deadline.past"]


def test_a_finding_of_the_whole_document_is_dismissed(resolution: Resolution) -> None:
    review = reviewed(resolution, [Dismiss("", finding_key(resolution.findings[2]))])
    assert review.document_findings == ()
    assert len(review.document_settled) == 1


STALE = [
    pytest.param(lambda r: [Confirm("c9")], 0, id="a clause that never was"),
    pytest.param(lambda r: [Split("c1", pieces(r)), Confirm("c1")], 1, id="a clause that was split"),
    pytest.param(
        lambda r: [Merge("c1", "c2"), SetTheme("c2", Theme.STAFF)], 1, id="a clause that was merged"
    ),
    pytest.param(lambda r: [Merge("c1", "c3")], 0, id="no neighbours"),
    pytest.param(lambda r: [NotMeasure("c2"), Merge("c2", "c3")], 1, id="no measure any more"),
    pytest.param(lambda r: [Split("c1", pieces(r)[:1])], 0, id="a split into one"),
    pytest.param(lambda r: [AddClause("c1", r.clauses[0])], 0, id="a name already there"),
    pytest.param(lambda r: [AddClause("a1", r.clauses[0], after="c9")], 0, id="below nothing"),
    pytest.param(lambda r: [Dismiss("c1", "no.such@0-1.1")], 0, id="no such finding"),
    pytest.param(
        lambda r: [ApplyMend("c1", "no.such@0-1.1", SetDeadline("c1", WINTER))], 0, id="a mend of nothing"
    ),
]


@pytest.mark.parametrize(("make", "index"), STALE)
def test_what_does_not_fit_is_a_conflict_and_changes_nothing(
    resolution: Resolution, make, index: int
) -> None:
    corrections = make(resolution)
    review = reviewed(resolution, corrections)
    assert [conflict.index for conflict in review.conflicts] == [index]
    assert review.clauses == reviewed(resolution, corrections[:index]).clauses


IDS = st.sampled_from(["c1", "c2", "c3", "o1", "u1", "c1.1", "c1.2", "c1-c2", "a1", "c9", ""])


def corrections_of(resolution: Resolution) -> st.SearchStrategy:
    clauses = st.sampled_from(resolution.clauses)
    keys = st.sampled_from([finding_key(f) for f in resolution.findings] + ["none"])
    findings = st.none() | st.lists(st.sampled_from(resolution.findings), max_size=2).map(tuple)
    deadlines = st.builds(SetDeadline, IDS, st.just(WINTER), findings=findings)
    return st.one_of(
        deadlines,
        st.builds(Confirm, IDS),
        st.builds(NotMeasure, IDS, st.none() | st.sampled_from([PartKind.NOTING, PartKind.REPEAL])),
        st.builds(SetSection, IDS, clauses.map(lambda c: c.headings), st.none() | st.just(())),
        st.builds(MakeHeading, IDS, st.just(resolution.headings[0]), st.lists(IDS, max_size=3).map(tuple)),
        st.builds(SetTheme, IDS, st.sampled_from(Theme), findings=findings),
        st.builds(SetText, IDS, st.text(max_size=5), st.none() | st.text(max_size=3)),
        st.builds(SetAddressees, IDS, clauses.map(lambda c: c.addressees)),
        st.builds(SetTargets, IDS, clauses.map(lambda c: c.targets)),
        st.builds(SetReferences, IDS, clauses.map(lambda c: c.references)),
        st.builds(MakeMeasure, IDS, clauses),
        st.builds(Split, IDS, st.lists(clauses, max_size=3).map(tuple)),
        st.builds(Merge, IDS, IDS),
        st.builds(AddClause, IDS, clauses, st.none() | IDS),
        st.builds(Dismiss, IDS, keys),
        st.builds(ApplyMend, IDS, keys, deadlines),
    )


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_any_corrections_fold_without_an_error_and_lose_no_finding(resolution: Resolution, data) -> None:
    said = data.draw(st.lists(corrections_of(resolution), max_size=12))
    review = reviewed(resolution, said)
    ids = [row.id for row in review.clauses]
    assert len(ids) == len(set(ids))
    assert all(0 <= conflict.index < len(said) for conflict in review.conflicts)
    fit = [c for at, c in enumerate(said) if at not in {conflict.index for conflict in review.conflicts}]
    again = reviewed(resolution, fit)
    assert (again.clauses, again.conflicts) == (review.clauses, ())
    kept = [f for row in review.clauses for f in (*row.findings, *row.settled)]
    kept += [*review.document_findings, *review.document_settled]
    assert {finding_key(f) for f in resolution.findings} <= {finding_key(f) for f in kept}


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_a_correction_comes_back_from_json_as_it_went(resolution: Resolution, data) -> None:
    correction = data.draw(corrections_of(resolution))
    assert from_json(as_json(correction)) == correction


def test_every_act_has_its_own_name() -> None:
    assert len(KINDS) == 16
    assert all(kind.act == act for act, kind in KINDS.items())


def test_a_heading_takes_the_clauses_below_it(resolution: Resolution) -> None:
    heading, schools = resolution.headings[0], resolution.clauses[0].addressees
    named = SetAddressees("c3", ())
    review = reviewed(
        resolution, [named, MakeHeading("c1", heading, over=("c2", "c3", "gone"), executors=schools)]
    )
    assert review.find("c1").kind is PartKind.HEADING
    assert [row.clause.headings[-1] for row in review.measures] == [heading, heading]
    assert [len(row.clause.addressees) for row in review.measures] == [1, 0]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("c1", {"c1"}, id="itself"),
        pytest.param("c1.2", {"c1.2", "c1"}, id="a piece"),
        pytest.param("c1-c2", {"c1-c2", "c1", "c2"}, id="a merger"),
        pytest.param("c1-c2.1", {"c1-c2.1", "c1-c2", "c1", "c2.1", "c2"}, id="a piece of it"),
    ],
)
def test_the_ids_a_clause_came_from(name: str, expected: set[str]) -> None:
    assert lineage(name) == expected


def test_an_id_fits_its_column_however_often_clauses_are_merged() -> None:
    name = "c1"
    for number in range(2, 60):
        name = piece_id(merged_id(name, f"c{number}"), 1)
        assert len(name) <= 60


def spoken(resolution: Resolution) -> st.SearchStrategy:
    """Acts of two people: what one says, or that one takes back or says again what was last taken back."""
    said = st.tuples(st.sampled_from("ab"), corrections_of(resolution))
    return st.lists(said | st.tuples(st.sampled_from("ab"), st.sampled_from(["undo", "redo"])), max_size=20)


def standing_after(acts: list) -> list[tuple[str, object]]:
    """Return (who, what) of the corrections that stand, as rows of a document are kept."""
    rows: list[list] = []
    for who, act in acts:
        own = [row for row in rows if row[0] == who]
        if act == "undo":
            for row in [row for row in own if row[2]][-1:]:
                row[2] = False
        elif act == "redo":
            rows += [[who, row[1], True] for row in [row for row in own if not row[2]][-1:]]
        else:
            rows.append([who, act, True])
    return [(who, act) for who, act, stands in rows if stands]


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_two_interleaved_histories_fold_alike_by_every_way_and_undo_to_the_start(
    resolution: Resolution, data
) -> None:
    acts = data.draw(spoken(resolution))
    said = [act for _who, act in standing_after(acts)]
    whole = reviewed(resolution, said)
    assert reviewed(resolution, said) == whole
    cut = data.draw(st.integers(0, len(said)))
    assert extended(reviewed(resolution, said[:cut]), said[cut:], cut) == whole
    one_by_one = opening(resolution)
    for at, correction in enumerate(said):
        one_by_one = extended(one_by_one, [correction], at)
    assert one_by_one == whole
    # Whatever does not fit is named: nothing that was said is passed over in silence.
    assert len({conflict.index for conflict in whole.conflicts}) == len(whole.conflicts) <= len(said)
    back = [*acts, *[(who, "undo") for who in data.draw(st.permutations("ab" * len(acts)))]]
    assert standing_after(back) == []
    assert reviewed(resolution, [act for _who, act in standing_after(back)]) == opening(resolution)


FIELDS = st.sampled_from(
    [
        lambda name: SetDeadline(name, WINTER),
        lambda name: SetTheme(name, Theme.STAFF),
        lambda name: SetText(name, "Провести смотр"),
        NotMeasure,
        Confirm,
    ]
)


@settings(max_examples=100, deadline=None)
@given(
    mine=st.lists(FIELDS, max_size=5),
    theirs=st.lists(FIELDS, max_size=5),
    turns=st.randoms(use_true_random=False),
)
def test_what_two_people_say_of_different_clauses_stands_in_any_order(
    resolution: Resolution, mine, theirs, turns
) -> None:
    one, other = [make("c1") for make in mine], [make("c2") for make in theirs]
    waiting = ["mine"] * len(one) + ["theirs"] * len(other)
    turns.shuffle(waiting)
    hands = {"mine": iter(one), "theirs": iter(other)}
    review = reviewed(resolution, [next(hands[whose]) for whose in waiting])
    assert review.conflicts == ()
    assert review.find("c1") == reviewed(resolution, one).find("c1")
    assert review.find("c2") == reviewed(resolution, other).find("c2")
