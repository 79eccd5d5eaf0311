"""Evidence examined in a process of its own."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from avgust.domain.evidence import EvidenceError
from avgust.isolation import Limits
from avgust.isolation.evidence import examine_isolated


def _picture(size: tuple[int, int] = (40, 20)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, "JPEG")
    return out.getvalue()


def test_a_picture_comes_back_drawn_anew() -> None:
    found = examine_isolated(_picture() + b"<script>")
    assert (found.extension, found.kind) == ("jpg", "photo")
    assert b"<script>" not in found.data
    assert Image.open(io.BytesIO(found.data)).size == (40, 20)


def test_a_refusal_comes_back_with_its_sentence() -> None:
    with pytest.raises(EvidenceError) as refused:
        examine_isolated(b"GIF89a")
    assert refused.value.message.params == {"format": "GIF"}


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        pytest.param(Limits(wall_seconds=0.01), "timeout", id="too slow"),
        pytest.param(Limits(memory=200 * 1024 * 1024), "crashed", id="too large in memory"),
    ],
)
def test_a_process_that_fails_is_a_sentence(limits: Limits, code: str) -> None:
    with pytest.raises(EvidenceError) as refused:
        examine_isolated(_picture((7000, 7000)), limits)
    assert refused.value.code == code
