"""What happened to the people of the demo: a second post, a handover, an invitation not answered, a closed account.

Done by the administrator of the demo through the product's own acts, so that cards and journal have a history.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from django.utils import timezone

if TYPE_CHECKING:
    from collections.abc import Mapping

    from avgust.web.accounts.models import User
    from avgust.web.territory.models import Unit

MAIL: Final = "@people.avgust.example"
# Who has one more post: (e-mail, role, unit).
SECOND_POSTS: Final = (
    ("methodologist@avgust.example", "head", "zaozerny-methodical"),
    ("analyst@avgust.example", "head", "quality-centre"),
)
# Schools whose head left: (unit, the successor's e-mail and name, days ago).
HANDOVERS: Final = (
    ("zaozerny-school-3", f"successor-3{MAIL}", "Лапина Вера Олеговна", 20),
    ("lugovoy-school-2", f"successor-2{MAIL}", "Ольшанский Пётр Денисович", -18),  # in 18 days
)
INVITED: Final = (f"invited{MAIL}", "Новосёлова Ия Марковна", "methodologist", "zaozerny")
CLOSED: Final = (f"left{MAIL}", "Бывалов Кирилл Янович", "observer", "zaozerny")


def live(places: Mapping[str, Unit], people: Mapping[str, User], day: date) -> None:
    """Do it all, as of `day`."""
    from avgust.web.accounts import actions
    from avgust.web.accounts.models import Post
    from avgust.web.accounts.rights import Role

    admin = people["admin@avgust.example"]
    _signed_in_lately(day)
    for email, role, key in SECOND_POSTS:
        for post in Post.objects.filter(unit=places[key], role=role).exclude(user=people[email]):
            actions.dismiss(post, until=day - timedelta(days=60), actor=admin)
        actions.appoint(
            people[email],
            role=Role(role),
            unit=places[key],
            since=day - timedelta(days=59),
            actor=admin,
        )
    for key, email, name, ago in HANDOVERS:
        post = Post.objects.filter(unit=places[key], role=Role.HEAD).not_ended(day).latest("since")
        actions.hand_over(post, email=email, full_name=name, until=day - timedelta(days=ago), actor=admin)
    for email, name, role, key in (INVITED, CLOSED):
        made = actions.invite_person(
            email=email,
            full_name=name,
            role=Role(role),
            unit=places[key],
            since=day - timedelta(days=7),
            actor=people["municipality@avgust.example"],
        )
        if email == CLOSED[0]:
            actions.dismiss(made, until=day - timedelta(days=1), actor=admin)
            actions.block_person(made.user, actor=admin, reason="Трудовой договор прекращён")


def _signed_in_lately(day: date) -> None:
    """Let the people who work in the demo have signed in within a month, each on a day of the own."""
    from avgust.web.accounts.models import User

    people = list(User.objects.filter(email__endswith=MAIL).order_by("email"))
    for number, person in enumerate(people):
        moment = datetime.combine(day - timedelta(days=number * 7 % 30), time(9, number % 60))
        person.last_login = timezone.make_aware(moment)
    User.objects.bulk_update(people, ["last_login"], batch_size=500)
