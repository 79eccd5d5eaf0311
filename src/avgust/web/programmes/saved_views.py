"""Views that people keep: a name for what an address of a programme says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Self
from urllib.parse import urlencode

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from avgust.web.accounts.models import User

MOST: Final = 40  # a person's own views of a programme


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    """Saved views, asked for by who may open them. Who may see the programme is asked first."""

    def visible_to(self, user: User) -> Self:
        """Return the views of `user` and those that are shared, in order: the own ones first."""
        seen = self.filter(models.Q(owner=user) | models.Q(shared=True))
        return seen.order_by("shared", "position", "id")


class SavedView(models.Model):
    """A view under a name, of one person or for everybody who sees the programme.

    `query` is what the address says. What a later version of the page does not know in it is passed over,
    and what it does not say is as always.
    """

    class Layout(models.TextChoices):
        """How the measures are laid out."""

        TABLE = "table", pgettext_lazy("layout", "table")
        TIMELINE = "timeline", pgettext_lazy("layout", "timeline")
        EXECUTORS = "executors", pgettext_lazy("layout", "by executor")

    programme = models.ForeignKey(
        "programmes.Programme", on_delete=models.CASCADE, related_name="saved_views"
    )
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("name"), max_length=60)
    layout = models.CharField(max_length=10, choices=Layout, default=Layout.TABLE)
    query = models.JSONField(default=dict)
    shared = models.BooleanField(default=False)
    position = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(auto_now_add=True)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering = ("shared", "position", "id")
        indexes = (models.Index(fields=("programme", "owner"), name="programmes_views_of_person"),)
        constraints = (
            models.UniqueConstraint(fields=("programme", "owner", "name"), name="programmes_view_name_once"),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address that shows the view; `view` tells the page which one it is."""
        said = {str(key): str(value) for key, value in sorted(self.query.items())}  # jsonb keeps no order
        return address_of(self.layout, self.programme_id, said | {"view": str(self.pk)})

    @property
    def unit_id(self) -> int:
        """The organisation of the programme; the journal finds its acts by it."""
        return self.programme.unit_id


def address_of(layout: str, programme: int, query: dict[str, str]) -> str:
    """Return the address of a programme in a layout."""
    page = {"timeline": "timeline", "executors": "executors"}.get(layout, "programme")
    return f"{reverse(f'programmes:{page}', args=[programme])}?{urlencode(query)}"


class FirstView(models.Model):
    """The view in which a programme opens for a person."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    programme = models.ForeignKey("programmes.Programme", on_delete=models.CASCADE, related_name="+")
    view = models.ForeignKey(SavedView, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("first view")
        verbose_name_plural = _("first views")
        constraints = (
            models.UniqueConstraint(fields=("user", "programme"), name="programmes_first_view_once"),
        )

    def __str__(self) -> str:
        return str(self.view)
