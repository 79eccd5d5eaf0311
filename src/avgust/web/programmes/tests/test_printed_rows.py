"""What is printed once: of its facts alone, in the reader's language, on that day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.utils import timezone
from django.utils.translation import override

from avgust.web.programmes.presenting import RowFacts, WhoFacts
from avgust.web.ui.printing import printed

ROW = "programmes/_row.html"
FACTS = RowFacts(
    number="1.2",
    text="Провести <b>смотр</b>",
    address="/programmes/measure/5/",
    findings=2,
    executors=(WhoFacts(7, "Школа & сад", "ambiguous", 0),),
    due=date(2026, 3, 1),
    deadline="",
    targets=("не менее 60 %",),
    theme="Кадры",
)


def test_facts_are_escaped() -> None:
    said = printed(ROW, FACTS)
    assert "Провести &lt;b&gt;смотр&lt;/b&gt;" in said
    assert "Школа &amp; сад" in said


@pytest.mark.parametrize(
    "field", ["number", "text", "address", "findings", "executors", "due", "targets", "theme"]
)
def test_every_fact_is_printed_and_none_is_kept_from_another_row(field: str) -> None:
    changed = {
        "number": "9.9",
        "text": "Иное",
        "address": "/programmes/measure/6/",
        "findings": 5,
        "executors": (),
        "due": date(2026, 3, 2),
        "targets": (),
        "theme": "Среда",
    }
    assert printed(ROW, FACTS) != printed(ROW, replace(FACTS, **{field: changed[field]}))
    assert printed(ROW, FACTS) == printed(ROW, replace(FACTS))


def test_the_language_and_the_day_are_part_of_what_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    with override("ru"):
        russian = printed(ROW, FACTS)
    with override("en"):
        english = printed(ROW, FACTS)
    assert "какая?" in russian
    assert "which one?" in english
    with override("ru"):
        monkeypatch.setattr(timezone, "localdate", lambda *_: date(2026, 2, 28))
        before = printed(ROW, FACTS)
        monkeypatch.setattr(timezone, "localdate", lambda *_: date(2026, 3, 3))
        assert printed(ROW, FACTS) != before
