"""Units and their places."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from avgust.web.accounts.rights import Action
from avgust.web.territory import places
from avgust.web.ui.search import OrderField, SearchField, words_filter


def _posts_of(user: Any, action: Action) -> list[int]:
    """Return the units of the current posts that allow `action`; none for who may not sign in."""
    if not user.is_authenticated or not user.is_active:
        return []
    return [post.unit_id for post in user.posts_allowing(action)]


def regions_of(user: Any, action: Action) -> list[int]:
    """Return the regions over which `user` may do `action` by a current post."""
    if not user.is_authenticated or not user.is_active:
        return []
    return [post.unit_id for post in user.posts_allowing(action) if post.unit.kind == Unit.Kind.REGION]


def reads_everything(user: Any, action: Action = Action.SEE_TERRITORY) -> bool:
    """Return whether a page that is being read may leave out the scope of `user`: nothing stands outside it.

    Asked of who stands over a region; anybody else's scope is a condition.
    """
    regions = regions_of(user, action)
    return bool(regions) and places.is_everything(regions)


class UnitQuerySet(models.QuerySet["Unit"]):
    """Units by date, place and reader."""

    def on(self, day: date) -> Self:
        """Return the units that exist on `day`; the day of closing is the last one."""
        opened = models.Q(opened=None) | models.Q(opened__lte=day)
        return self.filter(opened, models.Q(closed=None) | models.Q(closed__gte=day))

    def under(self, unit: Unit, day: date) -> Self:
        """Return `unit` and everything under it on `day`."""
        return self.filter(pk__in=places.under([unit.pk], day))

    def above(self, unit: Unit, day: date) -> Self:
        """Return `unit` and everything above it on `day`."""
        return self.filter(pk__in=places.above([unit.pk], day))

    def in_scope_of(self, user: Any, action: Action = Action.SEE_TERRITORY) -> Self:
        """Return the units where `user` may do `action`: those of the posts and everything under them."""
        posts = _posts_of(user, action)
        if not posts:
            return self.none()
        if reads_everything(user, action):
            return self.all()
        return self.filter(pk__in=places.under_for_rights(posts, timezone.localdate()))

    def rooted_in(self, unit: Unit) -> Self:
        """Return `unit` and everything whose last place is under it: closed and planned ones, too."""
        return self.filter(pk__in=places.under_for_rights([unit.pk], timezone.localdate()))

    def above_posts_of(self, user: Any, action: Action) -> Self:
        """Return the units whose decisions bind `user`: those of the posts that allow `action`, and above."""
        posts = _posts_of(user, action)
        if not posts:
            return self.none()
        return self.filter(pk__in=places.above_for_rights(posts, timezone.localdate()))

    def visible_to(self, user: Any) -> Self:
        """Return the units that `user` may see: those in scope, and the line above the posts."""
        posts = _posts_of(user, Action.SEE_TERRITORY)
        if not posts:
            return self.none()
        today = timezone.localdate()
        if reads_everything(user):
            return self.all()
        return self.filter(
            models.Q(pk__in=places.under_for_rights(posts, today))
            | models.Q(pk__in=places.above_for_rights(posts, today))
        )

    def with_parent(self, day: date) -> Self:
        """Annotate each unit with `parent_on_day`, the id of its parent on `day`."""
        held = Membership.objects.on(day).filter(unit=models.OuterRef("pk"))
        return self.annotate(parent_on_day=models.Subquery(held.values("parent")[:1]))

    def search(self, query: str) -> Self:
        """Return the units whose names or tax number have every word of `query`; case and ё do not matter.

        A unit is found by a name that it had earlier, too.
        """
        earlier = FormerName.objects.filter(words_filter("search", query), unit=models.OuterRef("pk"))
        return self.filter(words_filter("search", query) | models.Exists(earlier))

    def called_as_on(self, day: date) -> list[Unit]:
        """Return the units, each with the name that it had on `day`; to be shown, never saved."""
        units = list(self)
        former = FormerName.objects.filter(unit__in=[unit.pk for unit in units], until__gte=day)
        names = {row.unit_id: row for row in former.order_by("-until")}  # the earliest one remains
        for unit in units:
            if unit.pk in names:
                unit.name, unit.short_name = names[unit.pk].name, names[unit.pk].short_name
        return units


class Unit(models.Model):
    """A node of the territory: the region, a municipality, an authority or an organisation."""

    class Kind(models.TextChoices):
        """What a unit is; the words of `avgust.domain.addressing`."""

        REGION = "region", _("region")
        MUNICIPALITY = "municipality", _("municipality")
        AUTHORITY = "authority", _("education authority")
        SCHOOL = "school", _("school")
        KINDERGARTEN = "kindergarten", _("kindergarten")
        ADDITIONAL = "additional", _("additional education")
        COLLEGE = "college", _("college")
        METHODICAL_CENTRE = "methodical_centre", _("methodical centre")
        INSTITUTE = "institute", _("institute for teacher development")
        OTHER = "other", _("other organisation")

    class Founder(models.TextChoices):
        """Who founded the organisation."""

        MUNICIPAL = "municipal", _("municipality")
        REGIONAL = "regional", _("region")
        PRIVATE = "private", _("private founder")

    class Settlement(models.TextChoices):
        """Where it stands; decides many norms."""

        URBAN = "urban", _("town")
        RURAL = "rural", _("village")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    name = models.CharField(_("official name"), max_length=500)
    short_name = models.CharField(_("short name"), max_length=200, blank=True)
    inn = models.CharField(_("tax number"), max_length=12, blank=True)
    founder = models.CharField(_("founder"), max_length=10, choices=Founder, default=Founder.MUNICIPAL)
    settlement = models.CharField(_("settlement"), max_length=5, choices=Settlement, blank=True)
    opened = models.DateField(_("opened"), null=True, blank=True)
    closed = models.DateField(_("last day"), null=True, blank=True)
    successor = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name=_("successor"),
    )
    closing_basis = models.CharField(_("act of closing"), max_length=300, blank=True)
    search = SearchField("name", "short_name", "inn")
    order = OrderField("short_name", "name", db_index=True)

    parent_on_day: int | None  # with `with_parent` only

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ("order", "id")
        constraints = (
            models.CheckConstraint(
                name="territory_unit_closes_after_opening",
                condition=models.Q(closed=None)
                | models.Q(opened=None)
                | models.Q(closed__gte=models.F("opened")),
            ),
            models.UniqueConstraint(
                fields=("inn",), condition=~models.Q(inn=""), name="territory_unit_inn_once"
            ),
        )

    def __str__(self) -> str:
        return self.short_name or self.name

    def get_absolute_url(self) -> str:
        """Return the address of the card."""
        return reverse("territory:card", args=[self.pk])

    def exists_on(self, day: date) -> bool:
        """Return whether the unit exists on `day`, as `UnitQuerySet.on` asks of the database."""
        return (self.opened is None or self.opened <= day) and (self.closed is None or self.closed >= day)

    def is_reached_from(self, posts: Collection[Any]) -> bool:
        """Return whether one of `posts` stands at the unit or above its last place."""
        held = {post.unit_id for post in posts}
        regions = {post.unit_id for post in posts if post.unit.kind == Unit.Kind.REGION}
        if regions and places.is_everything(regions):
            return True
        return not held.isdisjoint(self.line_of_rights)

    @cached_property
    def line_of_rights(self) -> frozenset[int]:
        """Return the ids of the unit and of all above its last place: who has a post there reaches it."""
        rows = Unit.objects.filter(pk__in=places.above_for_rights([self.pk], timezone.localdate()))
        return frozenset(rows.values_list("pk", flat=True))

    def parent_on(self, day: date) -> Unit | None:
        """Return the unit directly above on `day`."""
        held = self.memberships.on(day).select_related("parent").first()
        return held.parent if held else None

    def line_on(self, day: date) -> list[Unit]:
        """Return what stands above the unit on `day`, the highest first, without the unit itself."""
        units = {unit.pk: unit for unit in Unit.objects.above(self, day).with_parent(day)}
        line: list[Unit] = []
        here = units[self.pk].parent_on_day
        while here in units:
            line.append(units[here])
            here = units[here].parent_on_day
        return line[::-1]


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Memberships by date."""

    def on(self, day: date) -> Self:
        """Return the memberships that hold on `day`; both ends inclusive."""
        return self.filter(models.Q(until=None) | models.Q(until__gte=day), since__lte=day)


class Membership(models.Model):
    """The place of a unit under another, for its dates; both ends inclusive."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="memberships")
    parent = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="members")
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)
    basis = models.CharField(_("basis"), max_length=300, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("place of an organisation")
        verbose_name_plural = _("places of organisations")
        ordering = ("unit", "since")
        indexes = (models.Index(fields=("parent", "since"), name="territory_members_of_parent"),)
        constraints = (
            models.UniqueConstraint(fields=("unit", "since"), name="territory_membership_once"),
            models.CheckConstraint(
                name="territory_membership_ends_after_start",
                condition=models.Q(until=None) | models.Q(until__gte=models.F("since")),
            ),
            models.CheckConstraint(
                name="territory_membership_not_in_itself", condition=~models.Q(unit=models.F("parent"))
            ),
        )

    def __str__(self) -> str:
        return f"{self.unit} ⊂ {self.parent} {self.since}…{self.until or ''}"


class FormerName(models.Model):
    """A name that a unit had until a day, inclusive; `basis` is the act that changed it."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="former_names")
    name = models.CharField(_("official name"), max_length=500)
    short_name = models.CharField(_("short name"), max_length=200, blank=True)
    until = models.DateField(_("until"))
    basis = models.CharField(_("basis"), max_length=300, blank=True)
    search = SearchField("name", "short_name")

    class Meta:
        verbose_name = _("former name")
        verbose_name_plural = _("former names")
        ordering = ("unit", "until")
        constraints = (models.UniqueConstraint(fields=("unit", "until"), name="territory_former_name_once"),)

    def __str__(self) -> str:
        return self.short_name or self.name


class ExternalId(models.Model):
    """The number of a unit in another system (OneRoster's `sourcedId`), so that a second file updates it."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="external_ids")
    system = models.CharField(_("system"), max_length=20)
    value = models.CharField(_("number"), max_length=255)

    class Meta:
        verbose_name = _("number in another system")
        verbose_name_plural = _("numbers in other systems")
        ordering = ("unit", "system")
        constraints = (
            models.UniqueConstraint(fields=("system", "value"), name="territory_external_id_once"),
        )

    def __str__(self) -> str:
        return f"{self.system} {self.value}"


class ImportFileQuerySet(models.QuerySet["ImportFile"]):
    """Uploaded files by reader."""

    def visible_to(self, user: Any) -> Self:
        """Return the files of the territories that `user` may change."""
        return self.filter(unit__in=Unit.objects.in_scope_of(user, Action.EDIT_TERRITORY))


class ImportFile(models.Model):
    """A file that was uploaded to change the tree: its table, what a person said about it, what became of it.

    The table is kept until it is written or dropped; afterwards the lines say what was written.
    """

    class Source(models.TextChoices):
        """What the file is."""

        TABLE = "table", _("table")
        ONEROSTER = "oneroster", _("OneRoster")

    class Status(models.TextChoices):
        """Where the file stands."""

        CHECKING = "checking", _("being checked")
        WRITTEN = "written", _("written")
        UNDONE = "undone", _("undone")
        DROPPED = "dropped", _("not written")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("organisation"))
    source = models.CharField(_("source"), max_length=10, choices=Source, default=Source.TABLE)
    status = models.CharField(_("state"), max_length=10, choices=Status, default=Status.CHECKING)
    file_name = models.CharField(_("file"), max_length=255)
    size = models.PositiveIntegerField(_("size"))
    day = models.DateField(_("compared on"))
    renaming = models.BooleanField(_("new names are renamings"), default=False)
    table = models.BinaryField()
    fixes = models.JSONField(default=dict)  # cell → text, None to leave as it is
    answers = models.JSONField(default=dict)  # row → unit, 0 for a new one
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(_("uploaded"), auto_now_add=True)
    written_at = models.DateTimeField(_("written"), null=True)
    undone_at = models.DateTimeField(_("undone"), null=True)

    objects = ImportFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("uploaded file")
        verbose_name_plural = _("uploaded files")
        ordering = ("-uploaded_at", "-id")

    def __str__(self) -> str:
        return self.file_name


class ImportLine(models.Model):
    """One row that was written: the unit before and after it, so that it can be undone."""

    file = models.ForeignKey(ImportFile, on_delete=models.CASCADE, related_name="lines")
    unit = models.ForeignKey(Unit, on_delete=models.SET_NULL, null=True, related_name="+")
    name = models.CharField(_("organisation"), max_length=500)
    row = models.PositiveIntegerField(_("row"))
    before = models.JSONField(null=True)  # None for a new unit
    after = models.JSONField()
    changes = models.JSONField(default=list)
    undone = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("written row")
        verbose_name_plural = _("written rows")
        ordering = ("file", "row")

    def __str__(self) -> str:
        return f"{self.row} {self.name}"

    @property
    def says(self) -> bool:
        """True for a row that added or changed a unit; others keep its number in another system."""
        return self.before is None or bool(self.changes)
