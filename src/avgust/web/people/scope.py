"""Whom a keeper of accounts or an officer sees: people with a post, of any date, under the own units.

Who has never had a post belongs to no unit yet: those who manage accounts see them.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from avgust.web.accounts.models import Post, User
from avgust.web.accounts.rights import Action
from avgust.web.territory.models import Unit

if TYPE_CHECKING:
    from avgust.web.accounts.models import PostQuerySet, UserQuerySet
    from avgust.web.territory.models import UnitQuerySet

NEVER_SET = "!"  # how Django begins the column of a password that was never set


def units_of(user: User) -> UnitQuerySet:
    """Return the units whose people `user` sees and may invite."""
    return Unit.objects.in_scope_of(user, Action.INVITE_PEOPLE)


def posts_in_scope(user: User) -> PostQuerySet:
    """Return the posts, of any date, at the units of `user`."""
    return Post.objects.filter(unit__in=units_of(user))


def people_visible_to(user: User) -> UserQuerySet:
    """Return the people that `user` sees."""
    seen = Q(Exists(posts_in_scope(user).filter(user=OuterRef("pk"))))
    if user.may(Action.MANAGE_ACCOUNTS):
        seen |= ~Q(Exists(Post.objects.filter(user=OuterRef("pk"))))
    return User.objects.filter(seen)


def with_post(people: UserQuerySet, posts: PostQuerySet, today: date) -> UserQuerySet:
    """Return those of `people` who hold one of `posts` today."""
    return people.filter(Exists(posts.on(today).filter(user=OuterRef("pk"))))


def awaited(people: UserQuerySet) -> UserQuerySet:
    """Return those who were invited and have neither set a password nor signed in (`User.is_awaited`)."""
    return people.filter(is_active=True, last_login=None, password__startswith=NEVER_SET)
