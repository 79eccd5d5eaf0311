"""The tree as files: a workbook that imports back, an empty one, one with marks, OneRoster."""

from __future__ import annotations

import csv
import io
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import IO, TYPE_CHECKING, Any, Final

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from avgust.domain.resolutions.export.printable import inert
from avgust.domain.territory.imports import oneroster
from avgust.domain.territory.imports.columns import Field, plain
from avgust.domain.territory.imports.difference import State
from avgust.domain.territory.imports.register import Known, KnownRegister
from avgust.domain.territory.imports.workbook import Exported, marked_xlsx, template_xlsx, tree_xlsx
from avgust.web.accounts.rights import Action
from avgust.web.territory.imports.reading import compared, known_register, sheets_of
from avgust.web.territory.imports.views import seen_file
from avgust.web.territory.models import ImportFile, Unit, UnitQuerySet
from avgust.web.ui.attachments import attached
from avgust.web.ui.large_files import Order, Wanted, answer_file
from avgust.web.ui.requests import SignedInRequest, language

if TYPE_CHECKING:
    from avgust.web.accounts.models import User


KIND: Final = "territory.tree"


def _units(user: User) -> UnitQuerySet:
    if not user.may(Action.EDIT_TERRITORY):
        raise PermissionDenied
    return Unit.objects.in_scope_of(user, Action.EDIT_TERRITORY)


def _in_order(register: KnownRegister) -> list[Known]:
    """Return the units that work on the day or open later, what others stand under before them."""
    units = [known for known in register.units.values() if register.works(known)]
    levels = {"region": 0, "municipality": 1}
    return sorted(
        units,
        key=lambda one: (
            levels.get(one.kind, 2),
            plain(_parent_name(register, one)),
            one.kind,
            plain(one.name),
            one.unit,
        ),
    )


def _parent_name(register: KnownRegister, known: Known) -> str:
    parent = register.parent_of(known.unit)
    return register.units[parent].name if parent in register.units else ""


def exported(register: KnownRegister) -> Iterator[Exported]:
    """Yield the rows of the workbook."""
    names: defaultdict[str, int] = defaultdict(int)
    for known in register.units.values():
        for name in {plain(known.name), plain(known.short_name)} - {""}:
            names[name] += 1

    def called(unit: int | None) -> str:
        """Return a name that names one unit, else its number."""
        if unit not in register.units:
            return ""
        name = register.units[unit].name
        return name if names[plain(name)] == 1 else f"№ {unit}"

    for known in _in_order(register):
        life = known.life
        place = life.place_on(register.day) or (life.places[0] if life.places else None)
        yield Exported(
            {
                Field.NUMBER: known.unit,
                Field.INN: known.inn,
                Field.NAME: known.name,
                Field.SHORT_NAME: known.short_name,
                Field.KIND: known.kind,
                Field.PLACE: called(place.parent if place else None),
                Field.SINCE: place.since if place else None,
                Field.FOUNDER: known.founder,
                Field.SETTLEMENT: known.settlement,
                Field.OPENED: life.opened,
                Field.CLOSED: life.closed,
                Field.SUCCESSOR: called(life.successor),
            }
        )


@login_required
@require_safe
def tree(request: SignedInRequest) -> HttpResponseBase:
    """Return the tree of today as a workbook; a large one is written by the worker."""
    rows = _units(request.user).count()
    unit = request.user.posts_allowing(Action.EDIT_TERRITORY)[0].unit
    name, back = f"territory-{timezone.localdate()}.xlsx", reverse("territory:files")
    return answer_file(request, Wanted(KIND, {}, gettext("Organisations"), name, rows, unit, back))


def may_take_tree(user: User, _question: Mapping[str, Any]) -> bool:
    """Return whether `user` may have the tree: of her own units, whatever they are by then."""
    return user.may(Action.EDIT_TERRITORY)


def write_tree(order: Order, out: IO[bytes]) -> None:
    """Write the tree of today, so that it imports back."""
    register = known_register(_units(order.user), timezone.localdate())
    out.write(tree_xlsx(order.counted(exported(register)), order.language))


@login_required
@require_safe
def template(request: SignedInRequest) -> HttpResponse:
    """Return an empty workbook to fill in."""
    if not request.user.may(Action.EDIT_TERRITORY):
        raise PermissionDenied
    return attached(template_xlsx(language()), "territory-template.xlsx")


@login_required
@require_safe
def marked(request: SignedInRequest, pk: int) -> HttpResponse:
    """Return the uploaded table with the wrong cells marked."""
    found = seen_file(request, pk)
    if found.status != ImportFile.Status.CHECKING:
        raise Http404
    _known, difference = compared(found, request.user)
    notes: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for line in difference.of(State.WRONG):
        for fault in line.faults:
            if fault.cell:
                notes[line.row.sheet][fault.cell] = fault.message.render(language())
    return attached(marked_xlsx(sheets_of(found), notes), f"territory-{found.pk}-marked.xlsx")


@login_required
@require_safe
def orgs(request: SignedInRequest) -> HttpResponse:
    """Return the tree of today as OneRoster 1.1: `orgs.csv` with its manifest."""
    register = known_register(_units(request.user), timezone.localdate())
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("manifest.csv", _csv(_MANIFEST))
        archive.writestr(oneroster.ORGS, _csv([oneroster.COLUMNS, *_orgs(register)]))
    return attached(out.getvalue(), f"oneroster-{register.day}.zip")


_MANIFEST: Final = (
    ("propertyName", "value"),
    ("manifest.version", "1.0"),
    ("oneroster.version", "1.1"),
    *((f"file.{name}", "absent") for name in ("academicSessions", "classes", "courses", "demographics")),
    ("file.enrollments", "absent"),
    ("file.orgs", "bulk"),
    ("file.users", "absent"),
    ("source.systemName", "Avgust"),
)


def _orgs(register: KnownRegister) -> Iterator[tuple[str, ...]]:
    """Yield the organisations; in bulk files status and dateLastModified stay empty."""

    def number(unit: int | None) -> str:
        return (register.units[unit].external or f"avgust-{unit}") if unit in register.units else ""

    for known in _in_order(register):
        kind = oneroster.TYPES.get(known.kind, "school")
        yield number(known.unit), "", "", known.name, kind, known.inn, number(register.parent_of(known.unit))


def _csv(rows: Any) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([inert(value) for value in row] for row in rows)
    return out.getvalue()
