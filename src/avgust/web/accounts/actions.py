"""Acts on people: accounts and posts. `actor` is None for the command line of the server.

Two rights differ. A post is given by who may give its role at its unit (`rights.GRANTS`). The account as a
whole (its name, whether it may sign in, its second factors, its erasure) is kept by who manages the accounts
of every unit where the person has a post. Nobody does either to the own account: a second person does.
"""

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
from avgust.web.accounts.rights import Action, Role, fits
from avgust.web.audit.erasure import erase_private
from avgust.web.ui.stations import tell

if TYPE_CHECKING:
    from avgust.web.territory.models import Unit

COMPUTED = ("password", "search", "order")  # columns that nobody types


def _told(post: Post) -> dict[str, str]:
    """Return a post as the journal keeps it: the role as its code, to be read in the reader's language."""
    return {"role": post.role, "unit": str(post.unit)}


def obstacle(actor: User, user: User, *, ever: bool = False) -> str:
    """Return why `actor` may not keep the account of `user`, in a sentence; empty when nothing is in the way.

    The posts that count are those that have not ended; with `ever`, all that the person ever had.
    """
    if not actor.may(Action.MANAGE_ACCOUNTS):
        return _("Only an administrator of this territory manages its accounts.")
    if actor.pk == user.pk:
        return _("Nobody does this to the own account: another administrator does.")
    posts = user.posts.all() if ever else user.posts.not_ended(timezone.localdate())
    if not all(actor.may(Action.MANAGE_ACCOUNTS, post.unit) for post in posts.select_related("unit")):
        return _("The person also has posts outside the units whose accounts you keep.")
    return ""


def _require_keeper(actor: User | None, user: User, *, ever: bool = False) -> None:
    """Stop who does not keep the account of `user`."""
    if actor is not None and (why := obstacle(actor, user, ever=ever)):
        raise PermissionDenied(why)


def _require_grant(actor: User | None, user: User, role: Role, unit: Unit) -> None:
    """Stop who may not give or take this role at this unit."""
    if actor is None:
        return
    if role not in actor.roles_to_give(unit):
        raise PermissionDenied(_("Your post does not let you give this role at this organisation."))
    if actor.pk == user.pk:
        raise PermissionDenied(_("Nobody gives or ends a post of the own: another person does."))


@transaction.atomic
def add_person(*, email: str, full_name: str, actor: User | None, password: str | None = None) -> User:
    """Make an account; without a password the person sets one by e-mail or signs in another way."""
    if actor is not None and not actor.may(Action.MANAGE_ACCOUNTS):
        raise PermissionDenied(_("Only an administrator of this territory manages its accounts."))
    return _made(email=email, full_name=full_name, actor=actor, password=password)


def _made(*, email: str, full_name: str, actor: User | None, password: str | None = None) -> User:
    user = User(email=email.strip().lower(), full_name=" ".join(full_name.split()))
    if password is not None:
        validate_password(password, user)
    user.set_password(password)
    user.full_clean(exclude=COMPUTED)
    user.save()
    audit.record(
        actor=actor, code=codes.ADDED, subject=user, after={"email": user.email, "full_name": user.full_name}
    )
    return user


@transaction.atomic
def invite_person(
    *, email: str, full_name: str, role: Role, unit: Unit, since: date, actor: User | None
) -> Post:
    """Give a post to the owner of `email`; who has no account yet gets one, without a password.

    A name typed for an account that exists is not taken: its owner or its administrator corrects it.
    """
    known = User.objects.filter(email=email.strip().lower()).first()
    if known is not None and not known.is_active:
        raise ValidationError({"email": _("This account is closed. Its administrator opens it again.")})
    _require_grant(actor, known or User(), role, unit)
    user = known or _made(email=email, full_name=full_name, actor=actor)
    return appoint(user, role=role, unit=unit, since=since, actor=actor)


@transaction.atomic
def correct_person(user: User, *, email: str, full_name: str, actor: User | None) -> bool:
    """Change the name or the e-mail; return whether anything was different."""
    _require_keeper(actor, user)
    before = {"email": user.email, "full_name": user.full_name}
    user.email, user.full_name = email.strip().lower(), " ".join(full_name.split())
    after = {"email": user.email, "full_name": user.full_name}
    if after == before:
        return False
    user.full_clean(exclude=COMPUTED)
    user.save()
    if before["email"] != user.email:
        user.emailaddress_set.all().delete()  # type: ignore[attr-defined]  # allauth's, of the old address
    audit.record(actor=actor, code=codes.CORRECTED, subject=user, before=before, after=after)
    return True


@transaction.atomic
def appoint(
    user: User, *, role: Role, unit: Unit, since: date, actor: User | None, until: date | None = None
) -> Post:
    """Give `user` a post at `unit` from `since` on."""
    _require_grant(actor, user, role, unit)
    if not fits(role, unit.kind):
        raise ValidationError({"unit": _("This role has no meaning at such an organisation.")})
    if unit.closed is not None and since > unit.closed:
        raise ValidationError({"unit": _("The organisation is closed on that date.")})
    if user.posts.filter(role=role, unit=unit).not_ended(since).exists():
        raise ValidationError(_("The person has this post already on that date."))
    post = Post(user=user, role=role, unit=unit, since=since, until=until)
    post.full_clean()
    post.save()
    user.__dict__.pop("current_posts", None)
    audit.record(
        actor=actor,
        code=codes.APPOINTED,
        subject=user,
        after={"post": _told(post), "since": since},
        unit=unit,
    )
    return post


@transaction.atomic
def dismiss(post: Post, *, until: date, actor: User | None) -> Post:
    """End a post with `until` as its last day."""
    _require_grant(actor, post.user, Role(post.role), post.unit)
    if until < post.since:
        raise ValidationError({"until": _("A post cannot end before it begins.")})
    before = post.until
    post.until = until
    post.save(update_fields=["until"])
    audit.record(
        actor=actor,
        code=codes.DISMISSED,
        subject=post.user,
        before={"until": before},
        after={"post": _told(post), "until": until},
        unit=post.unit_id,
    )
    return post


@transaction.atomic
def hand_over(post: Post, *, email: str, full_name: str, until: date, actor: User | None) -> Post:
    """End `post` with `until` and give it, from the next day on, to the owner of `email`."""
    if email.strip().lower() == post.user.email:
        raise ValidationError({"email": _("The successor must be another person.")})
    dismiss(post, until=until, actor=actor)
    return invite_person(
        email=email,
        full_name=full_name,
        role=Role(post.role),
        unit=post.unit,
        since=until + timedelta(days=1),
        actor=actor,
    )


@transaction.atomic
def block_person(user: User, *, actor: User | None, reason: str = "") -> None:
    """Close the account: the person may not sign in, and who is signed in is out at once."""
    _require_keeper(actor, user)
    if not user.is_active:
        return
    user.is_active = False
    user.save(update_fields=["is_active"])
    _end_sessions(user)
    audit.record(actor=actor, code=codes.BLOCKED, subject=user, reason=reason)


@transaction.atomic
def unblock_person(user: User, *, actor: User | None) -> None:
    """Open a closed account again; an erased one stays closed."""
    _require_keeper(actor, user)
    if user.is_erased:
        raise ValidationError(_("The data of this person are erased; the account stays closed."))
    if user.is_active:
        return
    user.is_active = True
    user.save(update_fields=["is_active"])
    audit.record(actor=actor, code=codes.UNBLOCKED, subject=user)


@transaction.atomic
def reset_second_factor(user: User, *, actor: User | None, reason: str) -> None:
    """Take off the second factors of who lost them; the password stays, every session ends."""
    _require_keeper(actor, user)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why: how you made sure that it is this person who asks.")})
    user.authenticator_set.all().delete()  # type: ignore[attr-defined]  # allauth's
    _end_sessions(user)
    audit.record(actor=actor, code=codes.FACTOR_RESET, subject=user, reason=reason.strip())


@transaction.atomic
def erase_person(user: User, *, actor: User | None) -> None:
    """Take the person's data out of the account and the journal; the acts themselves stay.

    Who does it manages the accounts of every unit where the person ever had a post.
    """
    _require_keeper(actor, user, ever=True)
    yesterday = timezone.localdate() - timedelta(days=1)
    for post in user.posts.not_ended(timezone.localdate()):
        post.until = max(post.since, yesterday)
        post.save(update_fields=["until"])
    user.email, user.full_name = f"erased-{user.pk}@invalid", ""
    user.is_active = False
    user.set_unusable_password()
    user.save()
    _end_sessions(user)
    user.emailaddress_set.all().delete()  # type: ignore[attr-defined]  # allauth's
    user.socialaccount_set.all().delete()  # type: ignore[attr-defined]
    user.authenticator_set.all().delete()  # type: ignore[attr-defined]
    tell("accounts.erased", user=user)
    erase_private(user, actor=actor, code=codes.ERASED)


def _end_sessions(user: User) -> None:
    """Sign the person out everywhere."""
    for session in user.usersession_set.all():  # type: ignore[attr-defined]  # allauth's
        session.end()
