"""For whom a person works: what she may report about, and what she may never decide about."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils import timezone

from avgust.domain.resolutions.model import Relation
from avgust.web.accounts.models import Post
from avgust.web.accounts.rights import Action, roles_that_may
from avgust.web.programmes.models import MeasureExecutor
from avgust.web.programmes.reach import organisations_of
from avgust.web.territory import places
from avgust.web.territory.models import Unit

if TYPE_CHECKING:
    from avgust.web.accounts.models import User


def reporting_organisations(user: User) -> list[Unit]:
    """Return the organisations that a person speaks for: a post of staff does not make her one.

    Read once for a request, like `working_units`.
    """
    if not hasattr(user, "_reporting_organisations"):
        user._reporting_organisations = organisations_of(user)  # type: ignore[attr-defined]
    return user._reporting_organisations  # type: ignore[attr-defined]


def reporting_units(user: User) -> frozenset[int]:
    """Return the ids of the organisations that a person speaks for."""
    return frozenset(unit.pk for unit in reporting_organisations(user))


def working_units(user: User) -> frozenset[int]:
    """Return the ids of the units a person works for, the places of her posts and their authorities too.

    Read once for a request: the person is loaded anew by each.
    """
    if not hasattr(user, "_working_units"):
        user._working_units = reporting_units(user) | frozenset(post.unit_id for post in user.current_posts)  # type: ignore[attr-defined]
    return user._working_units  # type: ignore[attr-defined]


def controlled_among(units: Collection[int], user: User) -> frozenset[int]:
    """Return those of `units` about which `user` may decide: `user.may` for many, in one query."""
    scope = Unit.objects.in_scope_of(user, Action.CONTROL_ASSIGNMENTS)
    return frozenset(scope.filter(pk__in=units).values_list("pk", flat=True))


def controlled_first(user: User) -> QuerySet[Unit]:
    """Return the organisations about which `user` is the first to decide.

    Whoever stands above may decide, but a school's report waits for its municipality, not for the ministry:
    what lies under a place with officers of its own is theirs, except the authority itself, whose work they
    may not accept. The reader's own organisations are left out by the second person.
    """
    scope, lower = Unit.objects.in_scope_of(user, Action.CONTROL_ASSIGNMENTS), _staffed_below(user)
    under = places.under_for_rights(lower, timezone.localdate())
    found = scope.exclude(Q(pk__in=under) & ~Q(kind=Unit.Kind.AUTHORITY)) if lower else scope
    return found.exclude(pk__in=working_units(user))


def _staffed_below(user: User) -> list[int]:
    """Return the places under those of `user` that have officers of their own; read once for a request."""
    if not hasattr(user, "_staffed_below"):
        mine = {post.unit_id for post in user.posts_allowing(Action.CONTROL_ASSIGNMENTS)}
        scope = Unit.objects.in_scope_of(user, Action.CONTROL_ASSIGNMENTS)
        officers = Post.objects.on(timezone.localdate()).filter(
            role__in=roles_that_may(Action.CONTROL_ASSIGNMENTS), unit__in=scope
        )
        below = officers.exclude(unit__in=mine).values_list("unit", flat=True)
        user._staffed_below = list(below.distinct())  # type: ignore[attr-defined]
    return user._staffed_below  # type: ignore[attr-defined]


def named_posts(day: date) -> QuerySet[MeasureExecutor]:
    """Return the controllers of measures for whom a person is named whose post allows it on `day`."""
    posts = Post.objects.on(day).filter(
        role__in=roles_that_may(Action.CONTROL_ASSIGNMENTS), user__is_active=True
    )
    return MeasureExecutor.objects.filter(relation=Relation.CONTROLLER.value, post__in=posts).order_by("pk")


def controls_in_person(user: User) -> Q:
    """Return the condition on assignments of measures that `user` is named to control, not of her own units.

    The programme names her, so she is asked beside those whose place it is; whoever decides first decides.
    """
    mine = named_posts(timezone.localdate()).filter(post__user=user).order_by()
    named = list(mine.values_list("measure", flat=True))
    return Q(measure__in=named) & ~Q(unit__in=working_units(user)) if named else Q(pk__in=())
