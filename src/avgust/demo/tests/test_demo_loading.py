"""The demo in the database: whole, through the product's own acts, the same every time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from itertools import zip_longest
from typing import Any

import pytest
from django.db import transaction
from django.db.models.sql.compiler import SQLCompiler

from avgust.demo.loading import is_loaded, load
from avgust.demo.people import PEOPLE


def _rows() -> dict[str, list[tuple[object, ...]]]:
    """Return what the demo made, without numbers and times that a database gives."""
    from avgust.web.accounts.models import Post
    from avgust.web.audit.models import Entry
    from avgust.web.documents.models import Document
    from avgust.web.programmes.models import (
        Answer,
        ExecutorException,
        Measure,
        MeasureClause,
        MeasureExecutor,
    )
    from avgust.web.territory.models import Membership

    def listed(model: type, *columns: str) -> list[tuple[object, ...]]:
        return list(model.objects.order_by("pk").values_list(*columns))  # type: ignore[attr-defined]

    return {
        "places": listed(Membership, "unit__name", "unit__kind", "parent__name", "since", "until"),
        "posts": listed(Post, "user__email", "user__full_name", "role", "unit__name", "since"),
        "documents": listed(Document, "title", "sha256", "status", "measures", "open_findings"),
        "measures": listed(
            Measure, "programme__title", "label", "text", "due", "theme", "executor_names", "search"
        ),
        "executors": listed(
            MeasureExecutor, "measure__text", "name", "outcome", "rule", "unit__name", "unit_count"
        ),
        "exceptions": listed(ExecutorException, "executor__measure__label", "unit__name", "added", "reason"),
        "answers": listed(Answer, "measure__label", "answered__label", "status", "likeness"),
        "clauses": listed(MeasureClause, "measure__label", "source__label", "origin__label"),
        "causes": _causes(),
        "journal": [
            (
                code,
                actor,
                re.sub(r"-\d+(?=\.\w+$)", "", subject),
            )  # a file is called by its programme's number
            for code, actor, subject in listed(Entry, "code", "actor__email", "kept_subject")
        ],
    }


def _causes() -> list[tuple[object, ...]]:
    """Return the causes of decisions with what became of them, for who sees the whole region."""
    from django.utils import timezone

    from avgust.web.accounts.models import User
    from avgust.web.decisions.models import Cause
    from avgust.web.decisions.states import decided_on

    causes, officer = list(Cause.objects.order_by("pk")), User.objects.get(email="region@avgust.example")
    decided = decided_on(causes, officer, timezone.localdate())
    return [(cause.words, decided[cause.pk].state.value) for cause in causes]


@contextmanager
def _from_the_end() -> Iterator[None]:
    """Give the rows of every question that asks for no order from the end.

    PostgreSQL changes their order when rows die and their places are taken again: rarely, and never while
    one looks.
    """
    ask: Callable[..., Iterator[Any]] = SQLCompiler.results_iter

    def turned(self: SQLCompiler, *rest: Any, **named: Any) -> Iterator[Any]:
        rows = ask(self, *rest, **named)
        if self._meta_ordering or self.query.order_by or self.query.extra_order_by:
            return rows
        return reversed(list(rows))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SQLCompiler, "results_iter", turned)
        yield


@pytest.mark.django_db
def test_the_demo_is_whole_and_the_same_every_time(read_here: None) -> None:
    made = []
    for order in nullcontext(), _from_the_end():
        with transaction.atomic():
            assert not is_loaded()
            with order:
                load()
            assert is_loaded()
            made.append(_rows())
            transaction.set_rollback(True)
    first, second = made
    assert {row[0] for row in first["posts"]} >= {person.email for person in PEOPLE}
    states = [row[2] for row in first["documents"]]
    assert states == ["adopted", "adopted", "reviewing", "adopted", "adopted", "adopted", "reviewing"]
    adopted = {row[0] for row in first["documents"] if row[2] == "adopted"}
    assert {row[0] for row in first["measures"]} == adopted
    assert [row[1] for row in first["causes"]] == ["failed", "failed", "proven", "prepared", "nothing"] or [
        row[1] for row in first["causes"]
    ] == ["control", "failed", "proven", "prepared", "nothing"]
    assert {row[2] for row in first["answers"]} == {"confirmed", "suggested", "rejected"}
    assert {row[2] for row in first["exceptions"]} == {True, False}
    assert ("3.2", "3.3", "3.3") in first["clauses"]
    assert first.keys() == second.keys()
    for name in first:
        differ = [pair for pair in zip_longest(first[name], second[name]) if pair[0] != pair[1]]
        assert not differ, name
