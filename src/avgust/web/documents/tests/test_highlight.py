"""Marks in the source: well nested, nothing lost, nothing unescaped, whatever overlaps."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from avgust.domain.resolutions.model import Span
from avgust.web.documents.highlight import Mark, marked

TEXT = 'до 1 мая <b>"А & Б"</b> провести смотр'

CASES = [
    pytest.param([], html.escape(TEXT[:8]), id="no marks"),
    pytest.param([Mark(0, 4, "when")], '<mark class="f-when" data-m="0-4">до 1</mark> мая', id="a field"),
    pytest.param(
        [Mark(0, 8, "when"), Mark(3, 4, "finding")],
        '<mark class="f-when" data-m="0-8">до <span class="f-bad" data-m="3-4">1</span> мая</mark>',
        id="a finding inside a field",
    ),
    pytest.param(
        [Mark(0, 5, "when"), Mark(3, 8, "ref")],
        '<mark class="f-when" data-m="0-5">до <mark class="f-ref" data-m="3-8">1 </mark></mark>'
        '<mark class="f-ref" data-m="3-8">мая</mark>',
        id="two that cross",
    ),
    pytest.param(
        [Mark(0, 50, "goal")], '<mark class="f-goal" data-m="0-50">до 1 мая</mark>', id="one that runs over"
    ),
    pytest.param(
        [Mark(0, 8, "clause", "c1"), Mark(0, 3, "label", "c1")],
        '<span class="cl" id="t-c1" data-clause="c1"><a class="n" href="#p-c1">до </a>1 мая</span>',
        id="a clause with its number",
    ),
]


@pytest.mark.parametrize(("marks", "expected"), CASES)
def test_marks(marks: list[Mark], expected: str) -> None:
    assert marked(TEXT, Span(0, 8), marks) == expected


def test_only_the_first_piece_of_a_clause_is_its_anchor() -> None:
    mark = Mark(0, 20, "clause", "c1")
    stretches = ((Span(0, 5), 0), (Span(6, 12), 5))
    pieces = [marked(TEXT, span, [mark], since) for span, since in stretches]
    assert [' id="t-c1"' in piece for piece in pieces] == [True, False]


class Nesting(HTMLParser):
    """Fails where a tag closes that is not the last opened."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


KINDS = st.sampled_from(["who", "when", "goal", "ref", "finding", "clause"])
MARKS = st.lists(
    st.builds(
        lambda a, size, kind: Mark(a, a + size, kind, "c1"), st.integers(0, 40), st.integers(1, 40), KINDS
    ),
    max_size=8,
    unique=True,
)


@settings(max_examples=200, deadline=None)
@given(text=st.text(alphabet="аб <>&\"'\n", max_size=60), marks=MARKS)
def test_any_marks_nest_and_keep_the_text(text: str, marks: list[Mark]) -> None:
    out = marked(text, Span(0, len(text)), marks)
    parser = Nesting()
    parser.feed(out)
    assert parser.open == []
    assert html.unescape(re.sub(r"<[^>]*>", "", out)) == text
