"""People and their posts."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from avgust.web.accounts.rights import GRANTS, RIGHTS, Action, Role
from avgust.web.ui.search import OrderField, SearchField, words_filter

if TYPE_CHECKING:
    from avgust.web.territory.models import Unit


class UserQuerySet(models.QuerySet["User"]):
    """People by words."""

    def search(self, query: str) -> UserQuerySet:
        """Return the people whose name or e-mail has every word of `query`; case and ё do not matter."""
        return self.filter(words_filter("search", query))


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    """People found by e-mail, without regard to case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Add a person; without a password they sign in by another way or set one by e-mail."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        """Return the person of the e-mail, in any case of letters."""
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser):
    """A person who signs in by e-mail."""

    class Theme(models.TextChoices):
        """Light or dark; by default what the device says."""

        SYSTEM = "system", _("as on the device")
        LIGHT = "light", _("light")
        DARK = "dark", _("dark")

    email = models.EmailField(_("e-mail"), unique=True)
    full_name = models.CharField(_("full name"), max_length=200)
    language = models.CharField(_("language"), max_length=2, blank=True)
    theme = models.CharField(_("theme"), max_length=6, choices=Theme, default=Theme.SYSTEM)
    single_keys = models.BooleanField(
        _("keys of one letter"), default=True
    )  # WCAG 2.1.4: can be switched off
    is_active = models.BooleanField(_("may sign in"), default=True)
    joined = models.DateTimeField(_("since"), default=timezone.now)
    search = SearchField("full_name", "email")
    order = OrderField("full_name", "email", db_index=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ("order", "id")

    def __str__(self) -> str:
        return str(_("erased person")) if self.is_erased else self.full_name or self.email

    @property
    def short_name(self) -> str:
        """Return «Е. А. Ларина» of «Ларина Елена Андреевна»; a name of one word as it is."""
        family, *given = self.full_name.split()[:3] or [str(self)]
        return " ".join([*(f"{name[0]}." for name in given), family])

    @property
    def is_erased(self) -> bool:
        """Return whether the person's data were erased; only the acts are left."""
        return not self.full_name and self.email.endswith("@invalid")

    @property
    def is_awaited(self) -> bool:
        """Return whether the person was invited and has neither set a password nor signed in."""
        return self.is_active and self.last_login is None and not self.has_usable_password()

    @cached_property
    def current_posts(self) -> list[Post]:
        """Return the posts held today, with their units; read once for each request."""
        return list(self.posts.on(timezone.localdate()).select_related("unit").order_by("since", "id"))

    def posts_allowing(self, action: Action) -> list[Post]:
        """Return the current posts whose role allows `action`."""
        return [post for post in self.current_posts if action in RIGHTS[Role(post.role)]]

    def may(self, action: Action, unit: Unit | None = None) -> bool:
        """Return whether a current post allows `action` at `unit`; without a unit, anywhere at all."""
        if not self.is_active:
            return False
        allowing = self.posts_allowing(action)
        if unit is None or not allowing:
            return bool(allowing)
        return unit.is_reached_from(allowing)

    def roles_to_give(self, unit: Unit | None = None) -> frozenset[Role]:
        """Return the roles that a current post lets give at `unit`; without a unit, anywhere at all."""
        if not self.is_active:
            return frozenset()
        giving = [post for post in self.current_posts if GRANTS.get(Role(post.role))]
        if unit is not None and giving:
            above = unit.line_of_rights
            giving = [post for post in giving if post.unit_id in above]
        return frozenset().union(*(GRANTS[Role(post.role)] for post in giving))


class PostQuerySet(models.QuerySet["Post"]):
    """Posts by date."""

    def on(self, day: date) -> PostQuerySet:
        """Return the posts held on `day`; both ends inclusive."""
        return self.not_ended(day).filter(since__lte=day)

    def not_ended(self, day: date) -> PostQuerySet:
        """Return the posts held on `day` or coming later."""
        return self.filter(models.Q(until=None) | models.Q(until__gte=day))


class Post(models.Model):
    """A role of a person at a unit, from a date on; it reaches over everything under the unit."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="posts", verbose_name=_("person"))
    role = models.CharField(_("role"), max_length=20, choices=Role)
    unit = models.ForeignKey(
        "territory.Unit", on_delete=models.PROTECT, related_name="posts", verbose_name=_("organisation")
    )
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        constraints = (
            models.CheckConstraint(
                name="accounts_post_ends_after_start",
                condition=models.Q(until=None) | models.Q(until__gte=models.F("since")),
            ),
            models.UniqueConstraint(fields=("user", "role", "unit", "since"), name="accounts_post_once"),
        )

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.unit}"
