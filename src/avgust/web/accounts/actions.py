"""Acts on people: accounts, posts, erasure. `actor` is None for the command line of the server."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from avgust.web import audit
from avgust.web.accounts import codes
from avgust.web.accounts.models import Post, User
from avgust.web.accounts.rights import Action, Role
from avgust.web.audit.erasure import blank_person

if TYPE_CHECKING:
    from avgust.web.territory.models import Unit


def _require(actor: User | None, unit: Unit | None = None) -> None:
    """Stop who may not manage accounts there; the server's own command line may."""
    if actor is not None and not actor.may(Action.MANAGE_ACCOUNTS, unit):
        raise PermissionDenied(_("Only an administrator of this territory manages its accounts."))


@transaction.atomic
def add_person(*, email: str, full_name: str, actor: User | None, password: str | None = None) -> User:
    """Make an account; without a password the person sets one by e-mail or signs in another way."""
    _require(actor)
    user = User(email=email.strip().lower(), full_name=" ".join(full_name.split()))
    if password is not None:
        validate_password(password, user)
    user.set_password(password)
    user.full_clean(exclude=["password"])
    user.save()
    audit.record(
        actor=actor, code=codes.ADDED, subject=user, after={"email": user.email, "full_name": user.full_name}
    )
    return user


@transaction.atomic
def appoint(user: User, *, role: Role, unit: Unit, since: date, actor: User | None) -> Post:
    """Give `user` a post at `unit` from `since` on."""
    _require(actor, unit)
    post = Post(user=user, role=role, unit=unit, since=since)
    post.full_clean()
    post.save()
    user.__dict__.pop("current_posts", None)
    audit.record(actor=actor, code=codes.APPOINTED, subject=user, after={"post": str(post), "since": since})
    return post


@transaction.atomic
def dismiss(post: Post, *, until: date, actor: User | None) -> Post:
    """End a post with `until` as its last day."""
    _require(actor, post.unit)
    if until < post.since:
        raise ValidationError(_("A post cannot end before it begins."))
    before = post.until
    post.until = until
    post.save(update_fields=["until"])
    audit.record(
        actor=actor,
        code=codes.DISMISSED,
        subject=post.user,
        before={"until": before},
        after={"post": str(post), "until": until},
    )
    return post


@transaction.atomic
def erase_person(user: User, *, actor: User | None) -> None:
    """Take the person's data out of the account and the journal; the acts themselves stay.

    Who does it manages the accounts of every unit where the person ever had a post.
    """
    _require(actor)
    for post in user.posts.select_related("unit"):
        _require(actor, post.unit)
    if actor is not None and actor.pk == user.pk:
        raise PermissionDenied(_("Nobody erases the own account."))
    yesterday = timezone.localdate() - timedelta(days=1)
    for post in user.posts.on(timezone.localdate()):
        post.until = max(post.since, yesterday)
        post.save(update_fields=["until"])
    user.email, user.full_name = f"erased-{user.pk}@invalid", ""
    user.is_active = False
    user.set_unusable_password()
    user.save()
    user.emailaddress_set.all().delete()  # type: ignore[attr-defined]  # allauth's
    user.socialaccount_set.all().delete()  # type: ignore[attr-defined]
    user.authenticator_set.all().delete()  # type: ignore[attr-defined]
    blank_person(user)
    audit.record(actor=actor, code=codes.ERASED, subject=user)
