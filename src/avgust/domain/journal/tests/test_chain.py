"""The chain tells each way of tampering apart and names the row."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avgust.domain.journal import (
    GENESIS,
    Anchor,
    Fault,
    FaultKind,
    Link,
    Stored,
    check_anchor,
    check_links,
    content_digest,
    link_hash,
    private_digest,
)


def chain(count: int) -> list[Link]:
    links, before = [], GENESIS
    for number in range(1, count + 1):
        digest = content_digest({"entry": number})
        before = link_hash(before, number, 100 + number, digest)
        links.append(Link(number, 100 + number, before, Stored(digest, digest)))
    return links


def changed(links: list[Link], place: int, **values: str | None) -> list[Link]:
    stored = links[place].stored
    assert stored is not None
    return [*links[:place], replace(links[place], stored=replace(stored, **values)), *links[place + 1 :]]


def test_a_whole_chain_has_no_fault() -> None:
    assert list(check_links(chain(20))) == []
    assert list(check_links([])) == []


WHOLE = chain(5)
TAMPERED = {
    "content changed": (changed(WHOLE, 2, computed="x"), [Fault(FaultKind.CHANGED, 3, 103)]),
    "content and digest changed": (
        changed(WHOLE, 2, digest="x", computed="x"),
        [Fault(FaultKind.BROKEN_LINK, 3, 103)],
    ),
    "entry deleted": (
        [*WHOLE[:1], replace(WHOLE[1], stored=None), *WHOLE[2:]],
        [Fault(FaultKind.DELETED, 2, 102)],
    ),
    "entry and link deleted": ([*WHOLE[:1], *WHOLE[2:]], [Fault(FaultKind.MISSING_LINK, 2)]),
    "the first two cut off": (
        WHOLE[2:],
        [Fault(FaultKind.MISSING_LINK, 1), Fault(FaultKind.MISSING_LINK, 2)],
    ),
    "hash of a link changed": (
        [*WHOLE[:1], replace(WHOLE[1], hash="f" * 64), *WHOLE[2:]],
        [Fault(FaultKind.BROKEN_LINK, 2, 102), Fault(FaultKind.BROKEN_LINK, 3, 103)],
    ),
    "entries of two links exchanged": (
        [
            WHOLE[0],
            replace(WHOLE[1], entry=103, stored=WHOLE[2].stored),
            replace(WHOLE[2], entry=102, stored=WHOLE[1].stored),
            *WHOLE[3:],
        ],
        [Fault(FaultKind.BROKEN_LINK, 2, 103), Fault(FaultKind.BROKEN_LINK, 3, 102)],
    ),
}


@pytest.mark.parametrize(("links", "faults"), TAMPERED.values(), ids=TAMPERED.keys())
def test_tampering_is_named(links: list[Link], faults: list[Fault]) -> None:
    assert list(check_links(links)) == faults


PRIVATE = private_digest("salt", {"name": "Боровой"})


@pytest.mark.parametrize(
    ("kept", "erased", "faults"),
    [
        (PRIVATE, frozenset(), []),
        (None, frozenset({102}), []),
        (None, frozenset(), [FaultKind.PRIVATE_GONE]),
        ("another", frozenset(), [FaultKind.PRIVATE_CHANGED]),
    ],
)
def test_personal_values(kept: str | None, erased: frozenset[int], faults: list[FaultKind]) -> None:
    links = changed(WHOLE, 1, private=PRIVATE, private_computed=kept)
    assert [fault.kind for fault in check_links(links, erased)] == faults


def test_the_salt_keeps_values_apart() -> None:
    assert private_digest("a", {"name": "Боровой"}) != private_digest("b", {"name": "Боровой"})


def test_an_anchor_shows_a_cut_tail_and_a_rewritten_chain() -> None:
    anchor = Anchor.of(str(Anchor(5, WHOLE[4].hash)))
    assert check_anchor(anchor, WHOLE[4].hash) is None
    assert check_anchor(anchor, None) == Fault(FaultKind.TRUNCATED, 5)
    assert check_anchor(anchor, "f" * 64) == Fault(FaultKind.REWRITTEN, 5)
    assert check_anchor(Anchor(0, GENESIS), None) is None


@pytest.mark.parametrize("text", ["", "5", "5:abc", f"x:{GENESIS}", f"-1:{GENESIS}", f"1:{'g' * 64}"])
def test_what_is_no_anchor(text: str) -> None:
    with pytest.raises(ValueError, match="no anchor"):
        Anchor.of(text)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.text(), VALUES, max_size=4))
def test_a_digest_outlives_json_and_the_order_of_keys(values: dict[str, object]) -> None:
    back = json.loads(json.dumps(dict(reversed(values.items()))))
    assert content_digest(back) == content_digest(values)


@pytest.mark.parametrize(("written", "read"), [(1.0, 1), (1e16, 10**16), (-0.0, 0), (1e300, 10**300)])
def test_a_digest_outlives_the_numbers_of_jsonb(written: float, read: int) -> None:
    assert content_digest({"n": written}) == content_digest({"n": read})


@given(st.integers(1, 12), st.data())
def test_any_one_change_is_found(count: int, data: st.DataObject) -> None:
    links = chain(count)
    place = data.draw(st.integers(0, count - 1))
    digest = content_digest({"entry": "another"})
    faults = list(check_links(changed(links, place, digest=digest, computed=digest)))
    assert [fault.link for fault in faults] == [place + 1]
