"""Templates of local acts and their versions, which measures require them, and the acts of organisations."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from avgust.domain.acts import text
from avgust.domain.acts.fields import Field, Kind
from avgust.domain.acts.standing import Dated, Standing, standing_on
from avgust.domain.acts.states import EVER_ADOPTED, Status
from avgust.web.accounts.rights import Action
from avgust.web.programmes.models import Measure
from avgust.web.territory.models import Unit
from avgust.web.ui import addresses
from avgust.web.ui.search import SearchField, words_filter

if TYPE_CHECKING:
    from avgust.web.accounts.models import User

STATUS_LABELS: Final = {
    Status.DRAFT: pgettext_lazy("local act", "draft"),
    Status.AGREEING: pgettext_lazy("local act", "being agreed"),
    Status.AGREED: pgettext_lazy("local act", "agreed"),
    Status.ADOPTED: pgettext_lazy("local act", "adopted"),
    Status.REPLACED: pgettext_lazy("local act", "replaced"),
    Status.REPEALED: pgettext_lazy("local act", "repealed"),
    Status.DROPPED: pgettext_lazy("local act", "dropped"),
}
STATUSES: Final = [(status.value, label) for status, label in STATUS_LABELS.items()]


class ActTemplateQuerySet(models.QuerySet["ActTemplate"]):
    """Templates by who may see and use them."""

    def visible_to(self, user: User) -> Self:
        """Return templates of the places in scope, and those offered by the places above, which bind."""
        own = Unit.objects.in_scope_of(user, Action.EDIT_TEMPLATES)
        scope = Unit.objects.in_scope_of(user, Action.SEE_ACTS)
        above = Unit.objects.above_posts_of(user, Action.SEE_ACTS)
        offered = Q(stage=ActTemplate.Stage.OFFERED) | Q(stage=ActTemplate.Stage.WITHDRAWN)
        return self.filter(Q(unit__in=own) | offered & (Q(unit__in=scope) | Q(unit__in=above)))

    def search(self, words: str) -> Self:
        """Return templates whose title holds every word; case and ё do not matter."""
        return self.filter(words_filter("search", words))


class ActTemplate(models.Model):
    """A text with places for fields, which an office offers to its organisations. Saving makes a version."""

    class Stage(models.TextChoices):
        """Whether organisations may begin acts from it."""

        PREPARED = "prepared", pgettext_lazy("template", "being prepared")
        OFFERED = "offered", pgettext_lazy("template", "offered")
        WITHDRAWN = "withdrawn", pgettext_lazy("template", "withdrawn")

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="act_templates", verbose_name=_("organisation")
    )
    title = models.CharField(_("title"), max_length=text.LONGEST_TITLE)
    stage = models.CharField(_("state"), max_length=10, choices=Stage, default=Stage.PREPARED)
    version = models.PositiveIntegerField(default=0)  # the number of the newest version
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    search = SearchField("title")

    objects = ActTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("template of a local act")
        verbose_name_plural = _("templates of local acts")
        ordering = ("title", "id")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of the template with its coverage."""
        return addresses.of("acts:template", self.pk)

    @property
    def offered(self) -> bool:
        """True when organisations may begin acts from it."""
        return self.stage == self.Stage.OFFERED

    @property
    def newest(self) -> TemplateVersion:
        """The version that a new act is begun from."""
        return self.versions.get(number=self.version)


class TemplateVersion(models.Model):
    """What a template said from some day on; an act keeps the version that it was begun from."""

    template = models.ForeignKey(ActTemplate, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=text.LONGEST_TITLE)
    body = models.TextField()
    fields = models.JSONField(default=list)  # [{"key", "label", "kind", "required", "hint"}]
    note = models.CharField(max_length=300, blank=True)  # what is new
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("version of a template")
        verbose_name_plural = _("versions of templates")
        ordering = ("template", "-number")
        constraints = (
            models.UniqueConstraint(fields=("template", "number"), name="acts_version_number_once"),
        )

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"

    @property
    def said(self) -> text.Template:
        """Return the template as the domain reads it."""
        fields = tuple(Field(**{**row, "kind": Kind(row["kind"])}) for row in self.fields)
        return text.Template(self.title, self.body, fields)


class Demand(models.Model):
    """A measure that is carried out by adopting the act of a template."""

    measure = models.OneToOneField(Measure, on_delete=models.CASCADE, related_name="demand")
    template = models.ForeignKey(ActTemplate, on_delete=models.PROTECT, related_name="demands")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("required local act")
        verbose_name_plural = _("required local acts")

    def __str__(self) -> str:
        return f"{self.measure_id}: {self.template_id}"


class LocalActQuerySet(models.QuerySet["LocalAct"]):
    """Local acts by reader."""

    def visible_to(self, user: User) -> Self:
        """Return what was ever adopted in scope, and drafts of the organisations where `user` has a say."""
        adopted = Q(status__in=sorted(EVER_ADOPTED), unit__in=Unit.objects.in_scope_of(user, Action.SEE_ACTS))
        return self.filter(adopted | Q(unit__in=Unit.objects.in_scope_of(user, Action.AGREE_ACTS)))


class LocalAct(models.Model):
    """An act of one organisation by a template: a draft, then a paper with number, date and file."""

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="local_acts", verbose_name=_("organisation")
    )
    template = models.ForeignKey(ActTemplate, on_delete=models.PROTECT, related_name="acts")
    version = models.ForeignKey(TemplateVersion, on_delete=models.PROTECT, related_name="acts")
    title = models.CharField(_("title"), max_length=500)
    values = models.JSONField(default=dict)  # by the keys of the fields, as `domain.acts.fields` keeps them
    status = models.CharField(_("status"), max_length=10, choices=STATUSES, default=Status.DRAFT.value)
    authors = models.JSONField(default=list)  # who wrote or sent the draft: they do not agree to it
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    agreed_at = models.DateTimeField(null=True)
    agreed_with = models.CharField(_("the body that agreed"), max_length=300, blank=True)
    number = models.CharField(_("number"), max_length=60, blank=True)
    adopted_on = models.DateField(_("adopted on"), null=True)
    since = models.DateField(_("in force from"), null=True)
    until = models.DateField(_("last day in force"), null=True)
    replaced_by = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="replaces")
    sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    file_name = models.CharField(_("file"), max_length=255, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    mime = models.CharField(max_length=100, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    revision = models.PositiveIntegerField(default=0)  # grows with every move: who saw an older one is told

    objects = LocalActQuerySet.as_manager()

    class Meta:
        verbose_name = _("local act")
        verbose_name_plural = _("local acts")
        ordering = ("-changed_at", "-id")
        indexes = (
            models.Index(fields=("template", "unit", "status"), name="acts_of_template"),
            models.Index(fields=("unit", "status", "-changed_at"), name="acts_of_unit"),
            models.Index(fields=("status", "until"), name="acts_by_end"),
        )

    def __str__(self) -> str:
        return f"{self.title} — {self.unit}"[:300]

    def get_absolute_url(self) -> str:
        """Return the address of the card."""
        return addresses.of("acts:act", self.pk)

    @property
    def state(self) -> Status:
        """How far the act has come."""
        return Status(self.status)

    @property
    def dated(self) -> Dated:
        """Return the act as the rules of standing take it."""
        return Dated(self.pk, self.state, self.since, self.until, self.adopted_on)

    @property
    def standing(self) -> Standing:
        """Where the act stands today."""
        return standing_on(self.dated, timezone.localdate())

    def standing_on(self, day: date) -> Standing:
        """Return where the act stands on `day`."""
        return standing_on(self.dated, day)


class ActStep(models.Model):
    """One move of a local act, in its history; rows are only added."""

    act = models.ForeignKey(LocalAct, on_delete=models.CASCADE, related_name="steps")
    move = models.CharField(max_length=12)
    at = models.DateTimeField(default=timezone.now)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    status = models.CharField(max_length=10, choices=STATUSES)  # after the move
    reason = models.TextField(blank=True)
    other = models.ForeignKey(LocalAct, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("move of a local act")
        verbose_name_plural = _("moves of local acts")
        ordering = ("act", "id")

    def __str__(self) -> str:
        return f"{self.move} {self.at:%Y-%m-%d}"
