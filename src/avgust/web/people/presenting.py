"""What the pages of people show, read in a few queries whatever the number of people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Exists, OuterRef, Prefetch
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from avgust.web.accounts.actions import obstacle
from avgust.web.accounts.models import Post, User
from avgust.web.accounts.rights import Role
from avgust.web.people.scope import awaited, people_visible_to, posts_in_scope, units_of, with_post
from avgust.web.territory.models import Unit

if TYPE_CHECKING:
    from avgust.web.accounts.models import UserQuerySet

STATES: Final[dict[str, str | Promise]] = {
    "awaited": _("invited, not come yet"),
    "no_post": _("without a post today"),
    "closed": _("closed account"),
}
_PLACES: Final = (Unit.Kind.REGION, Unit.Kind.MUNICIPALITY)


def list_context(reader: User, asked: Mapping[str, str]) -> dict[str, Any]:
    """Return the people who answer the question, and what else may be asked."""
    today = timezone.localdate()
    words, role, state = (asked.get(name, "").strip()[:200] for name in ("q", "role", "state"))
    visible = people_visible_to(reader)
    places = list(units_of(reader).filter(kind__in=_PLACES))
    unit = _unit(reader, asked.get("unit", ""))
    found = visible.search(words) if words else visible
    found = _in_state(found, state, today)
    posts = posts_in_scope(reader)
    if unit is not None:
        posts = posts.filter(unit__in=Unit.objects.under(unit, today))
    if role in Role.values:
        posts = posts.filter(role=role)
    if unit is not None or role in Role.values:
        found = with_post(found, posts, today)
    return {
        "people": _with_posts(found, reader, today),
        "words": words,
        "role": role,
        "roles": Role.choices,
        "state": state,
        "states": STATES.items(),
        "unit": unit,
        "places": places if unit is None or unit in places else [unit, *places],
        "working": visible.filter(is_active=True).count(),
        "awaited": awaited(visible).count(),
        "asked": bool(words or role or state or unit),
    }


def _unit(reader: User, number: str) -> Unit | None:
    return units_of(reader).filter(pk=int(number)).first() if number.isdecimal() else None


def _in_state(people: UserQuerySet, state: str, today: date) -> UserQuerySet:
    match state:
        case "awaited":
            return awaited(people)
        case "no_post":
            return people.filter(~Exists(Post.objects.on(today).filter(user=OuterRef("pk"))), is_active=True)
        case "closed":
            return people.filter(is_active=False)
    return people.filter(is_active=True)


def _with_posts(people: UserQuerySet, reader: User, today: date) -> UserQuerySet:
    """Return `people` with the posts of today that the reader may know of, as `shown_posts`."""
    posts = posts_in_scope(reader).on(today).select_related("unit").order_by("since", "id")
    return people.prefetch_related(Prefetch("posts", queryset=posts, to_attr="shown_posts"))


@dataclass(frozen=True, slots=True)
class PostLine:
    """A post on the card: who took it over, and whether the reader may end it."""

    post: Post
    state: str  # "now", "coming", "ended"
    successor: User | None
    may_end: bool


def card_context(reader: User, person: User) -> dict[str, Any]:
    """Return the values of the card of `person`."""
    today = timezone.localdate()
    posts = list(posts_in_scope(reader).filter(user=person).select_related("unit").order_by("-since", "-id"))
    everywhere = person.posts.count()
    why_not = obstacle(reader, person)
    return {
        "person": person,
        "today": today,
        "lines": _lines(reader, posts, today),
        "elsewhere": everywhere - len(posts),
        "keeps": not why_not,
        "why_not": why_not,
        "may_erase": not (why_not or person.is_erased or obstacle(reader, person, ever=True)),
        "may_appoint": person.is_active and person.pk != reader.pk,
        "factors": person.authenticator_set.exclude(type="recovery_codes").count(),  # type: ignore[attr-defined]
        "sees_journal": everywhere == len(posts),
    }


def _lines(reader: User, posts: list[Post], today: date) -> list[PostLine]:
    """Return the posts, each with who has the same post from the day after it ends."""
    after = _successors(posts)
    lines = []
    for post in posts:
        over = post.until is not None and post.until < today
        mine = post.user_id == reader.pk
        lines.append(
            PostLine(
                post,
                "ended" if over else "coming" if post.since > today else "now",
                after.get((post.role, post.unit_id, _next_day(post))),
                may_end=not (over or mine) and Role(post.role) in reader.roles_to_give(post.unit),
            )
        )
    return lines


def _next_day(post: Post) -> date | None:
    return post.until + timedelta(days=1) if post.until else None


def _successors(posts: list[Post]) -> dict[tuple[str, int, date | None], User]:
    """Return who took a post over, by its role, unit and first day; one query for all."""
    days = {day for day in map(_next_day, posts) if day}
    if not days:
        return {}
    later = Post.objects.filter(unit__in={post.unit_id for post in posts}, since__in=days)
    return {(post.role, post.unit_id, post.since): post.user for post in later.select_related("user")}
