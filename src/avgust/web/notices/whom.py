"""Whom a deadline concerns: posts and places of a day, read once for all deadlines of a run."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Final

from django.db.models import Q

from avgust.domain.reminders import Audience, escalated
from avgust.web.accounts.models import Post, User
from avgust.web.accounts.rights import Action, roles_that_may
from avgust.web.territory.models import Membership, Unit

_SPEAKS: Final = roles_that_may(Action.REPORT_ASSIGNMENT)
_DECIDES: Final = roles_that_may(Action.CONTROL_ASSIGNMENTS)
_PLACES: Final = (Unit.Kind.REGION, Unit.Kind.MUNICIPALITY)


def owners_of(unit: Unit, day: date) -> list[User]:
    """Return who answers for `unit`: of one organisation, what `Whom.owners` says of many."""
    own = Q(unit=unit, role__in=_DECIDES if unit.kind in _PLACES else _SPEAKS)
    posts = Post.objects.on(day).filter(own | _of_office(unit, day))
    return list(User.objects.filter(is_active=True, pk__in=posts.values("user")))


def _of_office(unit: Unit, day: date) -> Q:
    """Return the condition on posts of the place whose office `unit` is; on none for another organisation."""
    if unit.kind != Unit.Kind.AUTHORITY:
        return Q(pk__in=())
    place = Membership.objects.on(day).filter(unit=unit).values("parent")
    return Q(unit__in=place, role__in=_DECIDES)


class Whom:
    """The people of organisations on a day. A region has some thousand posts: they are held in memory."""

    def __init__(self, day: date) -> None:
        self.kinds: dict[int, str] = dict(Unit.objects.values_list("pk", "kind"))
        self._parents: dict[int, int] = dict(Membership.objects.on(day).values_list("unit", "parent"))
        self._at: defaultdict[int, list[int]] = defaultdict(list)
        self._deciding: defaultdict[int, list[int]] = defaultdict(list)
        self._owners: dict[int, list[int]] = {}
        self._above: dict[tuple[int, int], dict[Audience, int]] = {}
        posts = Post.objects.on(day).filter(user__is_active=True).order_by("user")
        for person, unit, role in posts.values_list("user", "unit", "role").distinct():
            if role in _DECIDES:
                self._deciding[unit].append(person)
            if role in _SPEAKS and self.kinds[unit] not in _PLACES:
                self._at[unit].append(person)

    def owners(self, unit: int) -> list[int]:
        """Return who answers for `unit`; for an authority also the officers of the place it stands in."""
        known = self._owners.get(unit)
        if known is None:
            known = self._owners[unit] = self._owners_of(unit)
        return known

    def _owners_of(self, unit: int) -> list[int]:
        people = self._at.get(unit, [])
        if self.kinds.get(unit) == Unit.Kind.AUTHORITY:
            people = people + self._deciding.get(self._parents.get(unit, 0), [])
        elif self.kinds.get(unit) in _PLACES:
            people = self._deciding.get(unit, [])
        return list(dict.fromkeys(people))

    def deciding(self, unit: int) -> list[int]:
        """Return who controls from `unit`."""
        return self._deciding.get(unit, [])

    def above(self, unit: int, adopter: int) -> dict[Audience, int]:
        """Return where the audiences above `unit` are; a place without officers passes it on to the next.

        Nobody stands above what a unit set itself: its own programme is its own to control.
        """
        known = self._above.get((unit, adopter))
        if known is None:
            known = self._above[unit, adopter] = {} if unit == adopter else self._line_of(unit, adopter)
        return known

    def _line_of(self, unit: int, adopter: int) -> dict[Audience, int]:
        authority = self.kinds.get(unit) == Unit.Kind.AUTHORITY
        line: list[int] = []
        here = self._parents.get(unit)
        while here is not None and here not in line:
            line.append(here)
            here = self._parents.get(here)
        staffed = [
            one
            for place, one in enumerate(line)
            if self._deciding.get(one) or one == adopter or (authority and place == 0)
        ]
        return escalated(staffed, authority=authority, adopter=adopter)
