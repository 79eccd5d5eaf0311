"""What must be said of a paper, a page and an event."""

from __future__ import annotations

from datetime import date

import pytest

from avgust.domain.evidence import Paper, faults

TODAY = date(2026, 3, 12)
DAY = date(2026, 3, 11)

CASES = {
    "an act": (Paper("local_act", "Приказ", "41-ОД", DAY), set()),
    "an act of today": (Paper("local_act", number="1", dated=TODAY), set()),
    "an act without a number": (Paper("local_act", "Приказ", dated=DAY), {"number"}),
    "an act of tomorrow": (Paper("local_act", number="41", dated=date(2026, 3, 13)), {"dated"}),
    "an act with its page": (Paper("local_act", number="41", dated=DAY, url="https://a.example"), set()),
    "an act with a wrong page": (Paper("local_act", number="41", dated=DAY, url="a.example"), {"url"}),
    "minutes need no number": (Paper("minutes", "Педсовет", dated=DAY), set()),
    "minutes without a date": (Paper("minutes", "Педсовет", "3"), {"dated"}),
    "an event": (Paper("event", "Семинар", dated=DAY), set()),
    "an event without a name": (Paper("event", dated=DAY), {"title"}),
    "a page": (Paper("link", url="https://school.example/prikaz"), set()),
    "a page in Russian letters": (Paper("link", url="http://школа.рф/приказ"), set()),
    "no page": (Paper("link", "Сайт"), {"url"}),
    "a script": (Paper("link", url="javascript:alert(1)"), {"url"}),
    "a file": (Paper("link", url="file:///etc/passwd"), {"url"}),
    "a disguised address": (Paper("link", url="https://bank.example@evil.example/"), {"url"}),
    "a broken address": (Paper("link", url="http://[1"), {"url"}),
}


@pytest.mark.parametrize("name", CASES)
def test_faults(name: str) -> None:
    paper, fields = CASES[name]
    assert set(faults(paper, TODAY)) == fields
    assert not paper.blank


def test_a_kind_alone_says_nothing() -> None:
    assert Paper("link").blank
