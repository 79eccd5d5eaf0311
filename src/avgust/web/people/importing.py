"""People from a file: read apart, compared, shown, and written only when a person says so.

What a file says is personal and is kept nowhere: it travels in the page, signed for its reader, for an hour.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from avgust.domain.people.comparing import Account, Place, Planned, State, compare
from avgust.domain.people.roster import Line, Roster, plain, read_roster
from avgust.isolation import read_table_isolated
from avgust.web.accounts import actions
from avgust.web.accounts.models import Post, User
from avgust.web.accounts.rights import GRANTS, Role
from avgust.web.people.scope import units_of
from avgust.web.territory import places
from avgust.web.territory.models import Unit

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_LINES: Final = 300  # letters are sent while the page waits
HOUR: Final = 3600
_SALT: Final = "people.roster"


def read_file(data: bytes, user: User) -> Roster:
    """Return the people of a file. Raises TableError for no table, ValidationError for no list of people."""
    roster = read_roster(read_table_isolated(data), _roles(user), timezone.localdate())
    if roster is None:
        raise ValidationError(
            _("No sheet has the heads of the columns: e-mail, role, organisation. Download the template.")
        )
    if len(roster.lines) + len(roster.faults) > MOST_LINES:
        raise ValidationError(
            _("More than %(limit)s people are in the file. Split it.") % {"limit": MOST_LINES}
        )
    return roster


def _roles(user: User) -> dict[str, str]:
    """Return the codes of the roles that `user` gives, by their words in every language."""
    known = {}
    for role in user.roles_to_give():
        known[plain(role.value)] = role.value
        for language, _name in settings.LANGUAGES:
            with translation.override(language):
                known[plain(str(role.label))] = role.value
    return known


def planned(lines: Sequence[Line], user: User) -> list[Planned]:
    """Return what would become of each line now."""
    return compare(lines, _accounts(lines), _places(user))


def _accounts(lines: Iterable[Line]) -> dict[str, Account]:
    today = timezone.localdate()
    users = User.objects.filter(email__in={line.email for line in lines})
    posts: dict[int, set[tuple[str, int]]] = defaultdict(set)
    for user_id, role, unit in (
        Post.objects.not_ended(today).filter(user__in=users).values_list("user", "role", "unit")
    ):
        posts[user_id].add((role, unit))
    return {
        user.email: Account(user.full_name, open=user.is_active, posts=frozenset(posts[user.pk]))
        for user in users
    }


def _places(user: User) -> Mapping[str, tuple[Place, ...]]:
    """Return the organisations of `user` by their names and tax numbers, with the roles to be given there."""
    today = timezone.localdate()
    roles: dict[int, set[str]] = defaultdict(set)
    for post in user.current_posts:
        given = GRANTS.get(Role(post.role), frozenset())
        if given:
            under = Unit.objects.filter(pk__in=places.under_for_rights([post.unit_id], today))
            for pk in under.order_by().values_list("pk", flat=True):
                roles[pk] |= {role.value for role in given}
    found: dict[str, list[Place]] = defaultdict(list)
    rows = units_of(user).on(today).values_list("pk", "name", "short_name", "inn")
    for pk, name, short_name, inn in rows:
        place = Place(pk, short_name or name, frozenset(roles[pk]))
        for word in {plain(name), plain(short_name), inn} - {""}:
            found[word].append(place)
    return {word: tuple(listed) for word, listed in found.items()}


def signed(rows: Iterable[Planned], user: User) -> str:
    """Return the lines that may be written, signed for their reader."""
    plain_lines = [
        (
            row.line.number,
            row.line.email,
            row.line.full_name,
            row.line.role,
            row.line.place,
            str(row.line.since),
        )
        for row in rows
        if row.state in (State.NEW, State.POST)
    ]
    return signing.dumps(plain_lines, salt=f"{_SALT}.{user.pk}", compress=True)


def lines_in(token: str, user: User) -> list[Line]:
    """Return the lines that `signed` wrote; BadSignature for what is another's, changed or too old."""
    said: list[Any] = signing.loads(token, salt=f"{_SALT}.{user.pk}", max_age=HOUR)
    return [
        Line(number, email, full_name, role, place, date.fromisoformat(since))
        for number, email, full_name, role, place, since in said
    ]


def write(lines: Sequence[Line], user: User) -> tuple[list[Post], list[tuple[Line, str]]]:
    """Invite everybody who can be invited now; return the posts, and who was left out and why."""
    done: list[Post] = []
    left: list[tuple[Line, str]] = []
    for row in planned(lines, user):
        if row.place is None or row.state is State.SAME:
            continue
        try:
            with transaction.atomic():
                done.append(_invited(row.line, row.place, user))
        except (ValidationError, PermissionDenied) as error:
            left.append((row.line, " ".join(getattr(error, "messages", [str(error)]))))
    return done, left


def _invited(line: Line, place: Place, user: User) -> Post:
    return actions.invite_person(
        email=line.email,
        full_name=line.full_name,
        role=Role(line.role),
        unit=Unit.objects.get(pk=place.unit),
        since=line.since,
        actor=user,
    )
