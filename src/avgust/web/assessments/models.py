"""Works, dated specifications, uploads with what was refused, and what the warehouse holds of each school."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from avgust.domain.assessment.works import Item, Level, Specification
from avgust.domain.assessment.works.mapping import Mapping
from avgust.domain.messages import Message
from avgust.domain.periods import Period
from avgust.web.accounts.rights import Action
from avgust.web.assessments.codifiers.models import CodifierEdition
from avgust.web.assessments.drafts.models import TableDraft  # noqa: F401 - Django looks here
from avgust.web.assessments.kept_messages import message_in
from avgust.web.assessments.subjects import ProcedureName, Subject
from avgust.web.territory.models import Unit
from avgust.web.warehouse.layout import name_of


class WorkQuerySet(models.QuerySet["Work"]):
    """Works by reader."""

    def visible_to(self, user: Any) -> Self:
        """Return the works of the reader's territory, and of those above it: a school wrote them too."""
        return self.filter(
            models.Q(unit__in=Unit.objects.in_scope_of(user, Action.SEE_RESULTS))
            | models.Q(unit__in=Unit.objects.above_posts_of(user, Action.SEE_RESULTS))
        )


class Work(models.Model):
    """What pupils of a grade wrote in a subject, in a procedure, in a school year."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("territory"))
    title = models.CharField(_("title"), max_length=200)
    procedure = models.CharField(_("procedure"), max_length=8, choices=ProcedureName)
    subject = models.CharField(_("subject"), max_length=10, choices=Subject)
    grade = models.PositiveSmallIntegerField(
        _("grade"), validators=(MinValueValidator(1), MaxValueValidator(11))
    )
    school_year = models.PositiveSmallIntegerField(_("school year"))  # the year in which it begins
    held_on = models.DateField(_("held on"))
    pupils = models.PositiveIntegerField(_("participants"), default=0)
    schools = models.PositiveIntegerField(_("schools"), default=0)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(_("added"), default=timezone.now)

    objects = WorkQuerySet.as_manager()

    class Meta:
        verbose_name = _("work")
        verbose_name_plural = _("works of assessment")
        ordering = ("-school_year", "procedure", "grade", "subject", "id")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of the page."""
        return reverse("assessments:work", args=[self.pk])

    @property
    def period(self) -> Period:
        """The school year."""
        return Period.school_year(self.school_year)

    @property
    def dataset(self) -> str:
        """The name of its rows in the warehouse: what statistics open (`warehouse.results.open_results`)."""
        return name_of(
            procedure=self.procedure,
            year=self.school_year,
            subject=self.subject,
            grade=self.grade,
            work=self.pk,
        )

    def specification_on(self, day: date) -> SpecificationOfWork | None:
        """Return the specification in force on `day`, the latest of those that are; with its items."""
        found = self.specifications.filter(since__lte=day).order_by("-since", "-id")
        return found.select_related("content_codifier", "skill_codifier").prefetch_related("items").first()

    @property
    def specification(self) -> SpecificationOfWork | None:
        """The specification by which results are checked: that of the day on which the work was held."""
        return self.specification_on(self.held_on)


class SpecificationOfWork(models.Model):
    """Items and cut scores from a day on, by an act; a later one replaces it, none is changed."""

    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="specifications")
    since = models.DateField(_("in force from"))
    basis = models.CharField(_("by the act"), max_length=300, blank=True)
    cuts = models.JSONField(_("cut scores"), default=dict)  # "3": 10
    variants = models.JSONField(_("variants"), default=list)
    # Which editions the codes of its items are of; none: they are words, or codes that nobody checks.
    content_codifier = models.ForeignKey(
        CodifierEdition,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("codifier of content"),
    )
    skill_codifier = models.ForeignKey(
        CodifierEdition,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("codifier of skills"),
    )
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(_("set"), default=timezone.now)

    class Meta:
        verbose_name = _("specification")
        verbose_name_plural = _("specifications")
        ordering = ("work", "-since", "-id")

    def __str__(self) -> str:
        return f"{self.work}, {self.since}"

    @property
    def marks(self) -> list[tuple[str, int]]:
        """Cut scores in their order."""
        return sorted(self.cuts.items())

    def value(self) -> Specification:
        """Return it as the domain reads it."""
        return Specification(
            items=tuple(item.value() for item in self.items.all()),
            cuts={int(mark): least for mark, least in self.cuts.items()},
            variants=frozenset(self.variants),
            since=self.since,
        )


class WorkItem(models.Model):
    """An item of a specification."""

    class LevelName(models.TextChoices):
        """Levels as people read them."""

        BASIC = "Б", _("basic")
        ADVANCED = "П", _("advanced")
        HIGH = "В", _("high")

    specification = models.ForeignKey(SpecificationOfWork, on_delete=models.CASCADE, related_name="items")
    place = models.PositiveSmallIntegerField()
    code = models.CharField(_("item"), max_length=20)
    maximum = models.PositiveSmallIntegerField(_("points at most"))
    level = models.CharField(_("level"), max_length=1, choices=LevelName, blank=True)
    content = models.CharField(_("content element"), max_length=200, blank=True)
    skill = models.CharField(_("skill"), max_length=200, blank=True)
    criteria = models.CharField(_("how it is marked"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("item")
        verbose_name_plural = _("items")
        ordering = ("specification", "place")
        constraints = (
            models.UniqueConstraint(fields=("specification", "code"), name="assessments_item_once"),
        )

    def __str__(self) -> str:
        return self.code

    def value(self) -> Item:
        """Return it as the domain reads it."""
        level = Level(self.level) if self.level else None
        return Item(self.code, self.maximum, level, self.content, self.skill, self.criteria)


class UploadQuerySet(models.QuerySet["Upload"]):
    """Uploads by reader."""

    def visible_to(self, user: Any) -> Self:
        """Return the uploads into works that the reader imports."""
        return self.filter(work__unit__in=Unit.objects.in_scope_of(user, Action.IMPORT_RESULTS))


class Upload(models.Model):
    """Files of results that were sent together, and what became of them."""

    class Status(models.TextChoices):
        """Where it stands."""

        WAITING = "waiting", _("waits")
        READING = "reading", _("being read")
        DONE = "done", _("imported")
        FAILED = "failed", _("not imported")
        WITHDRAWN = "withdrawn", _("taken out")

    work = models.ForeignKey(Work, on_delete=models.PROTECT, related_name="uploads")
    amends = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="amendments")
    mapping = models.ForeignKey("MappingPackage", on_delete=models.PROTECT, null=True, related_name="+")
    status = models.CharField(_("state"), max_length=10, choices=Status, default=Status.WAITING)
    total = models.PositiveIntegerField(_("files"), default=0)
    done = models.PositiveIntegerField(default=0)
    rows = models.PositiveIntegerField(_("rows read"), default=0)
    attempt = models.PositiveIntegerField(default=0)  # the worker that began last is the only one that writes
    fault = models.JSONField(null=True)  # msgid and params: why reading stopped
    taken = models.PositiveIntegerField(_("participants"), default=0)
    absent = models.PositiveIntegerField(_("absent"), default=0)
    refused = models.PositiveIntegerField(_("rows refused"), default=0)
    # participants who do not stand: somebody sent theirs later and was read earlier
    overtaken = models.PositiveIntegerField(_("replaced by later uploads"), default=0)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(_("uploaded"), default=timezone.now)
    finished_at = models.DateTimeField(_("finished"), null=True)

    objects = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("upload of results")
        verbose_name_plural = _("uploads of results")
        ordering = ("-uploaded_at", "-id")

    def __str__(self) -> str:
        return f"{self.work}, {self.uploaded_at:%d.%m.%Y}"

    @property
    def is_under_way(self) -> bool:
        """True while the worker has not finished."""
        return self.status in (self.Status.WAITING, self.Status.READING)

    @property
    def why(self) -> Message | None:
        """Why reading stopped, where it did not come to its end."""
        return message_in(self.fault) if self.fault else None

    @property
    def may_be_read_again(self) -> bool:
        """True where reading stopped: its files are kept until it comes to an end."""
        return self.status == self.Status.FAILED and self.files.exclude(sha256="").exists()


class UploadFile(models.Model):
    """A file of an upload: the form it was found to be, what was taken, why it was not read."""

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="files")
    place = models.PositiveIntegerField()
    name = models.CharField(_("file"), max_length=255)
    size = models.PositiveIntegerField(_("size"))
    sha256 = models.CharField(max_length=64, blank=True)  # until it has been read
    form = models.CharField(_("form"), max_length=10, blank=True)
    is_read = models.BooleanField(default=False)
    taken = models.PositiveIntegerField(_("participants"), default=0)
    refused = models.PositiveIntegerField(_("rows refused"), default=0)
    fault = models.JSONField(null=True)  # msgid and params
    remarks = models.JSONField(default=list)
    heads = models.JSONField(default=dict)  # sheet → heads as printed

    class Meta:
        verbose_name = _("file of results")
        verbose_name_plural = _("files of results")
        ordering = ("upload", "place")

    def __str__(self) -> str:
        return self.name

    @property
    def why(self) -> Message | None:
        """Why the file was not read."""
        return message_in(self.fault) if self.fault else None

    @property
    def said(self) -> list[Message]:
        """What a person should look at."""
        return [message_in(one) for one in self.remarks]


class RefusedRow(models.Model):
    """A row that was not taken, until it is mended; a participant's number stands in its cells."""

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="refused_rows")
    file = models.ForeignKey(UploadFile, on_delete=models.CASCADE, related_name="refused_rows")
    sheet = models.CharField(_("sheet"), max_length=60)
    row = models.PositiveIntegerField(_("row"))
    why = models.JSONField()
    cells = models.JSONField(default=list)
    school = models.CharField(max_length=60, blank=True)  # the login above the row
    mended_by = models.ForeignKey(Upload, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("refused row")
        verbose_name_plural = _("refused rows")
        ordering = ("file", "sheet", "row")
        indexes = (models.Index(fields=("upload", "mended_by"), name="assessments_refused_open"),)

    def __str__(self) -> str:
        return f"{self.sheet} {self.row}"

    @property
    def reason(self) -> Message:
        """Why it was not taken."""
        return message_in(self.why)


class SchoolInWorkQuerySet(models.QuerySet["SchoolInWork"]):
    """Schools of works by reader."""

    def visible_to(self, user: Any) -> Self:
        """Return the schools that the reader answers for."""
        return self.filter(unit__in=Unit.objects.in_scope_of(user, Action.SEE_RESULTS))


class SchoolInWork(models.Model):
    """What the warehouse holds of a school in a work, for lists: made anew with every publication."""

    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="school_results")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    pupils = models.PositiveIntegerField(_("participants"))
    absent = models.PositiveIntegerField(_("absent"), default=0)
    classes = models.PositiveSmallIntegerField(_("classes"), default=0)
    mean = models.FloatField(_("mean primary score"), null=True)
    sd = models.FloatField(null=True)
    marks = models.JSONField(default=dict)  # "2": 3

    objects = SchoolInWorkQuerySet.as_manager()

    class Meta:
        verbose_name = _("school in a work")
        verbose_name_plural = _("schools in works")
        constraints = (models.UniqueConstraint(fields=("work", "unit"), name="assessments_school_once"),)

    def __str__(self) -> str:
        return f"{self.unit}: {self.pupils}"


class GroupShares(models.Model):
    """Aggregate statistics of a group from F3 or from the comparison with the journal."""

    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="group_shares")
    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="group_shares")
    form = models.CharField(_("form"), max_length=10)
    place = models.PositiveIntegerField()
    name = models.CharField(_("group"), max_length=300)
    code = models.CharField(max_length=60, blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    schools = models.PositiveIntegerField(_("schools"), null=True)
    pupils = models.PositiveIntegerField(_("participants"))
    shares = models.JSONField(_("shares"))

    class Meta:
        verbose_name = _("shares of a group")
        verbose_name_plural = _("shares of groups")
        ordering = ("work", "form", "place")

    def __str__(self) -> str:
        return self.name

    @property
    def said(self) -> list[tuple[str, float]]:
        """Shares with their names, in the order of the form."""
        words = {
            "lowered": _("marks lowered"),
            "confirmed": _("marks confirmed"),
            "raised": _("marks raised"),
        }
        order = [*"2345", *words]
        shares = sorted(self.shares.items(), key=lambda pair: order.index(pair[0]))
        return [(str(words.get(key, key)), share) for key, share in shares]


class MappingPackageQuerySet(models.QuerySet["MappingPackage"]):
    """Mappings by reader."""

    def last_editions(self) -> Self:
        """Return the last edition of each mapping."""
        later = MappingPackage.objects.filter(
            unit=models.OuterRef("unit"), name=models.OuterRef("name"), edition__gt=models.OuterRef("edition")
        )
        return self.filter(~models.Exists(later))

    def visible_to(self, user: Any) -> Self:
        """Return the mappings kept where the reader imports, and above."""
        return self.filter(
            models.Q(unit__in=Unit.objects.in_scope_of(user, Action.IMPORT_RESULTS))
            | models.Q(unit__in=Unit.objects.above_posts_of(user, Action.IMPORT_RESULTS))
        )


class MappingPackage(models.Model):
    """How tables of one's own are read, kept as a package that can be passed on.

    None is changed: saving another mapping under its name adds an edition, and uploads keep theirs.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=200)
    edition = models.PositiveIntegerField(_("edition"), default=1)
    package = models.TextField()
    kept_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kept_at = models.DateTimeField(_("kept"), default=timezone.now)

    objects = MappingPackageQuerySet.as_manager()

    class Meta:
        verbose_name = _("mapping")
        verbose_name_plural = _("mappings")
        ordering = ("name", "unit", "-edition")
        constraints = (
            models.UniqueConstraint(fields=("unit", "name", "edition"), name="assessments_mapping_edition"),
        )

    def __str__(self) -> str:
        return self.name

    def value(self) -> Mapping:
        """Return it as the domain reads it."""
        return Mapping.of_package(self.package.encode())
