"""Pages of lists of people: invite from a file, the list as a workbook that imports back, an empty one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import IO, TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from avgust.domain.messages import mark
from avgust.domain.people.comparing import State
from avgust.domain.people.roster import HEADS, Line
from avgust.domain.resolutions.export.sheets import Column, Sheet, workbook_bytes, write_workbook
from avgust.domain.tables import TableError
from avgust.web import audit
from avgust.web.accounts import codes
from avgust.web.accounts.rights import Action, Role
from avgust.web.people import importing, letters
from avgust.web.people.scope import posts_in_scope
from avgust.web.people.views import require_right
from avgust.web.prepared.answering import answer
from avgust.web.ui.attachments import attached
from avgust.web.ui.large_files import Order, Wanted
from avgust.web.ui.requests import SignedInRequest, language
from avgust.web.ui.tables import TableForm

if TYPE_CHECKING:
    from avgust.web.accounts.models import PostQuerySet, User

KIND: Final = "people.list"
CHUNK: Final = 1_000
_WIDTHS: Final = (34, 40, 34, 60, 16)
_NAMED: Final = 5  # lines left out that a message names


class FileForm(TableForm):
    """The list."""

    hint = gettext_lazy("XLSX, ODS, XLS or CSV with the heads of the template.")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def take(request: SignedInRequest) -> HttpResponse:
    """Ask for a file; show what it would change. Nothing is written, nothing is kept."""
    require_right(request)
    form = FileForm.asked(request)
    context: dict[str, object] = {"form": form}
    if form.is_sent:
        try:
            roster = importing.read_file(form.read(), request.user)
        except TableError as error:
            form.refuse(error)
        except ValidationError as error:
            form.add_error("file", error)
        else:
            context |= _difference(roster.lines, request)
            context["faults"] = [(fault, fault.message.render(language())) for fault in roster.faults]
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "people/from_file.html", context, status=status)


def _difference(lines: Sequence[Line], request: SignedInRequest) -> dict[str, object]:
    rows = importing.planned(lines, request.user)
    coming = [row for row in rows if row.state in (State.NEW, State.POST)]
    roles = dict(Role.choices)
    return {
        "checked": True,
        "coming": [(row, roles[row.line.role]) for row in coming],
        "new": sum(row.state is State.NEW for row in rows),
        "same": sum(row.state is State.SAME for row in rows),
        "held": [(row.line, row.why.render(language())) for row in rows if row.why],
        "token": importing.signed(coming, request.user) if coming else "",
    }


@login_required
@require_POST
def write(request: SignedInRequest) -> HttpResponse:
    """Invite everybody of the list that was shown; send the letters."""
    require_right(request)
    try:
        lines = importing.lines_in(request.POST.get("list", ""), request.user)
    except signing.BadSignature:
        messages.error(request, _("The list was shown more than an hour ago. Check the file once more."))
        return redirect("people:import")
    done, left = importing.write(lines, request.user)
    failed = letters.send_invitations(request, done)
    said = ngettext("%(count)d person is invited.", "%(count)d people are invited.", len(done))
    messages.success(request, said % {"count": len(done)})
    if failed:
        said = ngettext("%(count)d letter was not sent.", "%(count)d letters were not sent.", failed)
        messages.error(request, said % {"count": failed})
    for line, why in left[:_NAMED]:
        messages.error(request, _("Row %(number)d: %(why)s") % {"number": line.number, "why": why})
    return redirect("people:list")


def _rows(user: User) -> PostQuerySet:
    posts = posts_in_scope(user).on(timezone.localdate()).filter(user__is_active=True)
    return posts.select_related("user", "unit").order_by("unit__order", "user__order", "pk")


def may_take(user: User, _question: Mapping[str, Any]) -> bool:
    """Return whether `user` may have the list of people: of her own units, whatever they are by then."""
    return user.may(Action.INVITE_PEOPLE)


def write_people(order: Order, out: IO[bytes]) -> None:
    """Write who has which post today, so that it imports back; the journal keeps the taking."""
    rows = _rows(order.user)
    with transaction.atomic():
        count = rows.count()
        audit.record(actor=order.user, code=codes.LISTED, subject=order.user, after={"count": count})
    lines = (
        (
            post.user.email,
            post.user.full_name,
            post.get_role_display(),
            post.unit.name,
            post.since.strftime("%d.%m.%Y"),
        )
        for post in order.counted(rows.iterator(chunk_size=CHUNK))
    )
    write_workbook(out, [_sheet(lines)], order.language, _("People"))


@login_required
@require_safe
def xlsx(request: SignedInRequest) -> HttpResponseBase:
    """Return who has which post today; a long list is written by the worker."""
    require_right(request)
    posts = request.user.posts_allowing(Action.INVITE_PEOPLE)
    unit = posts[0].unit if posts else None
    rows, back = _rows(request.user).count(), reverse("people:list")
    return answer(request, Wanted(KIND, {}, _("People"), "people.xlsx", rows, unit, back))


@login_required
@require_safe
def template(request: SignedInRequest) -> HttpResponse:
    """Return a workbook with the heads alone."""
    require_right(request)
    return attached(workbook_bytes([_sheet(())], language()), "people-template.xlsx")


def _sheet(rows: Iterable[Sequence[str]]) -> Sheet:
    columns = [Column(head, width) for head, width in zip(HEADS.values(), _WIDTHS, strict=True)]
    return Sheet(mark("People"), columns, rows)
