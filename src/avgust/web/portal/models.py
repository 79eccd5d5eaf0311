"""What is published of a programme: the choice of its authority. The page itself is counted, never kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from avgust.domain.publishing.choice import Choice
from avgust.domain.publishing.contact import OfficeContact
from avgust.web.programmes.models import Programme
from avgust.web.ui import addresses

if TYPE_CHECKING:
    from avgust.web.programmes.models import Measure


class PublicationQuerySet(models.QuerySet["Publication"]):
    """Publications by whether everybody may read them."""

    def open(self) -> Self:
        """Return those that stand on the public page now."""
        return self.filter(withdrawn_at=None)


class Publication(models.Model):
    """The choice for one programme; its number in public addresses is the programme's.

    States are counted when a reader asks, so that the public page and the office never tell two stories. With
    `fixed_on` they are those of the end of that day, told by the same history: a report to a conference stays
    what it was, and no second copy of it can be made to differ.
    """

    programme = models.OneToOneField(
        Programme, on_delete=models.CASCADE, primary_key=True, related_name="publication"
    )
    whole = models.BooleanField(default=False)
    sections = models.JSONField(default=list)  # headings
    measures = models.JSONField(default=list)  # ids
    links = models.BooleanField(default=True)  # show links that were accepted as proof
    fixed_on = models.DateField(null=True, blank=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("public page of a programme")
        verbose_name_plural = _("public pages of programmes")
        ordering = ("-published_at",)

    def __str__(self) -> str:
        return str(self.programme)

    def get_absolute_url(self) -> str:
        """Return the address of the public page."""
        return addresses.of("portal:page", self.pk)

    @property
    def open(self) -> bool:
        """True while it stands on the public page."""
        return self.withdrawn_at is None

    @property
    def choice(self) -> Choice:
        """Return what is chosen."""
        return Choice(self.whole, frozenset(self.sections), frozenset(self.measures))

    def takes(self, measure: Measure) -> bool:
        """Return whether `measure` is chosen; what names a person is held back by `building` all the same."""
        return self.choice.takes(measure.pk, measure.section)


class Contact(models.Model):
    """Whom the public may ask about the programmes of an authority: its office."""

    unit = models.OneToOneField(
        "territory.Unit", on_delete=models.CASCADE, primary_key=True, related_name="public_contact"
    )
    office = models.CharField(_("office"), max_length=120, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    email = models.CharField(_("e-mail"), max_length=120, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("contact for the public")
        verbose_name_plural = _("contacts for the public")

    def __str__(self) -> str:
        return str(self.unit)

    @property
    def said(self) -> OfficeContact:
        """What is said."""
        return OfficeContact(self.office, self.phone, self.email, self.address)
