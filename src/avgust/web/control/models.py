"""Assignments of measures to organisations, their history, reports and evidence."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final, Self

from django.conf import settings
from django.db import models
from django.db.models import Case, F, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from avgust.domain.control.states import LIVE, OWED, Status, is_late
from avgust.domain.proof import ProofState, Verdict, state_of
from avgust.web.accounts.rights import Action
from avgust.web.control.proving import in_states, state_on
from avgust.web.programmes.models import Measure, Programme
from avgust.web.territory.models import Unit, reads_everything, regions_of

if TYPE_CHECKING:
    from avgust.web.accounts.models import User

STATUS_LABELS: Final = {
    Status.WAITING: _("waits for its event"),
    Status.OPEN: _("on control"),
    Status.REPORTED: _("waits for acceptance"),
    Status.RETURNED: _("returned for rework"),
    Status.ACCEPTED: _("accepted"),
    Status.SUSPENDED: _("suspended"),
    Status.REMOVED: _("taken off control"),
    Status.CANCELLED: _("cancelled"),
    Status.PASSED_ON: _("passed on to the successor"),
}
STATUSES: Final = [(status.value, label) for status, label in STATUS_LABELS.items()]


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    """Assignments by reader, date and state."""

    def visible_to(self, user: User, action: Action = Action.SEE_ASSIGNMENTS) -> Self:
        """Return assignments of the organisations where `user` may do `action`, not a neighbour's.

        Who stands over a region reads nearly all, which no planner knows: a sum keeps the databases from
        looking 1,500 organisations up one by one. Conditions on the same organisations name `of_unit`.
        """
        rows = self.alias(of_unit=F("unit_id") + 0 if regions_of(user, action) else F("unit_id"))
        if reads_everything(user, action):
            return rows
        return rows.filter(of_unit__in=Unit.objects.in_scope_of(user, action))

    def live(self) -> Self:
        """Return those on which something is still owed or decided."""
        return self.filter(status__in=sorted(LIVE))

    def owed(self) -> Self:
        """Return those on which the organisation must act."""
        return self.filter(status__in=sorted(OWED))

    def late(self, today: date) -> Self:
        """Return those owed of which the last day has passed."""
        return self.owed().filter(due__lt=today)

    def with_proof(self, today: date) -> Self:
        """Annotate each assignment with `proof`, its state on `today` ("-" for what is not counted)."""
        return self.annotate(proof=state_on(today))

    def in_proof(self, state: ProofState, today: date) -> Self:
        """Return the assignments in `state` on `today`."""
        return self.with_proof(today).filter(in_states({state}, today))


class Assignment(models.Model):
    """A measure that a unit owes, once or for one period. The duty stays with the unit, whoever does it."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="assignments")
    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="assignments")
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="assignments", verbose_name=_("organisation")
    )
    relation = models.CharField(max_length=12)
    occurrence = models.CharField(max_length=20, blank=True)  # label of the period; "" for the only one
    starts = models.DateField()
    due = models.DateField(_("deadline"), null=True)  # inclusive, with extensions; None waits for its event
    first_due = models.DateField(null=True)  # without extensions
    assumed = models.BooleanField(default=False)  # the document names no day
    event_on = models.DateField(_("day of the event"), null=True)
    status = models.CharField(_("status"), max_length=10, choices=STATUSES, default=Status.OPEN.value)
    since = models.DateTimeField(default=timezone.now)  # of the status
    verdict = models.CharField(max_length=12, blank=True)  # what data say, see domain/proof
    verdict_basis = models.JSONField(default=dict)  # formula, rows, record: what opens behind «Почему?»
    asked_due = models.DateField(null=True)  # a request to extend that waits for its answer
    spoke = models.JSONField(default=dict)  # who reported or asked, and for which units they worked then
    reported_at = models.DateTimeField(null=True)
    # since when a decision is awaited: of a report; of a request to extend, for which the work waits too
    awaits = models.GeneratedField(
        expression=Case(
            When(status=Status.REPORTED.value, then=Coalesce("reported_at", "since")),
            When(asked_due__isnull=False, then=F("since")),
        ),
        output_field=models.DateTimeField(null=True),
        db_persist=True,
    )
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    inherits = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="heirs")
    version = models.PositiveIntegerField(default=0)

    proof: str  # with `with_proof` only

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ("due", "id")
        constraints = (
            models.UniqueConstraint(fields=("measure", "unit", "occurrence"), name="control_assignment_once"),
        )
        indexes = (
            models.Index(fields=("unit", "status", "due"), name="control_of_unit"),
            models.Index(  # holds whatever coverage asks, also within a scope: no row is read for it
                fields=("programme", "measure", "status", "verdict", "due", "unit"),
                name="control_of_measure",
            ),
            models.Index(fields=("programme", "unit", "status", "verdict", "due"), name="control_by_unit"),
            models.Index(fields=("status", "due"), name="control_by_day"),
            models.Index(  # holds whatever the board asks of what waits, in its order: no row is read for it
                fields=("awaits", "id", "status", "unit", "measure"),
                condition=models.Q(awaits__isnull=False),
                name="control_awaits",
            ),
            models.Index(
                fields=("asked_due",), condition=models.Q(asked_due__isnull=False), name="control_asked"
            ),
        )

    def __str__(self) -> str:
        return f"{self.measure} — {self.unit}"[:300]

    def get_absolute_url(self) -> str:
        """Return the address of the card."""
        return reverse("control:assignment", args=[self.pk])

    @property
    def state(self) -> Status:
        """Where the assignment stands."""
        return Status(self.status)

    def proof_on(self, today: date) -> ProofState | None:
        """Return the state of proof on `today`."""
        return state_of(self.state, self.due, Verdict(self.verdict), today)

    @property
    def begun_within(self) -> date | None:
        """The day on which the duty began, where that was in the middle of its period."""
        begins = self.measure.begins or self.programme.adopted_on
        return begins if self.occurrence and begins == self.starts else None

    def late_on(self, today: date) -> bool:
        """True when something is owed and its last day has passed."""
        return is_late(self.state, self.due, today)


class Step(models.Model):
    """One act on an assignment, in its history; rows are only added."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="steps")
    act = models.CharField(max_length=20)
    at = models.DateTimeField(default=timezone.now)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    status = models.CharField(max_length=10, choices=STATUSES)  # after the act
    reason = models.TextField(blank=True)
    due_before = models.DateField(null=True)
    due_after = models.DateField(null=True)
    report = models.ForeignKey("Report", on_delete=models.SET_NULL, null=True, related_name="steps")

    class Meta:
        verbose_name = _("act on an assignment")
        verbose_name_plural = _("acts on assignments")
        ordering = ("assignment", "id")

    def __str__(self) -> str:
        return f"{self.act} {self.at:%Y-%m-%d}"


class Report(models.Model):
    """What an organisation says it did, with its evidence; one draft at a time, kept after it is returned."""

    class Outcome(models.TextChoices):
        """What became of a report."""

        DRAFT = "draft", _("draft")
        SENT = "sent", _("waits for acceptance")
        ACCEPTED = "accepted", _("accepted")
        RETURNED = "returned", _("returned for rework")
        WITHDRAWN = "withdrawn", _("withdrawn")

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="reports")
    text = models.TextField(_("what was done"), blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.DRAFT)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ("assignment", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("assignment",), condition=models.Q(outcome="draft"), name="control_one_draft"
            ),
        )

    def __str__(self) -> str:
        return f"{self.assignment_id} {self.get_outcome_display()}"


class Evidence(models.Model):
    """What shows that something was done. A file is kept by its digest."""

    class Kind(models.TextChoices):
        """What it is; a measure may ask for one of some kinds."""

        FILE = "file", _("document")
        PHOTO = "photo", _("photograph")
        TABLE = "table", _("table")
        LINK = "link", _("link")
        MINUTES = "minutes", _("minutes")
        LOCAL_ACT = "local_act", _("local act")
        EVENT = "event", _("event")

    # of a report, or of an errand until it is taken into one
    report = models.ForeignKey(Report, on_delete=models.CASCADE, null=True, related_name="evidence")
    errand = models.ForeignKey("Errand", on_delete=models.CASCADE, null=True, related_name="evidence")
    kind = models.CharField(_("kind of evidence"), max_length=10, choices=Kind)
    title = models.CharField(_("what it is"), max_length=300, blank=True)
    number = models.CharField(_("number"), max_length=60, blank=True)
    dated = models.DateField(_("date of the paper"), null=True, blank=True)
    url = models.URLField(_("link"), max_length=1000, blank=True)
    sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    file_name = models.CharField(_("file"), max_length=255, blank=True)
    size = models.PositiveBigIntegerField(default=0)  # bytes
    mime = models.CharField(max_length=100, blank=True)
    pages = models.PositiveIntegerField(null=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ("report", "errand", "id")
        constraints = (
            models.CheckConstraint(
                name="control_evidence_of_one",
                condition=models.Q(report=None, errand__isnull=False)
                | models.Q(report__isnull=False, errand=None),
            ),
        )

    def __str__(self) -> str:
        return self.title or self.file_name or self.url or str(self.get_kind_display())

    def get_absolute_url(self) -> str:
        """Return the address of the file."""
        return reverse("control:evidence", args=[self.pk])

    @property
    def is_picture(self) -> bool:
        """True for a file that was drawn anew when it was taken, and so may be shown in a page."""
        return self.kind == self.Kind.PHOTO and self.mime in ("image/jpeg", "image/png")


class Requirement(models.Model):
    """Which kinds of evidence a measure needs; without a row, any kind will do."""

    measure = models.OneToOneField(Measure, on_delete=models.CASCADE, related_name="requirement")
    kinds = models.JSONField(default=list)
    words = models.CharField(_("what counts as proof"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("required evidence")
        verbose_name_plural = _("required evidence")

    def __str__(self) -> str:
        return self.words or ", ".join(self.kinds)


class Errand(models.Model):
    """Work on an assignment handed on inside the organisation, as deep as needed; the duty stays above."""

    class Stage(models.TextChoices):
        """How far the errand has come."""

        GIVEN = "given", _("given")
        DONE = "done", _("done, waits for who gave it")
        RETURNED = "returned", _("returned for rework")
        ACCEPTED = "accepted", _("accepted")
        WITHDRAWN = "withdrawn", _("withdrawn")

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="errands")
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="parts")
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    given_to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="errands")
    given_at = models.DateTimeField(auto_now_add=True)
    words = models.TextField(_("what is to be done"), blank=True)
    due = models.DateField(_("deadline"), null=True)
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.GIVEN)
    answer = models.TextField(_("what was done"), blank=True)
    answered_at = models.DateTimeField(null=True)
    remark = models.TextField(blank=True)  # why it was returned

    class Meta:
        verbose_name = _("errand")
        verbose_name_plural = _("errands")
        ordering = ("assignment", "id")
        indexes = (models.Index(fields=("given_to", "stage", "due"), name="control_errands_of"),)

    def __str__(self) -> str:
        return self.words[:100] or str(self.assignment)

    def get_absolute_url(self) -> str:
        """Return the address of the card."""
        return reverse("control:errand", args=[self.pk])
