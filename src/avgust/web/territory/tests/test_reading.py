"""A page that keeps the places of its reader shows what an act sees that asks anew each time."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from avgust.web.accounts.models import User
from avgust.web.accounts.rights import Action
from avgust.web.control.models import Assignment
from avgust.web.documents.models import Document
from avgust.web.programmes.models import Measure, Programme
from avgust.web.territory.models import Membership, Unit, reads_everything
from avgust.web.ui.reading import ReadingMiddleware, found_once, is_read, while_read

SINCE = date(2020, 9, 1)
PEOPLE = (
    "regional_officer",
    "municipal_officer",
    "head",
    "analyst",
    "observer",
    "admin",
    "foreign_officer",
    "outsider",
)
SCOPES: dict[str, Any] = {
    "in scope": Unit.objects.in_scope_of,
    "seen": Unit.objects.visible_to,
    "kept by": lambda user: Unit.objects.in_scope_of(user, Action.EDIT_TERRITORY),
    "above": lambda user: Unit.objects.above_posts_of(user, Action.SEE_TERRITORY),
    "documents": Document.objects.visible_to,
    "programmes": Programme.objects.visible_to,
    "measures": Measure.objects.visible_to,
    "assignments": Assignment.objects.visible_to,
}


@pytest.fixture
def two_regions(cast: Any) -> Any:
    """A second region with a school: the first region's officer reads nearly everything, not all."""
    other = Unit.objects.create(kind="region", name="Залесская область", opened=SINCE)
    school = Unit.objects.create(kind="school", name="Залесская школа", opened=SINCE)
    Membership.objects.create(unit=school, parent=other, since=SINCE)
    return cast


def anew(user: User) -> User:
    """Return the person as a request loads her: without what an earlier one kept."""
    return User.objects.get(pk=user.pk)


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("name", PEOPLE)
@pytest.mark.parametrize("world", ["cast", "two_regions"])
def test_reading_shows_what_an_act_sees(
    world: str, name: str, scope: str, request: pytest.FixtureRequest
) -> None:
    user = getattr(request.getfixturevalue(world), name)
    acted = set(SCOPES[scope](anew(user)).values_list("pk", flat=True))
    with while_read():
        reader = anew(user)
        read = [set(SCOPES[scope](reader).values_list("pk", flat=True)) for _ in range(3)]
    assert read == [acted] * 3


def test_everything_is_read_where_nothing_stands_outside(cast: Any) -> None:
    with while_read():
        assert reads_everything(cast.regional_officer)
        assert not reads_everything(cast.municipal_officer)
    assert not reads_everything(cast.regional_officer), "an act asks for its scope"


def test_another_region_is_outside(two_regions: Any) -> None:
    with while_read():
        assert not reads_everything(two_regions.regional_officer)
        seen = Unit.objects.in_scope_of(two_regions.regional_officer)
        assert not seen.filter(name__startswith="Залесская").exists()


def test_the_tree_is_walked_once_for_a_page(two_regions: Any) -> None:
    def walks(times: int) -> int:
        with while_read(), CaptureQueriesContext(connection) as asked:
            for _ in range(times):
                list(Unit.objects.in_scope_of(two_regions.municipal_officer))
        return sum("RECURSIVE" in query["sql"] for query in asked.captured_queries)

    assert walks(1) == 1
    assert walks(12) == 2, "inside the first question, then for all that follow"


def test_nothing_is_kept_over_the_end_of_a_page(cast: Any) -> None:
    with while_read():
        assert cast.units.school in Unit.objects.in_scope_of(cast.municipal_officer)
        list(Unit.objects.in_scope_of(cast.municipal_officer))
    Membership.objects.filter(unit=cast.units.school).update(parent=cast.units.neighbour)
    with while_read():
        for _ in range(2):
            assert cast.units.school not in Unit.objects.in_scope_of(anew(cast.municipal_officer))


@pytest.mark.parametrize(("method", "kept"), [("get", True), ("head", True), ("post", False)])
def test_only_a_page_keeps(method: str, kept: bool, rf: RequestFactory) -> None:
    seen = []

    def answer(_request: HttpRequest) -> HttpResponse:
        found_once("key", lambda: seen.append(is_read()))
        found_once("key", lambda: seen.append(is_read()))
        return HttpResponse()

    ReadingMiddleware(answer)(getattr(rf, method)("/"))
    assert seen == ([True] if kept else [False, False])
    assert not is_read()
