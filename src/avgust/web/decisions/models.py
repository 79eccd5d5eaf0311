"""Decisions, the causes they follow from, and which clause follows from which cause."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from avgust.domain.decisions.causes import (
    LONGEST_ADDRESS,
    LONGEST_SOURCE,
    LONGEST_UNIT,
    LONGEST_WORDS,
    CauseKind,
)
from avgust.domain.decisions.causes import (
    Cause as Said,
)
from avgust.domain.decisions.minutes import LONGEST_TITLE, Genre
from avgust.web.accounts.rights import Action
from avgust.web.documents.models import Document
from avgust.web.programmes.models import AdoptedClause, Measure
from avgust.web.territory.models import Unit, reads_everything
from avgust.web.ui import addresses
from avgust.web.ui.search import SearchField, words_filter

if TYPE_CHECKING:
    from avgust.web.accounts.models import User

GENRES: Final = {
    Genre.MINUTES: pgettext_lazy("genre", "minutes"),
    Genre.ORDER: pgettext_lazy("genre", "order"),
    Genre.DECISION: pgettext_lazy("genre", "decision"),
}
KINDS: Final = {
    CauseKind.INDICATOR: pgettext_lazy("kind of cause", "indicator"),
    CauseKind.FINDING: pgettext_lazy("kind of cause", "finding"),
    CauseKind.CASE: pgettext_lazy("kind of cause", "case"),
}


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Decisions by who may see them."""

    def visible_to(self, user: User) -> Self:
        """Return decisions under review where `user` sees documents, adopted ones as programmes are seen."""
        if reads_everything(user, Action.SEE_DOCUMENTS):
            return self.all()
        own = Unit.objects.in_scope_of(user, Action.SEE_DOCUMENTS)
        scope = Unit.objects.in_scope_of(user, Action.SEE_PROGRAMMES)
        above = Unit.objects.above_posts_of(user, Action.SEE_PROGRAMMES)
        adopted = Q(document__status=Document.Status.ADOPTED)
        return self.filter(Q(unit__in=own) | adopted & (Q(unit__in=scope) | Q(unit__in=above)))

    def search(self, words: str) -> Self:
        """Return decisions whose document holds every word in title or file name."""
        return self.filter(words_filter("document__search", words))


class Decision(models.Model):
    """A document by which an authority decides on causes. A typed one has no paper that somebody signed."""

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="decisions", verbose_name=_("organisation")
    )
    document = models.OneToOneField(Document, on_delete=models.CASCADE, related_name="decision")
    genre = models.CharField(
        _("kind of paper"), max_length=8, choices=[(g.value, said) for g, said in GENRES.items()]
    )
    number = models.CharField(_("number"), max_length=40, blank=True)
    title = models.CharField(_("title"), max_length=LONGEST_TITLE, blank=True)  # as typed
    held_on = models.DateField(_("decided on"), null=True, blank=True)  # as typed; else the document knows
    typed = models.BooleanField(default=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ("-document__adopted_on", "-id")
        constraints = (
            models.UniqueConstraint(  # the same form sent twice
                fields=("unit", "genre", "number", "held_on", "title"),
                condition=Q(typed=True),
                name="decisions_typed_once",
            ),
        )

    def __str__(self) -> str:
        return str(self.document)

    def get_absolute_url(self) -> str:
        """Return the address of the page."""
        return addresses.of("decisions:decision", self.pk)

    @property
    def measures(self) -> models.QuerySet[Measure]:
        """The measures in force that carry out clauses of the decision."""
        return Measure.objects.in_force().filter(clauses__source__document=self.document_id).distinct()


class CauseQuerySet(models.QuerySet["Cause"]):
    """Causes by who may see them."""

    def visible_to(self, user: User) -> Self:
        """Return causes that offices in scope recorded, and those of adopted decisions that `user` may see.

        Why something must be done is for whom it falls on to know; what nobody has decided on yet is not.
        """
        own = Unit.objects.in_scope_of(user, Action.SEE_DOCUMENTS)
        seen = Decision.objects.visible_to(user).filter(document__status=Document.Status.ADOPTED)
        told = CauseOfClause.objects.filter(document__in=seen.values("document"))
        return self.filter(Q(unit__in=own) | Q(pk__in=told.values("cause")))

    def search(self, words: str) -> Self:
        """Return causes that hold every word; case and ё do not matter."""
        return self.filter(words_filter("search", words))


class Cause(models.Model):
    """Why a decision is taken: an indicator, a finding or a case, in words and in numbers."""

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="causes", verbose_name=_("organisation")
    )
    kind = models.CharField(_("kind"), max_length=9, choices=[(k.value, said) for k, said in KINDS.items()])
    words = models.TextField(_("what was seen"), max_length=LONGEST_WORDS)
    observed_on = models.DateField(_("seen on"))
    value = models.DecimalField(_("value"), max_digits=14, decimal_places=4, null=True, blank=True)
    expected = models.DecimalField(_("expected"), max_digits=14, decimal_places=4, null=True, blank=True)
    measured_in = models.CharField(_("measured in"), max_length=LONGEST_UNIT, blank=True)
    source = models.CharField(_("source"), max_length=LONGEST_SOURCE, blank=True)
    address = models.CharField(_("address"), max_length=LONGEST_ADDRESS, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)
    search = SearchField("words", "source", max_length=1000)

    objects = CauseQuerySet.as_manager()

    class Meta:
        verbose_name = _("cause")
        verbose_name_plural = _("causes")
        ordering = ("-observed_on", "-id")
        indexes = (
            models.Index(fields=("unit", "-observed_on"), name="decisions_cause_of_unit"),
            models.Index(fields=("address",), name="decisions_cause_address"),
        )

    def __str__(self) -> str:
        return self.words[:200]

    def get_absolute_url(self) -> str:
        """Return the address of the page."""
        return addresses.of("decisions:cause", self.pk)

    @property
    def said(self) -> Said:
        """Return the cause as the domain takes it."""
        return Said(
            CauseKind(self.kind),
            self.words,
            self.observed_on,
            self.source,
            self.address,
            self.value,
            self.expected,
            self.measured_in,
        )


class CauseOfClause(models.Model):
    """A clause that follows from a cause. Under review a clause is named by its id; "" is the whole document.

    Adoption ties each row to the adopted clause, and so to whatever measures carry it out, however they are
    merged and linked later.
    """

    cause = models.ForeignKey(Cause, on_delete=models.PROTECT, related_name="clauses")
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="causes")
    clause = models.CharField(max_length=80, blank=True)
    source = models.ForeignKey(AdoptedClause, on_delete=models.CASCADE, null=True, related_name="causes")
    linked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    linked_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("cause of a clause")
        verbose_name_plural = _("causes of clauses")
        ordering = ("document", "source__order", "id")
        constraints = (
            models.UniqueConstraint(fields=("cause", "document", "clause"), name="decisions_cause_once"),
        )

    def __str__(self) -> str:
        return f"{self.cause_id} → {self.document_id}: {self.clause}"


class ProofOfClause(models.Model):
    """What counts as proof of a typed clause; its measure requires it once the decision is adopted."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="+")
    clause = models.CharField(max_length=80)
    kinds = models.JSONField(default=list)  # of control.Evidence

    class Meta:
        verbose_name = _("proof of a clause")
        verbose_name_plural = _("proofs of clauses")
        constraints = (models.UniqueConstraint(fields=("document", "clause"), name="decisions_proof_once"),)

    def __str__(self) -> str:
        return f"{self.document_id}: {self.clause}"
