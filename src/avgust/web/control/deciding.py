"""Who may decide about an assignment: the nearest people above it whom the second person does not bar."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from avgust.domain.control.facts import Facts
from avgust.domain.control.guards import second_person
from avgust.web.accounts.models import Post
from avgust.web.accounts.rights import Action, roles_that_may
from avgust.web.control.standing import named_posts
from avgust.web.territory.models import Membership, Unit

if TYPE_CHECKING:
    from avgust.web.accounts.models import User
    from avgust.web.control.models import Assignment

NAMED = 3  # people named in a sentence


@dataclass(frozen=True, slots=True)
class Deciders:
    """The people of one place who may accept; nobody where the territory has none."""

    unit: Unit | None = None
    people: tuple[User, ...] = ()
    named: tuple[User, ...] = ()  # whom the measure names to control it in person

    @property
    def sentence(self) -> str:
        """Say who accepts."""
        said = self._nearest
        if self.named:
            names = ", ".join(person.short_name for person in self.named[:NAMED])
            said += " " + _("Controlled in person by: %(names)s.") % {"names": names}
        return said

    @property
    def _nearest(self) -> str:
        if self.unit is None:
            return _("Nobody above has the post to accept this. Tell the administrator of your territory.")
        names = ", ".join(person.short_name for person in self.people[:NAMED])
        return _("Accepted by: %(names)s (%(unit)s).") % {"names": names, "unit": self.unit}


def deciders_of(assignment: Assignment) -> Deciders:
    """Return who may accept, asked from the nearest place upwards, in four queries."""
    today, unit = timezone.localdate(), assignment.unit
    controllers = named_posts(today).filter(measure=assignment.measure_id).select_related("post__user")
    named = tuple(row.post.user for row in controllers if row.post)
    above = unit.line_on(today)[::-1]
    roles = roles_that_may(Action.CONTROL_ASSIGNMENTS)
    posts = Post.objects.on(today).filter(role__in=roles, unit__in=above, user__is_active=True)
    candidates: defaultdict[int, dict[int, User]] = defaultdict(dict)
    for post in posts.select_related("user").order_by("since", "pk"):
        candidates[post.unit_id][post.user_id] = post.user
    works_for = _units_of_people({pk for people in candidates.values() for pk in people})
    for place in above:
        people = [
            person
            for pk, person in candidates[place.pk].items()
            if second_person(_as_seen(assignment, pk, works_for[pk])) is None
        ]
        if people:
            return Deciders(place, tuple(people), named)
    return Deciders(named=named)


def _as_seen(assignment: Assignment, person: int, units: frozenset[int]) -> Facts:
    """Return what the guard of the second person looks at."""
    return Facts(
        status=assignment.status,
        unit=assignment.unit_id,
        today=timezone.localdate(),
        actor=person,
        actor_units=units,
        spoke=frozenset(assignment.spoke.get("people", ())),
        spoke_units=frozenset(assignment.spoke.get("units", ())),
    )


def _units_of_people(people: set[int]) -> dict[int, frozenset[int]]:
    """Return for whom each of `people` works: their posts, and the authorities of the places of these."""
    today = timezone.localdate()
    posts = list(Post.objects.on(today).filter(user__in=people).values_list("user", "unit"))
    here = Membership.objects.on(today).filter(
        parent__in={unit for _user, unit in posts}, unit__kind=Unit.Kind.AUTHORITY
    )
    authorities: defaultdict[int, set[int]] = defaultdict(set)
    for parent, unit in here.values_list("parent", "unit"):
        authorities[parent].add(unit)
    found: defaultdict[int, set[int]] = defaultdict(set)
    for user, unit in posts:
        found[user] |= {unit} | authorities[unit]
    return {user: frozenset(units) for user, units in found.items()}


def why_not(assignment: Assignment, reader: User, units: frozenset[int]) -> str:
    """Return why `reader` may not accept, in a sentence; "" for who may."""
    if not reader.may(Action.CONTROL_ASSIGNMENTS, assignment.unit):
        return _("You cannot accept it.")
    barred = second_person(_as_seen(assignment, reader.pk, units))
    return _("You cannot accept it: %(reason)s") % {"reason": _(barred.msgid)} if barred else ""
