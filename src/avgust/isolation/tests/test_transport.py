"""Documents as JSON and back."""

import json
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from avgust.domain.messages import Message
from avgust.domain.resolutions.model import Block, BlockKind, Cell, SourceDocument, Span
from avgust.isolation import decode_document, encode_document
from avgust.isolation.transport import decode_outcome

words = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=12)
labels = st.none() | st.sampled_from(("1.", "а)", "-"))
names = st.text(string.ascii_lowercase, min_size=1, max_size=5)
messages = st.builds(
    lambda params: Message("".join(f"%({key})s " for key in params), params),
    st.dictionaries(names, words | st.integers() | st.builds(Message, st.just("whole")), max_size=3),
)


@st.composite
def documents(draw):
    pieces, blocks, at = [], [], 0
    for _n in range(draw(st.integers(0, 6))):
        cells, start = [], at
        for column, text in enumerate(draw(st.lists(words, min_size=1, max_size=3))):
            span = Span(at, at + len(text))
            flags = draw(st.booleans()), draw(st.booleans())
            cells.append(Cell(text, span, column, draw(st.integers(1, 3)), *flags))
            pieces += [text, "\t"]
            at = span.end + 1
        span = Span(start, at - 1)
        blocks.append(
            Block(
                draw(st.sampled_from(BlockKind)),
                "".join(pieces)[start : at - 1],
                span,
                draw(st.none() | st.integers(0, 9)),
                draw(labels),
                draw(st.booleans()),
                draw(st.booleans()),
                draw(st.floats(0, 500)),
                tuple(cells) if draw(st.booleans()) else (),
                draw(st.none() | st.integers(0, 9)),
                draw(st.none() | st.integers(1, 9)),
            )
        )
    return SourceDocument(
        "".join(pieces),
        tuple(blocks),
        draw(st.sampled_from(("docx", "txt"))),
        draw(st.none() | st.just("cp1251")),
        draw(st.none() | st.integers(1, 99)),
        tuple(draw(st.lists(messages, max_size=2))),
    )


@given(documents())
@settings(max_examples=150, deadline=None)
def test_a_document_comes_back_as_it_was(document):
    assert decode_document(encode_document(document)) == document
    assert decode_outcome(encode_document(document)) == document


WRONG = {
    "no text": lambda v: v.pop("text"),
    "text is a number": lambda v: v.update(text=5),
    "span outside": lambda v: v["blocks"][0].__setitem__(2, 99),
    "span backwards": lambda v: v["blocks"][0].__setitem__(1, 6),
    "span is true": lambda v: v["blocks"][0].__setitem__(1, False),
    "unknown kind": lambda v: v["blocks"][0].__setitem__(0, "poem"),
    "short block": lambda v: v["blocks"][0].pop(),
    "blocks overlap": lambda v: v["blocks"].append(v["blocks"][0]),
    "cell outside its row": lambda v: v["blocks"][0].__setitem__(10, [[0, 9, 0, 1, False, False]]),
    "note without its value": lambda v: v.update(notes=[{"msgid": "%(x)s", "params": {"y": 1}}]),
    "note with a list": lambda v: v.update(notes=[{"msgid": "a", "params": {"x": []}}]),
    "note with a broken sentence": lambda v: v.update(notes=[{"msgid": "100 %", "params": {"x": 1}}]),
}


@pytest.mark.parametrize("spoil", WRONG.values(), ids=WRONG.keys())
def test_nothing_wrong_comes_through(spoil):
    document = SourceDocument("Пункт\n", (Block(BlockKind.PARAGRAPH, "Пункт", Span(0, 5)),), "txt")
    value = json.loads(encode_document(document))
    spoil(value)
    with pytest.raises(ValueError):
        decode_document(json.dumps(value).encode())


@given(
    st.binary(max_size=200)
    | st.recursive(st.none() | st.integers() | words, st.lists).map(json.dumps).map(str.encode)
)
@settings(max_examples=100, deadline=None)
def test_nonsense_is_a_value_error(data):
    with pytest.raises(ValueError):
        decode_document(data)
