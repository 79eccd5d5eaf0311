"""What changed in a programme since a day: as a page and as DOCX."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from avgust.domain.planning import wording
from avgust.domain.planning.baseline import Changed, Comparison, Kind, compare
from avgust.domain.planning.rewording import Stretch, reworded
from avgust.web.accounts.rights import Action
from avgust.web.audit.models import Entry
from avgust.web.control.models import Assignment
from avgust.web.programmes.models import Programme
from avgust.web.projects.snapshots import History, adoption_day, grounds
from avgust.web.ui.fields import DayField
from avgust.web.ui.requests import SignedInRequest, language
from avgust.web.ui.stations import HomeSection

if TYPE_CHECKING:
    from avgust.web.accounts.models import User

WRITTEN: Final = "%d.%m.%Y"
NO_SUCH_DAY: Final = {"invalid": _("There is no such date. An example of a right one: 01.09.2025.")}


def _day_field(label: Any) -> DayField:
    widget = forms.DateInput(format=WRITTEN)
    return DayField(label=label, required=False, widget=widget, error_messages=NO_SUCH_DAY)


class Days(forms.Form):
    """The two days that are compared: the day of adoption and today where nothing is said."""

    since = _day_field(_("Changes since"))
    until = _day_field(_("to the day"))


@dataclass(frozen=True, slots=True)
class Line:
    """A measure under one kind of change."""

    row: Changed
    kind: Kind
    grounds: list[Entry]

    @property
    def was(self) -> str:
        """What it was."""
        return wording.was(self.row, self.kind, language())

    @property
    def became(self) -> str:
        """What it is."""
        return wording.became(self.row, self.kind, language())

    @property
    def redline(self) -> tuple[Stretch, ...]:
        """The text with its words taken out and put in; nothing where it is the same."""
        before = self.row.before
        if self.kind is not Kind.REWORDED or before is None or before.text == self.row.after.text:
            return ()
        return reworded(before.text, self.row.after.text)


@dataclass(frozen=True, slots=True)
class Compared:
    """What changed between two days, and the acts behind it by the id of the measure."""

    found: Comparison
    why: dict[int, list[Entry]]


def programme_of(user: User, pk: int, action: Action) -> Programme:
    """Return the programme; 403 for who may never do `action`, 404 outside the scope."""
    if not (user.may(action) and user.may(Action.SEE_ASSIGNMENTS)):
        raise PermissionDenied
    rows = Programme.objects.visible_to(user).select_related("unit")
    programme = get_object_or_404(rows, pk=pk)
    if not Programme.objects.visible_to(user, action).filter(pk=pk).exists():
        raise PermissionDenied
    return programme


def compared(programme: Programme, user: User, since: date, until: date, told_in: str) -> Compared:
    """Return what changed between two days, of what `user` sees, with the acts that changed it."""
    history = History(programme, Assignment.objects.visible_to(user), told_in)
    found = compare(history.at(since), history.at(until))
    acts = history.between(found.before.day, found.after.day)
    return Compared(found, {pk: grounds(rows) for pk, rows in acts.items()})


def days_of(request: HttpRequest, programme: Programme) -> tuple[Days, date, date]:
    """Return the form and both days, none before the adoption and none to come."""
    today, adopted = timezone.localdate(), adoption_day(programme)
    asked = request.GET.copy()
    asked["since"] = asked.get("since") or adopted.strftime(WRITTEN)
    asked["until"] = asked.get("until") or today.strftime(WRITTEN)
    form = Days(asked)
    said = form.cleaned_data if form.is_valid() else {}
    first, last = sorted((said.get("since") or adopted, said.get("until") or today))
    return form, max(min(first, today), min(adopted, today)), max(min(last, today), min(adopted, today))


@login_required
@require_safe
def changes(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show what changed in a programme since a day."""
    programme = programme_of(request.user, pk, Action.SEE_PROGRAMMES)
    form, since, until = days_of(request, programme)
    asked = compared(programme, request.user, since, until, language())
    found = asked.found
    context: dict[str, Any] = {
        "programme": programme,
        "form": form,
        "found": found,
        "adopted": adoption_day(programme),
        "kinds": [(kind, wording.HEADINGS[kind].render(language()), _lines(asked, kind)) for kind in Kind],
        "may_export": Programme.objects.visible_to(request.user, Action.EXPORT_PROGRAMME)
        .filter(pk=pk)
        .exists(),
    }
    return render(request, "projects/changes.html", context)


def _lines(asked: Compared, kind: Kind) -> list[Line]:
    """Return the measures of a kind. Proof has its own grounds: the accepted documents of its assignments."""
    proof = kind in (Kind.PROVEN, Kind.LOST, Kind.EXTENDED)
    rows = asked.found.of(kind)
    return [Line(row, kind, [] if proof else asked.why.get(row.after.id, [])) for row in rows]


def programme_section(request: HttpRequest, subject: Programme) -> HomeSection | None:
    """Lead from the page of a programme to what changed in it."""
    if not request.user.may(Action.SEE_ASSIGNMENTS):  # type: ignore[union-attr]
        return None
    may_edit = request.user.may(Action.EDIT_PROGRAMME, subject.unit)  # type: ignore[union-attr]
    values = {"programme": subject, "may_edit": may_edit}
    return HomeSection("projects/_programme.html", values, order=21)
