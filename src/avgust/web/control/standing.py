"""For whom a person works: what she may report about, and what she may never decide about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils import timezone

from avgust.web.accounts.models import Post
from avgust.web.accounts.rights import Action, roles_that_may
from avgust.web.programmes.reach import organisations_of
from avgust.web.territory import places
from avgust.web.territory.models import Unit

if TYPE_CHECKING:
    from avgust.web.accounts.models import User


def reporting_units(user: User) -> frozenset[int]:
    """Return the ids of the organisations that a person speaks for: a post of staff does not make her one.

    Read once for a request, like `working_units`.
    """
    if not hasattr(user, "_reporting_units"):
        user._reporting_units = frozenset(unit.pk for unit in organisations_of(user))  # type: ignore[attr-defined]
    return user._reporting_units  # type: ignore[attr-defined]


def working_units(user: User) -> frozenset[int]:
    """Return the ids of the units a person works for, the places of her posts and their authorities too.

    Read once for a request: the person is loaded anew by each.
    """
    if not hasattr(user, "_working_units"):
        user._working_units = reporting_units(user) | frozenset(post.unit_id for post in user.current_posts)  # type: ignore[attr-defined]
    return user._working_units  # type: ignore[attr-defined]


def controlled_first(user: User) -> QuerySet[Unit]:
    """Return the organisations about which `user` is the first to decide.

    Whoever stands above may decide, but a school's report waits for its municipality, not for the ministry:
    what lies under a place with officers of its own is theirs, except the authority itself, whose work they
    may not accept. The reader's own organisations are left out by the second person.
    """
    today = timezone.localdate()
    mine = {post.unit_id for post in user.posts_allowing(Action.CONTROL_ASSIGNMENTS)}
    scope = Unit.objects.in_scope_of(user, Action.CONTROL_ASSIGNMENTS)
    officers = Post.objects.on(today).filter(role__in=roles_that_may(Action.CONTROL_ASSIGNMENTS))
    lower = list(
        officers.filter(unit__in=scope).exclude(unit__in=mine).values_list("unit", flat=True).distinct()
    )
    theirs = Q(pk__in=places.under_for_rights(lower, today)) & ~Q(kind=Unit.Kind.AUTHORITY)
    found = scope.exclude(theirs) if lower else scope
    return found.exclude(pk__in=working_units(user))
