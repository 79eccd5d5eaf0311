"""Drafts of a fictional territory, as short as a case allows, read by the whole pipeline."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from avgust.domain.resolutions.model import EarlierClause, Finding, Resolution
from avgust.domain.resolutions.readers import read
from avgust.domain.resolutions.stages import parse

HEAD = """РЕЗОЛЮЦИЯ
августовской конференции педагогических работников Приреченской области

г. Приреченск

26 августа 2025 г.

Участники конференции РЕШИЛИ:

"""
BODY = "Министерству образования Приреченской области"


def parsed(text: str, earlier: Sequence[EarlierClause] = ()) -> Resolution:
    return parse(read(text.encode(), "draft.txt"), earlier)


def printed(points: Sequence[str], lead: str = f"1. {BODY}:") -> str:
    """Return a resolution with numbered points below one lead."""
    lines = [f"1.{number}. {point}" for number, point in enumerate(points, start=1)]
    return HEAD + "\n\n".join([lead, *lines]) + "\n"


@pytest.fixture
def draft() -> Callable[..., Resolution]:
    """Read points below one lead."""

    def make(*points: str, lead: str = f"1. {BODY}:", earlier: Sequence[EarlierClause] = ()) -> Resolution:
        return parsed(printed(points, lead), earlier)

    return make


@pytest.fixture
def document() -> Callable[..., Resolution]:
    """Read a whole text below the head of a resolution, or without it."""

    def make(text: str, *, head: bool = True) -> Resolution:
        return parsed((HEAD if head else "") + text)

    return make


@pytest.fixture
def found() -> Callable[[Resolution, str], list[Finding]]:
    """Return the findings of one kind."""

    def of(resolution: Resolution, kind: str) -> list[Finding]:
        return [finding for finding in resolution.findings if finding.kind == kind]

    return of
