"""Counts, what stops adoption, where to look next, and the gold file."""

from __future__ import annotations

from avgust.domain.resolutions.model import Resolution
from avgust.domain.resolutions.review.clause import finding_key
from avgust.domain.resolutions.review.corrections import Confirm, Dismiss, NotMeasure
from avgust.domain.resolutions.review.fold import reviewed
from avgust.domain.resolutions.review.gold import gold_file
from avgust.domain.resolutions.review.progress import next_measure, next_to_check, progress


def test_a_severe_finding_stops_adoption_until_a_person_decides(resolution: Resolution) -> None:
    start = progress(reviewed(resolution, ()))
    assert (start.checked, start.total, start.open_findings, start.to_check) == (0, 3, 3, 3)
    assert [finding.kind for finding in start.severe] == ["deadline.past"]
    assert not start.adoptable
    decided = [Confirm("c1"), Dismiss("c3", finding_key(resolution.findings[1]))]
    now = progress(reviewed(resolution, decided))
    assert (now.checked, now.open_findings, now.adoptable) == (1, 2, True)


def test_nothing_to_control_cannot_be_adopted(resolution: Resolution) -> None:
    none = [NotMeasure(f"c{n}") for n in (1, 2, 3)]
    assert not progress(reviewed(resolution, none)).adoptable


def test_the_next_to_check_goes_down_and_turns_round(resolution: Resolution) -> None:
    review = reviewed(resolution, [Confirm("c1")])
    assert [getattr(next_to_check(review, at), "id", None) for at in ("", "c1", "c2", "c3")] == [
        "c2",
        "c2",
        "c3",
        "c2",
    ]
    assert next_to_check(reviewed(resolution, [Confirm(f"c{n}") for n in (1, 2, 3)])) is None


def test_right_leads_to_the_next_unconfirmed(resolution: Resolution) -> None:
    review = reviewed(resolution, [Confirm("c2")])
    assert getattr(next_measure(review, "c1"), "id", None) == "c3"
    assert getattr(next_measure(review, "c3"), "id", None) == "c1"


def test_a_field_read_with_little_confidence_is_named(resolution: Resolution) -> None:
    row = reviewed(resolution, ()).find("c2")
    assert row is not None
    assert row.doubts == ("targets",)


def test_the_gold_file_holds_what_people_left(resolution: Resolution) -> None:
    gold = gold_file(resolution, reviewed(resolution, [NotMeasure("c3")]), "zaozernyi-2025")
    assert gold["adopted"] == {"date": "2025-08-28", "text": "28 августа 2025 г."}
    assert [(item["n"], item["label"]) for item in gold["items"]] == [(1, "1"), (2, "2")]
    assert gold["items"][0]["deadline"] == {
        "kind": "date", "start": None, "end": "2025-12-01", "text": "до 1 декабря 2025 года", "inherited": False,
    }  # fmt: skip
    assert gold["items"][1]["targets"] == [
        {"text": "до 30 процентов", "comparator": ">=", "value": 30, "unit": "%", "of": None}
    ]
    assert gold["items"][0]["theme"] == "quality"
    assert gold["items"][0]["section"] == ["Школам округа:"]
