"""The drawing of a coverage: once for the same counts, anew for others."""

from __future__ import annotations

from avgust.domain.proof import Coverage, ProofState
from avgust.web.control.templatetags.control import drawn


def test_a_coverage_is_drawn_once() -> None:
    first = drawn(Coverage({ProofState.CLAIMED: 2, ProofState.NOT_DUE: 1}), "/a/")
    assert drawn(Coverage({ProofState.NOT_DUE: 1, ProofState.CLAIMED: 2}), "/a/") is first
    assert drawn(Coverage({ProofState.NOT_DUE: 1}), "/a/") != first
    assert 'href="/b/"' in drawn(Coverage({ProofState.CLAIMED: 2, ProofState.NOT_DUE: 1}), "/b/")
