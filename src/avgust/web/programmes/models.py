"""Programmes, their measures, and who executes them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from avgust.domain.addressing import Outcome
from avgust.domain.resolutions.model import Deadline, Relation, Target
from avgust.domain.resolutions.review.codec import restored
from avgust.web.accounts.rights import Action
from avgust.web.programmes.saved_views import FirstView, SavedView  # noqa: F401 - Django looks here
from avgust.web.territory.models import Unit, reads_everything
from avgust.web.ui import addresses
from avgust.web.ui.search import OrderField, SearchField, words_filter

if TYPE_CHECKING:
    from avgust.web.accounts.models import User


ANSWERING: Final = (Relation.EXECUTOR.value, Relation.CO_EXECUTOR.value)
UNCLEAR: Final = (Outcome.AMBIGUOUS.value, Outcome.UNKNOWN.value)


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    """Programmes, asked for by who may see them."""

    def visible_to(self, user: User, action: Action = Action.SEE_PROGRAMMES) -> Self:
        """Return programmes of the units where `user` may do `action`, and of those above them.

        A programme of a unit above binds everybody below it, so it is seen from there too; a neighbour's is
        not. One post must allow the act and reach the programme: two posts do not add up.
        """
        if reads_everything(user, action):
            return self.all()
        own = models.Q(unit__in=Unit.objects.in_scope_of(user, action))
        return self.filter(own | models.Q(unit__in=Unit.objects.above_posts_of(user, action)))

    def search(self, words: str) -> Self:
        """Return programmes whose title holds every word; case and ё do not matter."""
        return self.filter(words_filter("search", words))


class Programme(models.Model):
    """The measures that a unit adopted with one document."""

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="programmes", verbose_name=_("organisation")
    )
    document = models.OneToOneField(
        "documents.Document", on_delete=models.PROTECT, related_name="programme", verbose_name=_("document")
    )
    title = models.CharField(_("title"), max_length=500)
    school_year = models.CharField(_("school year"), max_length=9, blank=True)
    adopted_on = models.DateField(_("date of adoption"), null=True, blank=True)
    addressed_on = models.DateField(_("organisations as of"))
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("made"), auto_now_add=True)
    measure_count = models.PositiveIntegerField(default=0)
    search = SearchField("title", "school_year")

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ("-adopted_on", "-id")
        indexes = (models.Index(fields=("unit", "-adopted_on"), name="programmes_of_unit"),)

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of the table of measures."""
        return addresses.of("programmes:programme", self.pk)


class Supplement(models.Model):
    """A further document whose measures were added to a programme: a resolution that supplements it."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="supplements")
    document = models.OneToOneField(
        "documents.Document", on_delete=models.PROTECT, related_name="supplement", verbose_name=_("document")
    )
    adopted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    adopted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("supplement to a programme")
        verbose_name_plural = _("supplements to programmes")
        ordering = ("programme", "id")

    def __str__(self) -> str:
        return str(self.document)


def kinds_text(kinds: Iterable[str]) -> str:
    """Return kinds of findings as a column that both databases search: "|deadline.past|target.none|"."""
    known = sorted(set(kinds))
    return f"|{'|'.join(known)}|"[:1000] if known else ""


class MeasureQuerySet(models.QuerySet["Measure"]):
    """Measures, asked for by who may see them."""

    def visible_to(self, user: User) -> Self:
        """Return measures of the programmes that `user` may see."""
        if reads_everything(user, Action.SEE_PROGRAMMES):
            return self.all()
        return self.filter(programme__in=Programme.objects.visible_to(user))

    def in_force(self) -> Self:
        """Return measures that are to be carried out: not cancelled, and not merged into another."""
        return self.filter(status=Measure.Status.IN_FORCE)

    def search(self, words: str) -> Self:
        """Return measures that hold every word in number, text, section or executors."""
        return self.filter(words_filter("search", words))

    def settle_unclear(self) -> None:
        """Write down of which of these measures it is not known who answers.

        Asked of the executors it costs a page of a region forty milliseconds, and it changes only with them:
        every act that changes who executes a measure comes by here before anybody is told.
        """
        executors = MeasureExecutor.objects.filter(measure=models.OuterRef("pk"))
        known = models.Exists(executors.answering()) & ~models.Exists(executors.unclear())
        self.filter(~known, unclear=False).update(unclear=True)
        self.filter(known, unclear=True).update(unclear=False)


class Measure(models.Model):
    """One thing to be done. Its number is printed in the document; `order` is its place there.

    `version` grows with every act on the measure: who saves over a newer one is told what changed.
    """

    class Status(models.TextChoices):
        """Whether the measure is to be carried out; a cancelled or merged one is kept with its history."""

        IN_FORCE = "in_force", pgettext_lazy("measure", "in force")
        CANCELLED = "cancelled", pgettext_lazy("measure", "cancelled")
        MERGED = "merged", pgettext_lazy("measure", "merged into another measure")

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="measures")
    order = models.PositiveIntegerField()
    label = models.CharField(_("number"), max_length=40, blank=True)
    text = models.TextField(_("measure"))
    section = models.TextField(_("section"), blank=True)
    theme = models.CharField(_("theme"), max_length=12, blank=True)
    deadline_kind = models.CharField(max_length=12)
    deadline_start = models.DateField(null=True)
    due = models.DateField(_("deadline"), null=True)  # the last day on which it may be done
    deadline_text = models.CharField(max_length=500, blank=True)
    deadline_values = models.JSONField(default=dict)
    target_text = models.TextField(_("target"), blank=True)
    target_values = models.JSONField(default=list)
    reference_values = models.JSONField(default=list)
    finding_values = models.JSONField(default=list)
    finding_count = models.PositiveSmallIntegerField(default=0)
    finding_kinds = models.CharField(max_length=1000, blank=True)  # of the open ones: "|deadline.past|"
    executor_names = models.TextField(_("executor"), blank=True)
    executor_order = OrderField("executor_names", max_length=200)
    # Nobody is named, or of somebody it is not known which organisation that is: see `settle_unclear`.
    unclear = models.BooleanField(default=True, editable=False)
    status = models.CharField(max_length=10, choices=Status, default=Status.IN_FORCE)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="absorbed"
    )
    absorbed_labels = models.CharField(max_length=400, blank=True)  # numbers of what was merged into it
    by_hand = models.BooleanField(default=False)  # no document prints it
    # From which day it binds; None: from the day on which the programme was adopted.
    begins = models.DateField(null=True, editable=False)
    version = models.PositiveIntegerField(default=0)
    search = SearchField(
        "label",
        "absorbed_labels",
        "text",
        "section",
        "executor_names",
        "target_text",
        max_length=8000,
    )

    objects = MeasureQuerySet.as_manager()

    class Meta:
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        ordering = ("programme", "order")
        constraints = (
            models.UniqueConstraint(fields=("programme", "order"), name="programmes_measure_order"),
        )
        indexes = (
            models.Index(fields=("programme", "due", "order"), name="programmes_measure_due"),
            models.Index(fields=("due", "order"), name="programmes_measure_by_day"),
            models.Index(fields=("programme", "theme", "order"), name="programmes_measure_theme"),
            models.Index(fields=("programme", "executor_order", "order"), name="programmes_measure_executor"),
            models.Index(fields=("programme", "deadline_kind", "order"), name="programmes_measure_kind"),
            models.Index(  # holds everything that is counted beside a view, so that no row is read for it
                fields=("programme", "status", "theme", "deadline_kind", "due", "finding_kinds", "unclear"),
                name="programmes_measure_tallied",
            ),
        )

    def __str__(self) -> str:
        return f"{self.label}. {self.text}"[:200] if self.label else self.text[:200]

    def get_absolute_url(self) -> str:
        """Return the address of the card."""
        return addresses.of("programmes:measure", self.pk)

    @property
    def unit_id(self) -> int:
        """Whose measure it is: the organisation of the programme; the journal finds its acts by it."""
        return self.programme.unit_id

    @property
    def in_force(self) -> bool:
        """True for what is to be carried out."""
        return self.status == self.Status.IN_FORCE

    @property
    def deadline(self) -> Deadline:
        """Return the deadline with everything the reading and the reviewer said."""
        return restored(Deadline, self.deadline_values)

    @property
    def targets(self) -> tuple[Target, ...]:
        """Return the quantities demanded."""
        return restored(tuple[Target, ...], self.target_values)


class AdoptedClause(models.Model):
    """A clause of an adopted document with its words and the places of its fields: cards need no review."""

    document = models.ForeignKey(
        "documents.Document", on_delete=models.PROTECT, related_name="adopted_clauses"
    )
    clause = models.CharField(max_length=80)  # id within the review
    order = models.PositiveIntegerField()
    label = models.CharField(_("number"), max_length=40, blank=True)
    section = models.TextField(_("section"), blank=True)
    quote = models.TextField()
    marks = models.JSONField(default=list)  # [start, end, kind] within the quote
    search = SearchField("label", "quote", "section", max_length=8000)

    class Meta:
        verbose_name = _("clause of an adopted document")
        verbose_name_plural = _("clauses of adopted documents")
        ordering = ("document", "order")
        constraints = (
            models.UniqueConstraint(fields=("document", "clause"), name="programmes_adopted_clause_once"),
        )

    def __str__(self) -> str:
        return f"{self.label}. {self.quote}"[:200] if self.label else self.quote[:200]


class MeasureClause(models.Model):
    """A clause that a measure carries out. One measure may serve several, and the reverse.

    `origin` is the merged measure that brought the clause along; it takes it back when they are parted.
    """

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="clauses")
    source = models.ForeignKey(AdoptedClause, on_delete=models.PROTECT, related_name="links")
    origin = models.ForeignKey(Measure, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("clause of a measure")
        verbose_name_plural = _("clauses of measures")
        ordering = ("measure", "id")
        constraints = (models.UniqueConstraint(fields=("measure", "source"), name="programmes_clause_once"),)

    def __str__(self) -> str:
        return f"{self.measure_id}: {self.source_id}"


# The rules of an executor whose organisation a person said: which one the words mean; or of one in a measure
# where the document names nobody.
CHOSEN: Final = "chosen by a person"
NAMED: Final = "named by a person"
BY_HAND: Final = (CHOSEN, NAMED)


class MeasureExecutorQuerySet(models.QuerySet["MeasureExecutor"]):
    """Executors by what they do and whether they are known."""

    def in_force(self) -> Self:
        """Return executors of measures that are to be carried out."""
        return self.filter(measure__status=Measure.Status.IN_FORCE)

    def answering(self) -> Self:
        """Return executors and co-executors; a partner or controller does not answer."""
        return self.filter(relation__in=ANSWERING)

    def unclear(self) -> Self:
        """Return who answers and of whom the register does not know which organisation it is."""
        return self.answering().filter(outcome__in=UNCLEAR)


class MeasureExecutor(models.Model):
    """Who acts, helps or controls, and the organisations that this falls on.

    A body is one unit; a role is a rule, its exceptions, and the number of units it took on the programme's
    day. The list itself is asked of `reach`: 57 rows for each measure would say nothing more.
    """

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="executors")
    name = models.CharField(_("executor"), max_length=500)
    form = models.CharField(max_length=4)
    relation = models.CharField(max_length=12)
    outcome = models.CharField(max_length=10)
    rule = models.CharField(max_length=80, blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    unit_count = models.PositiveIntegerField(default=0)
    post = models.ForeignKey(  # the person at the unit, where one is named
        "accounts.Post", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    origin = models.ForeignKey(  # the merged measure that brought the executor along
        Measure, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = MeasureExecutorQuerySet.as_manager()

    class Meta:
        verbose_name = _("executor of a measure")
        verbose_name_plural = _("executors of measures")
        ordering = ("measure", "id")
        indexes = (
            models.Index(fields=("name", "measure"), name="programmes_executor_name"),
            models.Index(  # whether anybody answers, and who: counted for a whole programme without its rows
                fields=("measure", "relation", "outcome", "unit", "name"), name="programmes_executor_of"
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def answers(self) -> bool:
        """True for an executor or co-executor; a partner or controller does not answer."""
        return self.relation in ANSWERING

    @property
    def by_hand(self) -> bool:
        """True when a person said which organisation it is."""
        return self.rule in BY_HAND and self.unit_id is not None

    @property
    def is_role(self) -> bool:
        """True for who was named by what organisations have in common, not by the name of one."""
        return self.unit_id is None and self.outcome in (Outcome.ROLE, Outcome.UNKNOWN) and bool(self.rule)


class ExecutorException(models.Model):
    """An organisation that a person took out of a role, or added to it, whatever the rule says on a day."""

    executor = models.ForeignKey(MeasureExecutor, on_delete=models.CASCADE, related_name="exceptions")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("organisation"))
    added = models.BooleanField()  # else taken out
    reason = models.CharField(_("reason"), max_length=500)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("exception from a role")
        verbose_name_plural = _("exceptions from roles")
        ordering = ("executor", "unit__order", "id")
        constraints = (
            models.UniqueConstraint(fields=("executor", "unit"), name="programmes_exception_once"),
        )

    def __str__(self) -> str:
        return f"{'+' if self.added else '−'} {self.unit_id}"


class Answer(models.Model):
    """A measure of a municipality that answers one of the region: what is ordered above is done here by it.

    Suggested by the likeness of the texts, or made by a person; only a confirmed one counts. A rejected
    one is kept, so that nobody is asked twice.
    """

    class Status(models.TextChoices):
        """What a person said about it."""

        SUGGESTED = "suggested", pgettext_lazy("answer", "suggested")
        CONFIRMED = "confirmed", pgettext_lazy("answer", "confirmed")
        REJECTED = "rejected", pgettext_lazy("answer", "rejected")

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="answers")
    answered = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="answered_by")
    place = models.ForeignKey(  # the municipality that answers, as of the day of the programme above
        Unit, on_delete=models.PROTECT, related_name="+"
    )
    status = models.CharField(max_length=9, choices=Status, default=Status.SUGGESTED)
    likeness = models.FloatField(null=True)  # 0…1 as the rule judged; None for an answer made by hand
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("answer to a measure of the region")
        verbose_name_plural = _("answers to measures of the region")
        ordering = ("answered", "-likeness", "id")
        constraints = (
            models.UniqueConstraint(fields=("measure", "answered"), name="programmes_answer_once"),
            models.CheckConstraint(
                name="programmes_answer_to_another", condition=~models.Q(measure=models.F("answered"))
            ),
        )
        indexes = (
            models.Index(fields=("answered", "status", "place"), name="programmes_answers_by_place"),
            models.Index(fields=("place", "answered"), name="programmes_answers_of_place"),
        )

    def __str__(self) -> str:
        return f"{self.measure_id} → {self.answered_id}"
