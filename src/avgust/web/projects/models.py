"""A measure that is carried out as a project: milestones and what they wait for, money, risks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Self, TypeVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from avgust.domain.planning.money import Money, Source
from avgust.domain.planning.risks import Level, level_of
from avgust.web.control.models import Evidence
from avgust.web.programmes.models import Measure, Programme
from avgust.web.projects.plan_files import PlanFile, PlanFileLine  # noqa: F401 - Django looks here
from avgust.web.projects.roadmap_packages import RoadmapPackage  # noqa: F401 - Django looks here
from avgust.web.ui import addresses

if TYPE_CHECKING:
    from avgust.web.accounts.models import User

SOURCES: Final = [
    (Source.FEDERAL.value, _("federal budget")),
    (Source.REGIONAL.value, _("regional budget")),
    (Source.MUNICIPAL.value, _("municipal budget")),
    (Source.EXTRA.value, _("extra-budgetary means")),
]


P = TypeVar("P", bound=models.Model)


class ProjectQuerySet(models.QuerySet["Project"]):
    """Projects, asked for by who may see them."""

    def visible_to(self, user: User) -> Self:
        """Return projects of the measures that `user` may see."""
        return self.filter(measure__programme__in=Programme.objects.visible_to(user))


class Project(models.Model):
    """What a measure is when it is a project."""

    measure = models.OneToOneField(Measure, on_delete=models.CASCADE, related_name="project")
    goal = models.TextField(_("result of the project"), blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")

    def __str__(self) -> str:
        return str(self.measure)

    def get_absolute_url(self) -> str:
        """Return the address of the project."""
        return addresses.of("projects:project", self.measure_id)

    @property
    def unit_id(self) -> int:
        """Whose project it is: the organisation of the programme."""
        return self.measure.programme.unit_id


class PartQuerySet(models.QuerySet[P]):
    """Parts of projects, asked for by who may see them."""

    def visible_to(self, user: User) -> Self:
        """Return parts of the projects that `user` may see."""
        return self.filter(project__in=Project.objects.visible_to(user))


class Part(models.Model):
    """A row of a project. `version` grows with every act on it: nobody saves over what she has not seen."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="%(class)ss")
    version = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True

    @property
    def unit_id(self) -> int:
        """Whose project it is; the journal finds its acts by it."""
        return self.project.unit_id


class MilestoneQuerySet(PartQuerySet["Milestone"]):
    """Milestones."""


class Milestone(Part):
    """A stage of a project with its first and last day. It is done by an act, never by a percentage."""

    class Stage(models.TextChoices):
        """How far it has come."""

        PLANNED = "planned", pgettext_lazy("milestone", "planned")
        CLAIMED = "claimed", pgettext_lazy("milestone", "claimed, waits for a second person")
        DONE = "done", pgettext_lazy("milestone", "done")

    title = models.CharField(_("milestone"), max_length=300)
    start = models.DateField(_("first day"))
    due = models.DateField(_("last day"))
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.PLANNED)
    done_on = models.DateField(null=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = MilestoneQuerySet.as_manager()

    class Meta(Part.Meta):
        abstract = False
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ("project", "start", "due", "id")
        constraints = (
            models.CheckConstraint(
                name="projects_milestone_ends_after_start", condition=models.Q(due__gte=models.F("start"))
            ),
            models.CheckConstraint(
                name="projects_milestone_done_on_a_day",
                condition=models.Q(stage="done", done_on__isnull=False)
                | (~models.Q(stage="done") & models.Q(done_on=None)),
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of the card."""
        return addresses.of("projects:milestone", self.pk)


class Dependency(models.Model):
    """A milestone begins not sooner than `lag` calendar days after the last day of another."""

    before = models.ForeignKey(Milestone, on_delete=models.CASCADE, related_name="followers")
    after = models.ForeignKey(Milestone, on_delete=models.CASCADE, related_name="waits")
    lag = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("dependency of milestones")
        verbose_name_plural = _("dependencies of milestones")
        ordering = ("after", "before")
        constraints = (
            models.UniqueConstraint(fields=("before", "after"), name="projects_dependency_once"),
            models.CheckConstraint(
                name="projects_dependency_on_another", condition=~models.Q(before=models.F("after"))
            ),
        )

    def __str__(self) -> str:
        return f"{self.before_id} → {self.after_id} +{self.lag}"


class MilestoneReport(models.Model):
    """That a milestone is done, who says so, and what shows it; kept after it was returned."""

    class Outcome(models.TextChoices):
        """What became of it."""

        SENT = "sent", _("waits for acceptance")
        DOCUMENTED = "documented", _("shown by a document")
        ACCEPTED = "accepted", _("accepted")
        RETURNED = "returned", _("returned for rework")
        WITHDRAWN = "withdrawn", _("withdrawn")

    milestone = models.ForeignKey(Milestone, on_delete=models.CASCADE, related_name="reports")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    spoke = models.JSONField(default=dict)  # the organisations that the author worked for then
    made_at = models.DateTimeField(auto_now_add=True)
    done_on = models.DateField()
    text = models.TextField(_("what was done"), blank=True)
    kind = models.CharField(max_length=10, choices=Evidence.Kind, blank=True)  # "" without evidence
    title = models.CharField(max_length=300, blank=True)
    number = models.CharField(max_length=60, blank=True)
    dated = models.DateField(null=True)
    url = models.URLField(max_length=1000, blank=True)
    sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    file_name = models.CharField(max_length=255, blank=True)
    size = models.PositiveBigIntegerField(default=0)  # bytes
    mime = models.CharField(max_length=100, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    remark = models.TextField(blank=True)  # why it was returned

    class Meta:
        verbose_name = _("report on a milestone")
        verbose_name_plural = _("reports on milestones")
        ordering = ("milestone", "id")

    def __str__(self) -> str:
        return f"{self.milestone_id} {self.get_outcome_display()}"

    @property
    def standing(self) -> bool:
        """True for what still says that the milestone is done."""
        return self.outcome in (self.Outcome.SENT, self.Outcome.DOCUMENTED, self.Outcome.ACCEPTED)

    @property
    def shown_by(self) -> str:
        """What shows it, in words; "" without evidence."""
        number = f"№ {self.number}" if self.number else ""
        return " ".join(filter(None, (self.title or self.file_name or self.url, number)))


class BudgetLineQuerySet(PartQuerySet["BudgetLine"]):
    """Lines of budgets."""


class BudgetLine(Part):
    """What a part of a project costs, and whose money it is; roubles with kopecks."""

    source = models.CharField(_("source of the money"), max_length=10, choices=SOURCES)
    title = models.CharField(_("what it is for"), max_length=300)
    planned = models.DecimalField(_("planned"), max_digits=14, decimal_places=2, default=0)
    allotted = models.DecimalField(_("allotted"), max_digits=14, decimal_places=2, default=0)
    spent = models.DecimalField(_("spent"), max_digits=14, decimal_places=2, default=0)

    objects = BudgetLineQuerySet.as_manager()

    class Meta(Part.Meta):
        abstract = False
        verbose_name = _("line of a budget")
        verbose_name_plural = _("lines of budgets")
        ordering = ("project", "id")
        constraints = (
            models.CheckConstraint(
                name="projects_budget_not_below_zero",
                condition=models.Q(planned__gte=0, allotted__gte=0, spent__gte=0),
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def money(self) -> Money:
        """The three sums."""
        return Money(self.planned, self.allotted, self.spent)


class RiskQuerySet(PartQuerySet["Risk"]):
    """Risks."""


class Risk(Part):
    """What may go wrong, how likely and how grave, who watches it and what is done about it."""

    class State(models.TextChoices):
        """What became of it."""

        OPEN = "open", pgettext_lazy("risk", "open")
        HAPPENED = "happened", pgettext_lazy("risk", "it happened")
        CLOSED = "closed", pgettext_lazy("risk", "closed")

    title = models.CharField(_("risk"), max_length=500)
    probability = models.PositiveSmallIntegerField(_("probability"))  # 1…5
    impact = models.PositiveSmallIntegerField(_("impact"))  # 1…5
    owner = models.CharField(_("who watches it"), max_length=300)  # a post or an organisation
    response = models.TextField(_("what is done about it"))
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)

    objects = RiskQuerySet.as_manager()

    class Meta(Part.Meta):
        abstract = False
        verbose_name = _("risk of a project")
        verbose_name_plural = _("risks of projects")
        ordering = ("project", "id")
        constraints = (
            models.CheckConstraint(
                name="projects_risk_within_the_scale",
                condition=models.Q(probability__range=(1, 5), impact__range=(1, 5)),
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def score(self) -> int:
        """Probability × impact."""
        return self.probability * self.impact

    @property
    def level(self) -> Level:
        """How much it asks for."""
        return level_of(self.probability, self.impact)
