"""What people are told of milestones: that a decision waits for them, and what was decided."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from avgust.web.accounts.models import Post
from avgust.web.accounts.rights import Action, roles_that_may
from avgust.web.notices.actions import tell
from avgust.web.notices.kinds import Kind, declare
from avgust.web.projects.notices import milestone_title

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from avgust.web.accounts.models import User
    from avgust.web.projects.models import Milestone

CLAIMED: Final = declare("projects.claimed", _("Waits for your decision: %(title)s"))
ACCEPTED: Final = declare("projects.accepted", _("Accepted: %(title)s"))
RETURNED: Final = declare("projects.returned", _("Returned for rework: %(title)s"))


def tell_people(row: Milestone, kind: Kind, people: Iterable[User]) -> None:
    """Tell people of a milestone once for each version of it, and not the reason: it may speak of persons."""
    tell(
        people,
        kind,
        subject=row,
        title=milestone_title(row),
        address=row.get_absolute_url(),
        period=f"version {row.version}",
        heading=row.project.measure.programme.title,
    )


def nearest_deciders(row: Milestone, may: Callable[[User], bool]) -> list[User]:
    """Return the people of the nearest place, from the programme's upwards, of whom some `may` decide."""
    today = timezone.localdate()
    unit = row.project.measure.programme.unit
    line = [*unit.line_on(today), unit]
    roles = roles_that_may(Action.CONTROL_ASSIGNMENTS)
    posts = Post.objects.on(today).filter(role__in=roles, unit__in=line, user__is_active=True)
    found: dict[int, dict[int, User]] = {}
    for post in posts.select_related("user").order_by("pk"):
        found.setdefault(post.unit_id, {})[post.user_id] = post.user
    for place in reversed(line):
        people = [person for person in found.get(place.pk, {}).values() if may(person)]
        if people:
            return people
    return []
